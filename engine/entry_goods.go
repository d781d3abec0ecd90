package engine

import (
	"slices"
	"strings"
)

// CodeTimes says that what stands before a times sign is no quantity; with
// text and most.
const CodeTimes Code = "entry_quantity"

// timesSigns stand between a quantity and what it is of: 3* and, where nothing
// or a space follows, 3x.
const timesSigns = "*xX×"

// quantityMarks are how quantities are written: up to three decimals, as of a
// weight in kilograms.
func (c EntryContext) quantityMarks() Marks {
	return Marks{Decimal: c.Marks.Decimal, Group: c.Marks.Group, Exponent: 3}
}

// ParseQuantity reads a number of pieces or a weight, in thousandths: 3 is
// 3000, and 0,350 is 350 in a country that writes it so. CodeTimes if it is
// none, or out of range.
func ParseQuantity(text string, m Marks) (int64, error) {
	m.Exponent = 3
	n, err := ParseAmount(text, m)
	if err != nil || n == 0 || n > MaxUnits*WeightUnit {
		return 0, BadInput(CodeTimes, "text", text, "most", MaxUnits)
	}
	return int64(n), nil
}

// readTimes reads a quantity before a times sign, alone or with a sku or words
// of a name behind it, and a quantity behind an equals sign. ok is false for
// any other text.
func readTimes(text string, c EntryContext) (out []Reading, ok bool) {
	if rest, is := strings.CutPrefix(text, "="); is {
		n, err := ParseQuantity(rest, c.quantityMarks())
		return []Reading{{Kind: EntrySet, Times: n, Text: text, Err: err}}, true
	}
	number, rest, ok := cutTimes(text)
	if !ok {
		return nil, false
	}
	n, err := ParseQuantity(number, c.quantityMarks())
	switch {
	case err != nil || rest == "":
		return []Reading{{Kind: EntryTimes, Times: n, Text: text, Err: err}}, true
	case isBarcode(rest):
		return []Reading{{Kind: EntryBarcode, Times: n, Text: rest}, {Kind: EntryGoods, Times: n, Text: rest}}, true
	}
	return []Reading{{Kind: EntryGoods, Times: n, Text: rest}}, true
}

// cutTimes takes a text apart at its times sign.
func cutTimes(text string) (number, rest string, ok bool) {
	i := strings.IndexAny(text, timesSigns)
	if i < 1 {
		return "", "", false
	}
	number = strings.TrimSpace(text[:i])
	if countDigits(number) == 0 || strings.Trim(number, "0123456789.,' ") != "" {
		return "", "", false
	}
	sign, rest, _ := cutRune(text[i:])
	if sign != '*' && sign != '×' && rest != "" && rest[0] != ' ' {
		return "", "", false // 10x15 is a size
	}
	return number, strings.TrimSpace(rest), true
}

func cutRune(s string) (first rune, rest string, ok bool) {
	for i, r := range s {
		if i > 0 {
			return first, s[i:], true
		}
		first = r
	}
	return first, "", s != ""
}

// isBarcode tells whether digits are a barcode of goods, by their check digit.
func isBarcode(text string) bool {
	if ValidBarcode(text) {
		return true
	}
	_, ok := ExpandUPCE(text)
	return ok
}

// withGoods puts the readings that a catalogue gives in their place among the
// others of a text.
func withGoods(text string, out []Reading, c EntryContext) []Reading {
	goods := Reading{Kind: EntryGoods, Text: text}
	barcode := Reading{Kind: EntryBarcode, Text: text}
	switch {
	case isBarcode(text) && (c.Scanned || !isGood(out, EntryPhone)):
		return append([]Reading{barcode}, out...)
	case isBarcode(text):
		return slices.Insert(out, 1, barcode)
	case c.Scanned && (isGood(out, EntryCode) || isGood(out, EntryPhone)):
		return out
	case c.Scanned:
		return append([]Reading{goods}, out...)
	case strings.ContainsFunc(text, isEntryLetter):
		return slices.Insert(out, letteredPlace(out, c), goods)
	case countDigits(text) != len(text) && !looksDialled(text):
		return out
	}
	return slices.Insert(out, digitsPlace(out, c), goods)
}

// isGood tells whether the first reading is of a kind, and did not fail.
func isGood(out []Reading, kind EntryKind) bool {
	return len(out) > 0 && out[0].Kind == kind && out[0].Err == nil
}

// letteredPlace is where goods stand among the readings of a text with
// letters: first, except behind a good coupon code and, as long as nobody is
// named and nothing rung up, behind the name of a customer.
func letteredPlace(out []Reading, c EntryContext) int {
	named := c.Naming || !c.HasCustomer && !c.HasLines
	if isGood(out, EntryCode) || named && isGood(out, EntryName) {
		return 1
	}
	return 0
}

// digitsPlace is where goods stand among the readings of digits: before an
// amount or a number once there are lines, since an open amount is for a sale
// without any; otherwise behind the amount.
func digitsPlace(out []Reading, c EntryContext) int {
	at := slices.IndexFunc(out, func(r Reading) bool {
		return r.Kind == EntryAmount || c.HasLines && r.Kind == EntryNumber
	})
	switch {
	case at < 0:
		return len(out)
	case c.HasLines || out[at].Err != nil:
		return at
	}
	return at + 1
}
