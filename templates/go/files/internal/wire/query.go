package wire

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Query is the query of a request that is being read, parameter by parameter.
type Query struct {
	values url.Values
	faults Faults
}

// ReadQuery begins to read a query.
func ReadQuery(raw string) (*Query, error) {
	values, err := url.ParseQuery(raw)
	if err != nil || !utf8.ValidString(strings.Join(slices.Concat(slices.Collect(maps.Values(values))...), "")) {
		return nil, &MalformedError{Detail: "The query cannot be read."}
	}
	return &Query{values: values}, nil
}

// Done ends the reading: parameters that nobody asked for are faults too.
func (q *Query) Done() error {
	for _, name := range slices.Sorted(maps.Keys(q.values)) {
		q.refuse(short(name), "there is no such parameter")
	}
	if len(q.faults) == 0 {
		return nil
	}
	return q.faults[:min(len(q.faults), MostFaults)]
}

func (q *Query) refuse(name, detail string) {
	q.faults = append(q.faults, Fault{Pointer: "query/" + name, Detail: cut(detail, longestDetail)})
}

// take gives a parameter, which counts as asked for.
func (q *Query) take(name string) (string, bool) {
	values, sent := q.values[name]
	delete(q.values, name)
	if !sent {
		return "", false
	}
	if len(values) != 1 {
		q.refuse(name, "it is expected once")
		return "", false
	}
	return values[0], true
}

// Param reads a parameter; nil where it was not sent.
func Param[T any](q *Query, name string, rule Rule[T]) *T {
	text, sent := q.take(name)
	if !sent {
		return nil
	}
	raw := json.RawMessage(text)
	if !rule.bare {
		raw = quotedText(text)
	} else if !json.Valid(raw) || strings.TrimSpace(text) != text {
		raw = json.RawMessage("null")
	}
	value, expected := rule.read(raw)
	if expected != "" {
		q.refuse(name, expected)
		return nil
	}
	return &value
}

// ParamOr reads a parameter that is taken for something else where it was not sent.
func ParamOr[T any](q *Query, name string, rule Rule[T], otherwise T) T {
	if value := Param(q, name, rule); value != nil {
		return *value
	}
	return otherwise
}

// Fields reads which members of an answer are asked for; nil for all.
func Fields(q *Query, known []string) []string {
	text, sent := q.take("fields")
	if !sent {
		return nil
	}
	names := strings.Split(text, ",")
	for at, name := range names {
		if !slices.Contains(known, name) || slices.Contains(names[:at], name) {
			q.refuse("fields", "each once of "+strings.Join(known, ", ")+" is expected")
			return nil
		}
	}
	return names
}

// Header reads a header by its form; empty where it was not sent.
func Header(values []string, name string, valid func(string) bool, expected string) (string, error) {
	if len(values) == 0 {
		return "", nil
	}
	if len(values) > 1 || !valid(values[0]) {
		return "", Faults{{Pointer: "header/" + name, Detail: expected}}
	}
	return values[0], nil
}

func quotedText(text string) json.RawMessage {
	made, err := json.Marshal(text)
	if err != nil {
		// A text always has a form in JSON.
		panic(fmt.Errorf("a text without a form: %w", err))
	}
	return made
}
