// Package wire reads requests and writes answers. What is sent is read strictly: no value is
// taken for another type, and no member is passed over.
package wire

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// MostFaults is how many faults one answer tells at most.
const MostFaults = 100

// Fault is one thing that is wrong with a request.
type Fault struct {
	// Pointer tells where: "/email", "query/limit".
	Pointer string `json:"pointer"`
	// Detail tells what was expected there.
	Detail string `json:"detail"`
}

// Faults are all that is wrong with a request; none of it was carried out.
type Faults []Fault

func (f Faults) Error() string {
	told := make([]string, 0, len(f))
	for _, each := range f {
		told = append(told, each.Pointer+": "+each.Detail)
	}
	return strings.Join(told, "; ")
}

// MalformedError says that a body is no JSON at all.
type MalformedError struct{ Detail string }

func (e *MalformedError) Error() string { return e.Detail }

// Object is a JSON object that is being read, member by member.
type Object struct {
	members map[string]json.RawMessage
	faults  Faults
}

// ReadObject begins to read a body.
func ReadObject(body []byte) (*Object, error) {
	if !utf8.Valid(body) {
		return nil, &MalformedError{Detail: "The body is not UTF-8."}
	}
	if !json.Valid(body) {
		return nil, &MalformedError{Detail: "The body is no JSON."}
	}
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return nil, Faults{{Pointer: "/", Detail: "an object is expected"}}
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return nil, &MalformedError{Detail: "The body cannot be read."}
	}
	return &Object{members: members}, nil
}

// IsEmpty tells whether nothing was sent.
func (o *Object) IsEmpty() bool { return len(o.members) == 0 }

// Refuse notes a fault.
func (o *Object) Refuse(pointer, detail string) {
	o.faults = append(o.faults, Fault{Pointer: pointer, Detail: cut(detail, longestDetail)})
}

// Done ends the reading: members that nobody asked for are faults too.
func (o *Object) Done() error {
	for _, name := range slices.Sorted(maps.Keys(o.members)) {
		o.Refuse("/"+short(name), "there is no such member")
	}
	if len(o.faults) == 0 {
		return nil
	}
	return o.faults[:min(len(o.faults), MostFaults)]
}

// take gives a member, which counts as asked for.
func (o *Object) take(name string) (json.RawMessage, bool) {
	raw, sent := o.members[name]
	delete(o.members, name)
	return raw, sent
}

// Required reads a member that must be sent.
func Required[T any](o *Object, name string, rule Rule[T]) T {
	raw, sent := o.take(name)
	if !sent {
		o.Refuse("/"+name, "it must be sent")
		var none T
		return none
	}
	return read(o, name, raw, rule)
}

// Default reads a member that is taken for something else where it is not sent.
func Default[T any](o *Object, name string, rule Rule[T], otherwise T) T {
	raw, sent := o.take(name)
	if !sent {
		return otherwise
	}
	return read(o, name, raw, rule)
}

// Change is what a member is to become, if it was sent at all.
type Change[T any] struct {
	Sent  bool
	Value T
}

// To applies a change to what a row has.
func (c Change[T]) To(value *T) {
	if c.Sent {
		*value = c.Value
	}
}

// Sent reads a member that may be left out, which is another thing than null.
func Sent[T any](o *Object, name string, rule Rule[T]) Change[T] {
	raw, sent := o.take(name)
	if !sent {
		return Change[T]{}
	}
	return Change[T]{Sent: true, Value: read(o, name, raw, rule)}
}

func read[T any](o *Object, name string, raw json.RawMessage, rule Rule[T]) T {
	value, expected := rule.read(raw)
	if expected != "" {
		o.Refuse("/"+name, expected)
	}
	return value
}

const (
	longestDetail = 500
	longestQuote  = 60
)

// short keeps what a caller sent from filling an answer.
func short(text string) string {
	return strings.ReplaceAll(cut(text, longestQuote), "\x00", "\uFFFD")
}

func cut(text string, most int) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), most)])
}

// Has tells whether a member was sent and not asked for yet.
func (o *Object) Has(name string) bool {
	_, sent := o.members[name]
	return sent
}
