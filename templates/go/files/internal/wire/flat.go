package wire

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

const (
	mostMembers  = 50
	longestName  = 100
	longestText  = 1000
	largestFloat = 1e15
)

// Flat takes an object of free members, none of which holds another.
func Flat() Rule[json.RawMessage] {
	return Rule[json.RawMessage]{bare: true, read: func(raw json.RawMessage) (json.RawMessage, string) {
		members, expected := flat(raw)
		if expected != "" {
			return nil, expected
		}
		return marshalled(members), ""
	}}
}

// FlatPatch takes a change of such an object, whose members of null are to go.
func FlatPatch() Rule[json.RawMessage] { return Flat() }

// NullableFlat takes null besides, for which nothing is kept.
func NullableFlat(rule Rule[json.RawMessage]) Rule[json.RawMessage] {
	return Rule[json.RawMessage]{bare: true, read: func(raw json.RawMessage) (json.RawMessage, string) {
		if string(raw) == "null" {
			return nil, ""
		}
		return rule.read(raw)
	}}
}

// Merge applies a change to an object as RFC 7396 says; false where it would get too many members.
func Merge(kept *json.RawMessage, change Change[json.RawMessage]) bool {
	if !change.Sent {
		return true
	}
	if change.Value == nil {
		*kept = nil
		return true
	}
	members, sent := map[string]any{}, map[string]any{}
	if *kept != nil && json.Unmarshal(*kept, &members) != nil {
		return false
	}
	if json.Unmarshal(change.Value, &sent) != nil {
		return false
	}
	for name, value := range sent {
		if value == nil {
			delete(members, name)
		} else {
			members[name] = value
		}
	}
	*kept = marshalled(members)
	return len(members) <= mostMembers
}

func flat(raw json.RawMessage) (map[string]any, string) {
	var members map[string]any
	if string(raw) == "null" || json.Unmarshal(raw, &members) != nil || len(members) > mostMembers {
		return nil, fmt.Sprintf("an object of at most %d members is expected", mostMembers)
	}
	for name, value := range members {
		if !isText(name, longestName) || !isScalar(value) {
			return nil, "members of plain texts, numbers, true, false or null are expected"
		}
	}
	return members, ""
}

func isScalar(value any) bool {
	switch value := value.(type) {
	case nil, bool:
		return true
	case float64:
		return math.Abs(value) <= largestFloat
	case string:
		return isText(value, longestText)
	default:
		return false
	}
}

func isText(text string, most int) bool {
	return utf8.RuneCountInString(text) <= most && !strings.ContainsRune(text, 0)
}

func marshalled(members map[string]any) json.RawMessage {
	made, err := json.Marshal(members)
	if err != nil {
		// Only texts, numbers, truth and null stand in it, and JSON has a form for each.
		panic(err)
	}
	return made
}
