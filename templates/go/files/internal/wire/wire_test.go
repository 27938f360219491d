package wire

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func taken[T any](rule Rule[T], raw string) bool {
	_, expected := rule.read(json.RawMessage(raw))
	return expected == ""
}

func check[T any](t *testing.T, name string, rule Rule[T], good, bad []string) {
	t.Helper()
	for _, raw := range good {
		if !taken(rule, raw) {
			t.Errorf("%s refuses %.60s", name, raw)
		}
	}
	for _, raw := range append(bad, "{}", "[]") {
		if taken(rule, raw) && !slices.Contains(good, raw) {
			t.Errorf("%s takes %.60s", name, raw)
		}
	}
}

func TestRulesTakeWhatTheContractTakes(t *testing.T) {
	check(t, "text", Text(2, 3),
		[]string{`"ab"`, `"abc"`, `"😀é"`, `"\u00e9\u00e9\u00e9"`},
		[]string{`"a"`, `"abcd"`, `"a\u0000"`, "null", "7"})
	check(t, "email", Email(20),
		[]string{`"ada@example.com"`},
		[]string{`"ada"`, `"ada@example"`, `"ada@@example.com"`, `"adalovelace@example.com"`, "null"})
	check(t, "URL", URL(40),
		[]string{`"https://example.com/a?b=c"`, `"http://example.com:8080"`},
		[]string{`"ftp://example.com"`, `"javascript:alert(1)"`, `"https://"`, "null"})
	check(t, "choice", Choice("a", "b"), []string{`"a"`}, []string{`"A"`, `""`, "null", "1"})
	check(t, "whole number", Int64(-5, 5),
		[]string{"-5", "5", "0", "1.0", "5e0", "50e-1"},
		[]string{"-6", "6", "1.5", `"1"`, "null", "true", "1e999999999"})
	check(t, "small number", Int32(1, 3), []string{"1", "3.0"}, []string{"0", "4", "4294967297"})
	check(t, "number", Float(-1.5, 1e15), []string{"-1.5", "1e15"}, []string{"-1.6", "1e16", `"1"`, "null", "1e999"})
	check(t, "decimal", Decimal(regexp.MustCompile(`^[0-9]\.[0-9]{2}$`)),
		[]string{`"1.50"`}, []string{"1.50", `"1.5"`, `"1.500"`, `"NaN"`, "null"})
	check(t, "truth", Bool(), []string{"true", "false"}, []string{"0", `"true"`, "null"})
	check(t, "UUID", UUID(),
		[]string{`"01890a5d-ac96-774b-bcce-b302099a8057"`},
		[]string{`"01890a5dac96774bbcceb302099a8057"`, `"{01890a5d-ac96-774b-bcce-b302099a8057}"`, `"x"`, "null"})
	check(t, "day", Date(), []string{`"2024-02-29"`, `"0001-01-01"`}, []string{`"2023-02-29"`, `"0000-01-01"`, `"2024-2-9"`, "null"})
	check(t, "instant", Moment(),
		[]string{`"2026-01-31T09:30:00Z"`, `"2026-01-31t09:30:00.123456789+02:00"`},
		[]string{`"2026-01-31T09:30:00"`, `"2026-01-31"`, `"2026-01-31T25:00:00Z"`, "null"})
	check(t, "keys", Keys(Int64(1, 9)), []string{"[]", "[1,2]"}, []string{"[1,1]", "[0]", `["1"]`, "null"})
	check(t, "free members", Flat(),
		[]string{"{}", `{"a":1,"b":"x","c":true,"d":null}`},
		[]string{`{"a":[1]}`, `{"a":{}}`, `{"a":"\u0000"}`, `{"a":1e16}`, "null", `"x"`})
	check(t, "nullable", Nullable(Bool()), []string{"null", "true"}, []string{`"null"`})
}

func TestAnInstantIsKeptInMicroseconds(t *testing.T) {
	moment, _ := Moment().read(json.RawMessage(`"2026-01-31T09:30:00.1234567+02:00"`))
	if want := time.Date(2026, 1, 31, 7, 30, 0, 123456000, time.UTC); !moment.Equal(want) {
		t.Errorf("%s, want %s", moment, want)
	}
}

func TestAllFaultsAreToldWithTheirPlaces(t *testing.T) {
	o, err := ReadObject([]byte(`{"a":1,"besides":2}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = Required(o, "a", Text(1, 3))
	_ = Required(o, "b", Bool())
	told := o.Done()
	for _, pointer := range []string{"/a", "/b", "/besides"} {
		if told == nil || !strings.Contains(told.Error(), pointer+": ") {
			t.Errorf("%s is not told of in %v", pointer, told)
		}
	}
}

func TestAbsentIsNotNull(t *testing.T) {
	o, err := ReadObject([]byte(`{"a":null}`))
	if err != nil {
		t.Fatal(err)
	}
	sent, absent := Sent(o, "a", Nullable(Bool())), Sent(o, "b", Nullable(Bool()))
	value := new(true)
	absent.To(&value)
	if value == nil {
		t.Error("what was not sent changed something")
	}
	sent.To(&value)
	if value != nil || o.Done() != nil {
		t.Errorf("null did not arrive: %v, %v", value, o.Done())
	}
}

func TestFreeMembersAreMergedAsRFC7396Says(t *testing.T) {
	for _, each := range []struct{ kept, sent, want string }{
		{`{"a":1,"b":2}`, `{"a":null,"c":"x"}`, `{"b":2,"c":"x"}`},
		{"", `{"a":1}`, `{"a":1}`},
		{`{"a":1}`, "null", ""},
	} {
		o, err := ReadObject([]byte(`{"m":` + each.sent + `}`))
		if err != nil {
			t.Fatal(err)
		}
		kept := json.RawMessage(each.kept)
		if each.kept == "" {
			kept = nil
		}
		if !Merge(&kept, Sent(o, "m", NullableFlat(FlatPatch()))) || string(kept) != each.want {
			t.Errorf("%s and %s made %s, want %s", each.kept, each.sent, kept, each.want)
		}
	}
	many := map[string]int{}
	for number := range mostMembers {
		many[strings.Repeat("x", number+1)] = 1
	}
	raw, err := json.Marshal(many)
	if err != nil {
		t.Fatal(err)
	}
	kept := json.RawMessage(raw)
	if Merge(&kept, Change[json.RawMessage]{Sent: true, Value: json.RawMessage(`{"more":1}`)}) {
		t.Error("more members than there may be")
	}
}

func TestParametersAreReadStrictly(t *testing.T) {
	for raw, good := range map[string]bool{
		"n=5": true, "n=5.0": true, "n=05": false, "n=+5": false, "n= 5": false, "n=": false, "n=5&n=5": false, "m=5": false,
	} {
		q, err := ReadQuery(raw)
		if err != nil {
			t.Fatal(err)
		}
		_ = Param(q, "n", Int64(0, 9))
		if err := q.Done(); (err == nil) != good {
			t.Errorf("%s: %v", raw, err)
		}
	}
	for _, raw := range []string{"a=%zz", "a=%ff", "a;b"} {
		if _, err := ReadQuery(raw); err == nil {
			t.Errorf("%s was read", raw)
		}
	}
}
