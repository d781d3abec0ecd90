package engine

import (
	"strings"
	"unicode"
)

// phoneDigits is how many digits nearly every phone has at least, and hardly
// any amount.
const phoneDigits = 7

// referenceDigits is how many digits a receipt's number has at least.
const referenceDigits = 5

// meantAsPhone tells whether digits are a phone rather than an amount, or were
// meant as one and lack something.
func meantAsPhone(text string, phone, amount Reading, c EntryContext) bool {
	digits := countDigits(text)
	if phone.Err != nil {
		spaced := digits >= phoneDigits && amount.Err != nil && strings.Contains(text, " ")
		return spaced || strings.ContainsAny(text, "+()") || looksLocal(text, c)
	}
	round := strings.HasSuffix(text, "00")
	switch {
	case amount.Err != nil || text[0] == '0':
		return true
	case strings.ContainsAny(text, ".,'’"): // thousands
		return false
	case phone.Phone.Kind == PhoneOther: // 1500 000 is a hotline, and an amount
		return false
	case phone.Phone.Kind == PhoneFixed:
		return !c.HasCustomer && !round
	}
	return !c.HasCustomer || digits >= phoneDigits && !round
}

// looksLocal tells whether a text is a phone without its area code. Where
// prices have as many digits, they end in 00; with a customer, digits alone are
// an amount.
func looksLocal(text string, c EntryContext) bool {
	dash := strings.IndexByte(text, '-')
	digits := strings.Replace(text, "-", "", 1)
	switch {
	case len(digits) < phoneDigits || countDigits(digits) != len(digits):
		return false
	case dash < 0:
		return !c.HasCustomer && !strings.HasSuffix(digits, "00") && localPhone(digits, c.Region)
	}
	return dash == len(text)-5 && localPhone(digits, c.Region)
}

// looksDialled tells whether a text is written as amounts never are.
func looksDialled(text string) bool {
	return strings.ContainsAny(text, "+()/") || strings.Contains(strings.TrimPrefix(text, "-"), "-")
}

// meantAsAmount tells whether digits that are no phone are written as only
// amounts are: with a mark, a minus or a space, or nothing but zeros (0000 may
// end a phone).
func meantAsAmount(text string) bool {
	return countDigits(text) != len(text) || strings.Trim(text, "0") == "" && len(text) != 4
}

// looksPriced tells whether a text with letters was meant as an amount: R$ 50,
// 1e9 and, once there is a customer, 12x or 18o.
func looksPriced(text string, c EntryContext) bool {
	if countDigits(text) == 0 {
		return false
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Sc, r) }) {
		return true
	}
	digits := strings.Trim(text, "0123456789.,-−")
	if !startsAsAmount(text) || len(digits) > 2 {
		return false
	}
	return c.HasCustomer || digits == "e" || digits == "E"
}

func startsAsAmount(text string) bool {
	return strings.ContainsRune("0123456789.,", rune(strings.TrimPrefix(text, "-")[0]))
}

// looksCoded tells whether a text with the form of a code is written as codes
// are and as names are not: in one piece with a digit in it, or in two fours.
func looksCoded(text string) bool {
	marks := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return marks < 0 && countDigits(text) > 0 ||
		marks == CodeSymbols/2 && (countDigits(text) > 0 || text[marks] != ' ')
}

// looksNamed tells whether letters that fit as a code are written as a name:
// Fernanda, jose lima.
func looksNamed(text string) bool {
	if countDigits(text) > 0 || strings.ContainsRune(text, '-') {
		return false
	}
	return strings.Contains(text, " ") || unicode.IsUpper(rune(text[0])) && text[1:] == strings.ToLower(text[1:])
}

func countDigits(text string) int {
	n := 0
	for _, r := range text {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

func isEntryLetter(r rune) bool {
	return !(r >= '0' && r <= '9') && !strings.ContainsRune(" .,+-()/'’−\u00a0\u202f\u2009", r)
}
