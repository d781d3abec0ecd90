package engine

import "strings"

// Marks are how a country writes an amount: the mark before the decimals, the
// mark between thousands, and how many decimals its currency has.
type Marks struct {
	Decimal  rune
	Group    rune
	Exponent int
}

// ParseAmount reads what a person typed as an amount: `180`, `180.00`,
// `180,00`, `1.234,56` and `1,234.56` are understood in every country, since
// people type both marks. With one mark only, one or two digits after it are
// decimals; three are thousands if the mark is the country's mark for them,
// decimals if the currency has three and it is not, and otherwise the amount is
// refused rather than guessed. Spaces and apostrophes may stand between
// thousands and nowhere else; thousands may be grouped the Indian way
// (1,00,000).
func ParseAmount(text string, m Marks) (Minor, error) {
	whole, decimals, err := amountDigits(text, m)
	if err != nil {
		return 0, err
	}
	return joinAmount(whole, decimals, text, m.Exponent)
}

// amountDigits reads the digits before and after the decimal mark.
func amountDigits(text string, m Marks) (whole, decimals string, err error) {
	s := strings.Map(foldSpacing, strings.TrimSpace(text))
	if s == "" {
		return "", "", BadInput(CodeAmountEmpty)
	}
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "−") {
		return "", "", BadInput(CodeAmountNegative, "text", text)
	}
	if strings.Trim(s, "0123456789.,'") != "" {
		return "", "", BadInput(CodeAmountLetters, "text", text)
	}
	s, ok := closeUp(s)
	if !ok {
		return "", "", BadInput(CodeAmountMarks, "text", text)
	}
	whole, decimals, err = splitAmount(s, text, m)
	if err == nil && whole == "" && decimals == "" {
		err = BadInput(CodeAmountLetters, "text", text)
	}
	return whole, decimals, err
}

// foldSpacing makes every mark that is neither point nor comma an apostrophe.
func foldSpacing(r rune) rune {
	switch r {
	case ' ', '\t', '\u00a0', '\u202f', '\u2009', '’':
		return '\''
	}
	return r
}

// closeUp takes the apostrophes out from between thousands; anywhere else they
// are refused, since "180 00" may well be a mark forgotten.
func closeUp(s string) (string, bool) {
	if !strings.Contains(s, "'") {
		return s, true
	}
	end := len(s)
	if i := strings.IndexAny(s, ".,"); i >= 0 {
		end = i
	}
	if strings.Contains(s[end:], "'") || !grouped(s[:end], '\'') {
		return "", false
	}
	return ungroup(s, '\''), true
}

// splitAmount finds the digits before and after the decimal mark.
func splitAmount(s, text string, m Marks) (whole, decimals string, err error) {
	refused := BadInput(CodeAmountMarks, "text", text)
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return s, "", nil
	}
	mark := rune(s[last])
	head, tail := s[:last], s[last+1:]
	other := otherMark(mark)
	switch {
	case strings.ContainsRune(head, other): // both marks: the last is the decimal one
		if strings.ContainsRune(head, mark) || !grouped(head, other) {
			return "", "", refused
		}
		return ungroup(head, other), tail, nil
	case strings.ContainsRune(head, mark): // one mark, repeated: thousands
		if !grouped(s, mark) {
			return "", "", refused
		}
		return ungroup(s, mark), "", nil
	case len(tail) == 3 && mark == m.Group && grouped(s, mark):
		return ungroup(s, mark), "", nil
	}
	return head, tail, nil
}

func otherMark(mark rune) rune {
	if mark == '.' {
		return ','
	}
	return '.'
}

// grouped tells whether marks stand before the last three digits and before
// every third, or as in India every second, digit in front of them, with one
// digit at least, not zero, before the first.
func grouped(s string, mark rune) bool {
	parts := strings.Split(s, string(mark))
	first, middle, size := parts[0], parts[1:], 3
	if len(middle) > 1 && len(middle[0]) == 2 {
		size = 2
	}
	if len(first) < 1 || len(first) > size || first[0] == '0' {
		return false
	}
	for i, p := range middle {
		if i == len(middle)-1 {
			size = 3
		}
		if len(p) != size {
			return false
		}
	}
	return true
}

func ungroup(s string, mark rune) string { return strings.ReplaceAll(s, string(mark), "") }

func joinAmount(whole, decimals, text string, exponent int) (Minor, error) {
	if len(decimals) > exponent {
		return 0, BadInput(CodeAmountDecimals, "text", text, "decimals", exponent)
	}
	digits := strings.TrimLeft(whole+decimals+strings.Repeat("0", exponent-len(decimals)), "0")
	if len(digits) > len("10000000000") {
		return 0, BadInput(CodeAmountTooLarge, "text", text, "most", MaxAmount)
	}
	var total Minor
	for _, d := range digits {
		total = total*10 + Minor(d-'0')
	}
	if total > MaxAmount {
		return 0, BadInput(CodeAmountTooLarge, "text", text, "most", MaxAmount)
	}
	return total, nil
}

// Plain writes an amount with a point and no marks between thousands, as
// files and commands carry it: 1234.50.
func (m Minor) Plain(exponent int) string {
	sign, n := "", uint64(m) //nolint:gosec // a negative amount is negated below
	if m < 0 {
		sign, n = "-", -n
	}
	digits := []byte{}
	for n > 0 || len(digits) <= exponent {
		digits = append(digits, byte('0'+n%10))
		n /= 10
	}
	for i, j := 0, len(digits)-1; i < j; i, j = i+1, j-1 {
		digits[i], digits[j] = digits[j], digits[i]
	}
	if exponent == 0 {
		return sign + string(digits)
	}
	point := len(digits) - exponent
	return sign + string(digits[:point]) + "." + string(digits[point:])
}
