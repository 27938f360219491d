package factory

import (
	"fmt"
	"math/rand/v2"
	"regexp/syntax"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

var made atomic.Int64

// next gives a number that nothing was made with yet, in this process and in those before it.
func next() int64 { return began + made.Add(1) }

var began = time.Now().UnixMilli() % 1_000_000_000

// Text gives a text of a length within bounds, another for each number as far as it has room.
func Text(least, most int, number int64) string {
	text := "t" + strconv.FormatInt(number, 36)
	text += strings.Repeat("x", max(0, least-len(text)))
	return text[len(text)-min(len(text), most):]
}

// Email gives an address for mail.
func Email(most int, number int64) string {
	const domain = "@example.com"
	return Text(1, min(most-len(domain), 32), number) + domain
}

// Matching gives a text that an expression matches, of a length within bounds.
func Matching(form string, least, most int, number int64) string {
	const tries = 1000
	expression, err := syntax.Parse(form, syntax.Perl)
	if err != nil {
		// The service compiles the same expression when it starts.
		panic(err)
	}
	dice := rand.New(rand.NewPCG(uint64(number), 0))
	for try := range tries {
		// Long ones first: they are rarely the same.
		text := matching(expression.Simplify(), dice, []int{12, 6, 3, 0}[try%4])
		if size := utf8.RuneCountInString(text); size >= least && size <= most {
			return text
		}
	}
	panic(fmt.Sprintf("no text of %d to %d characters matches %s", least, most, form))
}

func matching(form *syntax.Regexp, dice *rand.Rand, often int) string {
	var text strings.Builder
	switch form.Op {
	case syntax.OpLiteral:
		text.WriteString(string(form.Rune))
	case syntax.OpCharClass:
		pair := dice.IntN(len(form.Rune)/2) * 2
		low, high := form.Rune[pair], form.Rune[pair+1]
		text.WriteRune(low + dice.Int32N(min(high, '~'+low)-low+1))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		text.WriteRune('a' + dice.Int32N(26))
	case syntax.OpCapture, syntax.OpConcat:
		for _, each := range form.Sub {
			text.WriteString(matching(each, dice, often))
		}
	case syntax.OpAlternate:
		text.WriteString(matching(form.Sub[dice.IntN(len(form.Sub))], dice, often))
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		times := often + dice.IntN(2)
		if form.Op == syntax.OpPlus {
			times++
		} else if form.Op == syntax.OpQuest {
			times = dice.IntN(2)
		}
		for range times {
			text.WriteString(matching(form.Sub[0], dice, often))
		}
	}
	return text.String()
}
