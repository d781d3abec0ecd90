package engine

import "strings"

// EntryKind is what a text on the counter's entry line can be.
type EntryKind int

// The kinds of entries.
const (
	EntryAmount EntryKind = iota
	EntryPhone
	EntryLast4  // the last four digits of a customer's phone
	EntryCode   // a coupon code
	EntryNumber // the shop's own customer number, or the POS's reference of the sale
	EntryName   // the beginning of a customer's name
)

// Reading is one way to understand an entry. Err says why it cannot be this
// after all: a slip in a code, too many decimals.
type Reading struct {
	Kind   EntryKind
	Amount Minor
	Phone  Phone
	Code   string
	Text   string // trimmed
	Err    error
}

// EntryContext is what helps to understand an entry.
type EntryContext struct {
	Marks       Marks
	Region      string // the store's country, for phones
	HasCustomer bool   // the sale has a customer already: digits are an amount
	Scanned     bool   // by a barcode scanner: never an amount or a name
}

// maxEntry is the longest entry that is looked at, in bytes: longer ones are
// pasted rubbish.
const maxEntry = 120

// CodeEntryLong says that an entry is too long to be anything.
const CodeEntryLong Code = "entry_long"

// ReadEntry gives the ways to understand what stands on the entry line, the
// preferred first. Readings that fail come after those that do not, so that
// the screen shows the first and, if that one has an error, its sentence. An
// empty entry has no reading.
func ReadEntry(text string, c EntryContext) []Reading {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if len(text) > maxEntry || strings.ContainsFunc(text, isControl) {
		return []Reading{{Kind: EntryNumber, Err: BadInput(CodeEntryLong, "most", maxEntry)}}
	}
	var good, bad []Reading
	for _, r := range candidates(text, c) {
		if r.Text = text; r.Err == nil {
			good = append(good, r)
		} else {
			bad = append(bad, r)
		}
	}
	return append(good, bad...)
}

// candidates tries the readings in the order of preference of this context.
func candidates(text string, c EntryContext) []Reading {
	digits := countDigits(text)
	switch {
	case strings.ContainsFunc(text, isEntryLetter):
		return lettered(text, c)
	case c.Scanned:
		return append(codeReading(text), phoneReading(text, c, Reading{Kind: EntryNumber})...)
	case c.HasCustomer && !looksDialled(text):
		return append([]Reading{amountReading(text, c)}, phoneReading(text, c, codeReading(text)...)...)
	case digits == 4 && len(text) == 4:
		return []Reading{{Kind: EntryLast4}, amountReading(text, c), {Kind: EntryNumber}}
	case looksDialled(text) || digits >= 7 && !strings.ContainsAny(text, ".,"):
		out := phoneReading(text, c, codeReading(text)...)
		return append(out, amountReading(text, c), Reading{Kind: EntryNumber})
	}
	return []Reading{amountReading(text, c), {Kind: EntryNumber}}
}

// lettered reads an entry with letters: a code when it has the form of one and
// its check symbol fits, or has a digit in it as names do not; otherwise a
// name, a number, or an amount that went wrong.
func lettered(text string, c EntryContext) []Reading {
	code := codeReading(text)
	var out []Reading
	if len(code) > 0 && (code[0].Err == nil || countDigits(text) > 0 || strings.Contains(text, "-")) {
		if code[0].Err != nil && !c.Scanned {
			return append(code, Reading{Kind: EntryNumber, Err: code[0].Err})
		}
		out = append(out, code...)
	}
	number, name := Reading{Kind: EntryNumber}, Reading{Kind: EntryName}
	switch {
	case c.Scanned:
		return append(out, number)
	case countDigits(text) > 0 && looksAmount(text):
		return append(out, amountReading(text, c), number)
	case countDigits(text) > 0:
		return append(out, number, name)
	}
	return append(out, name, number)
}

func amountReading(text string, c EntryContext) Reading {
	amount, err := ParseAmount(text, c.Marks)
	if err == nil && amount == 0 {
		err = BadInput(CodeSaleAmount)
	}
	return Reading{Kind: EntryAmount, Amount: amount, Err: err}
}

// codeReading reads a code where the text has the form of one; text of digits
// alone is a code only if its check symbol fits.
func codeReading(text string) []Reading {
	if _, ok := FoldCode(text); !ok {
		return nil
	}
	code, err := ParseCode(text)
	if err != nil && countDigits(text) == CodeSymbols {
		return nil
	}
	return []Reading{{Kind: EntryCode, Code: code, Err: err}}
}

// phoneReading reads a phone and puts the others after it, or first if it is
// none.
func phoneReading(text string, c EntryContext, others ...Reading) []Reading {
	phone, err := ParsePhone(text, c.Region)
	r := Reading{Kind: EntryPhone, Phone: phone, Err: err}
	return append([]Reading{r}, others...)
}

// looksDialled tells whether a text is written as only phones are.
func looksDialled(text string) bool {
	return strings.HasPrefix(text, "+") || strings.ContainsAny(text, "()") ||
		strings.Contains(strings.TrimPrefix(text, "-"), "-")
}

// looksAmount tells whether a text with letters was meant as an amount: 1e9,
// 12x, R$ 50.
func looksAmount(text string) bool {
	first := text[0]
	return first >= '0' && first <= '9' || first == '-' || strings.ContainsAny(text, ".,$€£")
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
	return !(r >= '0' && r <= '9') && !strings.ContainsRune(" .,+-()/'’−\u00a0", r)
}
