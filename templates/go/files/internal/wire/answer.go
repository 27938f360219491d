package wire

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/shopspring/decimal"
)

// Day is a day in an answer.
type Day time.Time

// MarshalJSON writes the day alone.
func (d Day) MarshalJSON() ([]byte, error) {
	return json.Marshal(time.Time(d).Format(time.DateOnly))
}

// DayOrNil gives a day that may be missing.
func DayOrNil(at *time.Time) *Day {
	if at == nil {
		return nil
	}
	return new(Day(*at))
}

// Digits gives a decimal that may be missing, with all of its digits.
func Digits(number *decimal.Decimal, scale int32) *string {
	if number == nil {
		return nil
	}
	return new(number.StringFixed(scale))
}

// Now gives the instant as a row keeps it.
func Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Today gives the day in UTC.
func Today() time.Time { return time.Now().UTC().Truncate(24 * time.Hour) }

// Marshal writes an answer, or only those members of it that were asked for.
func Marshal(answer any, fields []string) (json.RawMessage, error) {
	whole, err := json.Marshal(answer)
	if err != nil || fields == nil {
		return whole, err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(whole, &members); err != nil {
		return nil, err
	}
	var made bytes.Buffer
	made.WriteString(`{"id":`)
	made.Write(members["id"])
	for _, name := range fields {
		if name == "id" {
			continue
		}
		made.WriteByte(',')
		made.Write(quotedText(name))
		made.WriteByte(':')
		made.Write(members[name])
	}
	made.WriteByte('}')
	return made.Bytes(), nil
}
