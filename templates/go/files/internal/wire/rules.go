package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// Rule reads a value of one kind.
type Rule[T any] struct {
	// read gives the value, or says what was expected instead.
	read func(raw json.RawMessage) (T, string)
	// bare tells that a parameter's text is the value as JSON has it, without quotes.
	bare bool
}

var (
	emailForm = regexp.MustCompile(`^[A-Za-z0-9_+-]{1,32}(?:\.[A-Za-z0-9_+-]{1,15}){0,2}` +
		`@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?\.){1,4}[A-Za-z]{2,24}$`)
	urlForm = regexp.MustCompile(`^https?://[A-Za-z0-9.-]{1,200}(?::[0-9]{1,5})?` +
		`(?:/[A-Za-z0-9._~/%?&=+-]{0,1000})?$`)
)

// Text takes a text by its length in characters.
func Text(least, most int) Rule[string] {
	expected := fmt.Sprintf("a text of %d to %d characters is expected", least, most)
	return Rule[string]{read: func(raw json.RawMessage) (string, string) {
		text, ok := unquoted(raw)
		if size := utf8.RuneCountInString(text); !ok || size < least || size > most {
			return "", expected
		}
		if strings.ContainsRune(text, 0) {
			return "", "a text without NUL is expected"
		}
		return text, ""
	}}
}

// Matching narrows texts to those that an expression matches.
func (r Rule[T]) Matching(form *regexp.Regexp) Rule[T] {
	return Rule[T]{bare: r.bare, read: func(raw json.RawMessage) (T, string) {
		value, expected := r.read(raw)
		if text, ok := unquoted(raw); expected == "" && ok && !form.MatchString(text) {
			return value, "a text that matches " + shortForm(form) + " is expected"
		}
		return value, expected
	}}
}

// Email takes an address for mail, and gives it in small letters, so that one person has one.
func Email(most int) Rule[string] {
	formed := Text(1, most).Matching(emailForm)
	return Rule[string]{read: func(raw json.RawMessage) (string, string) {
		address, expected := formed.read(raw)
		return strings.ToLower(address), expected
	}}
}

// URL takes an address of the web.
func URL(most int) Rule[string] { return Text(1, most).Matching(urlForm) }

// Choice takes one of some texts.
func Choice(values ...string) Rule[string] {
	expected := "one of " + strings.Join(values, ", ") + " is expected"
	return Rule[string]{read: func(raw json.RawMessage) (string, string) {
		text, ok := unquoted(raw)
		if !ok || !slices.Contains(values, text) {
			return "", expected
		}
		return text, ""
	}}
}

// Int64 takes a whole number.
func Int64(least, most int64) Rule[int64] {
	expected := fmt.Sprintf("a whole number from %d to %d is expected", least, most)
	return Rule[int64]{bare: true, read: func(raw json.RawMessage) (int64, string) {
		number, ok := whole(raw)
		if !ok || number < least || number > most {
			return 0, expected
		}
		return number, ""
	}}
}

// Int32 takes a whole number of 32 bits.
func Int32(least, most int32) Rule[int32] {
	wide := Int64(int64(least), int64(most))
	return Rule[int32]{bare: true, read: func(raw json.RawMessage) (int32, string) {
		number, expected := wide.read(raw)
		return int32(number), expected
	}}
}

// whole reads a whole number; 5.0 and 5e0 are ones too, as JSON Schema has it.
func whole(raw json.RawMessage) (int64, bool) {
	if number, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return number, true
	}
	number, ok := float(raw)
	const most = 1 << 63
	if !ok || number != math.Trunc(number) || number < -most || number >= most {
		return 0, false
	}
	return int64(number), true
}

// Float takes a number.
func Float(least, most float64) Rule[float64] {
	expected := fmt.Sprintf("a number from %g to %g is expected", least, most)
	return Rule[float64]{bare: true, read: func(raw json.RawMessage) (float64, string) {
		number, ok := float(raw)
		if !ok || number < least || number > most {
			return 0, expected
		}
		return number, ""
	}}
}

func float(raw json.RawMessage) (float64, bool) {
	var number float64
	if bytes.Equal(raw, []byte("null")) || json.Unmarshal(raw, &number) != nil {
		return 0, false
	}
	return number, true
}

// Decimal takes a number whose digits are all told, in a text.
func Decimal(form *regexp.Regexp) Rule[decimal.Decimal] {
	return Rule[decimal.Decimal]{read: func(raw json.RawMessage) (decimal.Decimal, string) {
		text, ok := unquoted(raw)
		if !ok || !form.MatchString(text) {
			return decimal.Zero, "a text that matches " + shortForm(form) + " is expected"
		}
		number, err := decimal.NewFromString(text)
		if err != nil {
			return decimal.Zero, "a number is expected"
		}
		return number, ""
	}}
}

// Bool takes true or false.
func Bool() Rule[bool] {
	return Rule[bool]{bare: true, read: func(raw json.RawMessage) (bool, string) {
		switch string(raw) {
		case "true":
			return true, ""
		case "false":
			return false, ""
		default:
			return false, "true or false is expected"
		}
	}}
}

// UUID takes a UUID as RFC 9562 writes it.
func UUID() Rule[uuid.UUID] {
	return Rule[uuid.UUID]{read: func(raw json.RawMessage) (uuid.UUID, string) {
		text, _ := unquoted(raw)
		key, err := uuid.Parse(text)
		const size = 36
		if err != nil || len(text) != size {
			return uuid.Nil, "a UUID is expected"
		}
		return key, ""
	}}
}

// Date takes a day.
func Date() Rule[time.Time] {
	return Rule[time.Time]{read: func(raw json.RawMessage) (time.Time, string) {
		text, _ := unquoted(raw)
		day, err := time.Parse(time.DateOnly, text)
		if err != nil || day.Year() == 0 {
			return time.Time{}, "a day such as 2026-01-31 is expected"
		}
		return day, ""
	}}
}

// Moment takes an instant, with the offset of its zone.
func Moment() Rule[time.Time] {
	return Rule[time.Time]{read: func(raw json.RawMessage) (time.Time, string) {
		text, _ := unquoted(raw)
		moment, err := time.Parse(time.RFC3339, strings.ToUpper(text))
		const longest, last = 40, 9999
		moment = moment.UTC().Truncate(time.Microsecond)
		if err != nil || len(text) > longest || moment.Year() < 1 || moment.Year() > last {
			return time.Time{}, "an instant such as 2026-01-31T09:30:00Z is expected"
		}
		return moment, ""
	}}
}

// Nullable takes null besides.
func Nullable[T any](rule Rule[T]) Rule[*T] {
	return Rule[*T]{bare: rule.bare, read: func(raw json.RawMessage) (*T, string) {
		if string(raw) == "null" {
			return nil, ""
		}
		value, expected := rule.read(raw)
		if expected != "" {
			return nil, expected + ", or null"
		}
		return &value, ""
	}}
}

// Keys takes the keys of rows, each once.
func Keys[T comparable](rule Rule[T]) Rule[[]T] {
	const most = 100
	expected := fmt.Sprintf("a list of at most %d keys is expected, each once", most)
	return Rule[[]T]{bare: true, read: func(raw json.RawMessage) ([]T, string) {
		var raws []json.RawMessage
		if string(raw) == "null" || json.Unmarshal(raw, &raws) != nil || len(raws) > most {
			return nil, expected
		}
		keys := make([]T, 0, len(raws))
		for _, each := range raws {
			key, wrong := rule.read(each)
			if wrong != "" || slices.Contains(keys, key) {
				return nil, expected
			}
			keys = append(keys, key)
		}
		return keys, ""
	}}
}

// unquoted gives the text of a JSON string.
func unquoted(raw json.RawMessage) (string, bool) {
	var text string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &text) != nil {
		return "", false
	}
	return text, true
}

func shortForm(form *regexp.Regexp) string { return short(form.String()) }
