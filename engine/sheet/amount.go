package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bounceback/engine"
)

// decimalEvidence counts what the amounts of a file tell of its decimal mark.
type decimalEvidence struct{ point, comma int }

// see learns from one amount.
func (e *decimalEvidence) see(text string) {
	switch decimalOf(bare(text)) {
	case '.':
		e.point++
	case ',':
		e.comma++
	}
}

// mark is the file's decimal mark; home where no amount tells; 0 where they
// contradict each other.
func (e *decimalEvidence) mark(home rune) rune {
	switch {
	case e.point > 0 && e.comma > 0:
		return 0
	case e.point > 0:
		return '.'
	case e.comma > 0, home == ',':
		return ','
	}
	return '.'
}

// decimalOf tells which mark of an amount must be the decimal one, or 0 if it
// has none or could be read in two ways.
func decimalOf(s string) rune {
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return 0
	}
	mark, other := rune(s[last]), otherMark(rune(s[last]))
	head, tail := s[:last], s[last+1:]
	switch {
	case strings.ContainsRune(head, other): // 1.234,56
		return mark
	case strings.ContainsRune(head, mark): // 1.234.567
		return other
	case len(tail) != 3, len(head) == 0, len(head) > 3, head[0] == '0':
		return mark
	}
	return 0
}

func otherMark(mark rune) rune {
	if mark == '.' {
		return ','
	}
	return '.'
}

// amount reads an amount in the file's way.
func (l *Layout) amount(text string) (engine.Minor, error) {
	s := bare(text)
	decimal := l.Decimal
	if decimal == 0 {
		if decimal = decimalOf(s); decimal == 0 && strings.ContainsAny(s, ".,") {
			return 0, engine.BadInput(CodeRowAmount, "text", text)
		}
	}
	negative := strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") || strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")")
	if negative && strings.Trim(s, "-()0.,") != "" {
		return 0, engine.BadInput(engine.CodeAmountNegative, "text", text)
	}
	plain, ok := plainAmount(strings.Trim(s, "-()"), decimal, l.o.Marks.Exponent)
	if !ok {
		return 0, engine.BadInput(engine.CodeAmountMarks, "text", text)
	}
	return engine.ParseAmount(plain, engine.Marks{Decimal: '.', Group: ',', Exponent: l.o.Marks.Exponent})
}

// plainAmount rewrites an amount with a point and without marks between
// thousands. Decimals beyond the currency's are dropped if they are zeros, as
// many programs write four. It gives false for groups that are not of three.
func plainAmount(s string, decimal rune, exponent int) (string, bool) {
	whole, decimals, _ := strings.Cut(s, string(decimal))
	groups := strings.Split(whole, string(otherMark(decimal)))
	for i, g := range groups {
		if len(groups) > 1 && (len(g) > 3 || len(g) < 3 && i > 0 || len(g) == 0) {
			return "", false
		}
	}
	if strings.ContainsAny(decimals, ".,") {
		return "", false
	}
	for len(decimals) > exponent && decimals[len(decimals)-1] == '0' {
		decimals = decimals[:len(decimals)-1]
	}
	if decimals != "" {
		decimals = "." + decimals
	}
	return strings.Join(groups, "") + decimals, true
}

// bare takes an amount out of its currency sign, code and spaces: "R$ 1.234,50",
// "USD 12", "12 €" and "-$5.00".
func bare(text string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u202f', r == '\'', r == '’':
			return -1
		case r == '−':
			return '-'
		}
		return r
	}, text)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	s = trimCurrency(s)
	if strings.HasPrefix(s, "-") && sign == "" {
		sign, s = "-", s[1:]
	}
	return sign + s
}

// trimCurrency drops one currency before or after the digits.
func trimCurrency(s string) string {
	digits := strings.IndexAny(s, "-(0123456789.,")
	if digits > 0 && isCurrency(s[:digits]) {
		s = s[digits:]
	}
	end := strings.LastIndexAny(s, "-)0123456789.,") + 1
	if end > 0 && end < len(s) && isCurrency(s[end:]) {
		s = s[:end]
	}
	return s
}

// isCurrency tells whether a text is a sign (€, R$, US$), a code (BRL) or one
// of the abbreviations shops write.
func isCurrency(s string) bool {
	if last, _ := utf8.DecodeLastRuneInString(s); unicode.Is(unicode.Sc, last) {
		return utf8.RuneCountInString(s) <= 3
	}
	if _, known := engine.CurrencyExponent(strings.ToUpper(s)); known {
		return true
	}
	switch strings.ToLower(s) {
	case "rs", "kr", "zł", "kč", "ft", "lei", "rp", "rm", "fr", "s/":
		return true
	}
	return false
}
