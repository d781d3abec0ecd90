package words

import (
	"strconv"
	"strings"
	"unicode"

	"bounceback/engine"

	"github.com/bojanz/currency"
	"golang.org/x/text/language"
)

// minus stands in front of amounts below zero.
const minus = "−"

// pattern is how a country writes a currency. It is read once from the
// currency library's own output, since that is too slow for every frame.
type pattern struct {
	prefix, suffix string // the currency's mark and the space beside it
	decimal, group string
	first, rest    int // sizes of the last group of digits and of the others
	from           int // digits in front of the last group before any mark is set
}

// writing corrects the language a country's amounts are written in, where the
// most spoken language is not the one of its price tags.
var writing = map[string]string{
	"BI": "fr", "DJ": "fr", "DZ": "fr", "KM": "fr", "MA": "fr", "MG": "fr", "ML": "fr",
	"MR": "fr", "NE": "fr", "TN": "fr", "BQ": "nl", "CW": "nl", "SX": "nl",
	"FO": "da", "GL": "da", "PY": "es", "UG": "en", "KE": "en", "RW": "en", "GH": "en", "MO": "en",
}

// patternFor reads the pattern of a country and a currency. A country with a
// script or digits that a till's font or printer may lack is written in the
// English way.
func patternFor(country, code string) pattern {
	p, plain := probe(currency.Locale{Language: writingOf(country), Territory: country}, code)
	if !plain {
		p, _ = probe(currency.Locale{Language: "en", Territory: country}, code)
	}
	return p
}

// writingOf is the language of a country's price tags.
func writingOf(country string) string {
	if lang, ok := writing[country]; ok {
		return lang
	}
	base, _ := language.Make("und-" + country).Base()
	return base.String()
}

// probe formats a few amounts and takes the pattern out of what comes back.
func probe(locale currency.Locale, code string) (p pattern, plain bool) {
	f := currency.NewFormatter(locale)
	known := code
	if !currency.IsValid(code) { // newer than the library
		known = "EUR"
		f.SymbolMap[known] = code
	}
	f.MinDigits, f.MaxDigits = 0, 1
	mark := write(f, "1", known)
	f.CurrencyDisplay = currency.DisplayNone
	number, small := write(f, "1234567890.5", known), write(f, "1234", known)
	if !isPlain(mark) || !isPlain(number) {
		return pattern{}, false
	}
	p = separators(tidy(number))
	if strings.Contains(small, "1234") {
		p.from = 2
	}
	p.prefix, p.suffix, _ = strings.Cut(tidy(mark), "1")
	if p.prefix == "" && strings.TrimSpace(p.suffix) == "" {
		p.suffix = " " + code
	}
	return p, true
}

func write(f *currency.Formatter, number, code string) string {
	a, err := currency.NewAmount(number, code)
	if err != nil {
		return ""
	}
	return f.Format(a)
}

// separators reads the marks and group sizes off "1.234.567.890,5".
func separators(s string) pattern {
	var marks []string
	sizes := []int{0}
	for _, r := range s {
		if r >= '0' && r <= '9' {
			sizes[len(sizes)-1]++
			continue
		}
		marks = append(marks, string(r))
		sizes = append(sizes, 0)
	}
	n := len(sizes)
	p := pattern{decimal: marks[n-2], first: sizes[n-2], from: 1}
	if n > 3 {
		p.group, p.rest = marks[0], sizes[n-3]
	}
	return p
}

// isPlain tells whether a text is made of digits 0–9, letters that tills can
// show, and signs.
func isPlain(s string) bool {
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r == '\u200b':
		case unicode.Is(unicode.Cf, r), unicode.IsMark(r), unicode.IsDigit(r):
			return false
		case unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek):
			return false
		}
	}
	return s != ""
}

// tidy makes every space the ordinary one and the yen sign one column wide.
func tidy(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u200b", "", "￥", "¥").Replace(s)
}

// Money writes an amount with the currency's mark: "R$ 1.234,50".
func (f *Format) Money(m engine.Minor) string { return f.money.marked(int64(m), f.exponent) }

// MoneyShort is Money without decimals where they are all zero: "R$ 37".
func (f *Format) MoneyShort(m engine.Minor) string {
	whole := engine.Minor(1)
	for range f.exponent {
		whole *= 10
	}
	if m%whole != 0 {
		return f.Money(m)
	}
	return f.money.marked(int64(m/whole), 0)
}

// Amount writes an amount without the currency's mark: "1.234,50".
func (f *Format) Amount(m engine.Minor) string {
	return string(f.money.number(make([]byte, 0, 40), int64(m), f.exponent))
}

// Count writes a whole number with its digits in groups: "84.210".
func (f *Format) Count(n int) string {
	return string(f.money.number(make([]byte, 0, 40), int64(n), 0))
}

// Percent writes a rate with as many decimals as it needs: "12,5 %".
func (f *Format) Percent(rate engine.BP) string {
	v, digits := int64(rate), 2
	for digits > 0 && v%10 == 0 {
		v, digits = v/10, digits-1
	}
	b := append(make([]byte, 0, 40), f.percent[0]...)
	return string(append(f.money.number(b, v, digits), f.percent[1]...))
}

// Weight writes a weight in thousandths of a kilogram with as many decimals as
// it needs: "0,345 kg".
func (f *Format) Weight(thousandths int64) string {
	v, digits := thousandths, 3
	for digits > 0 && v%10 == 0 {
		v, digits = v/10, digits-1
	}
	return string(f.money.number(make([]byte, 0, 40), v, digits)) + " kg"
}

// marked writes v / 10^digits with the currency's mark.
func (p *pattern) marked(v int64, digits int) string {
	b := make([]byte, 0, 48)
	if v < 0 {
		b = append(b, minus...)
	}
	b = append(b, p.prefix...)
	b = p.digits(b, absolute(v), digits)
	return string(append(b, p.suffix...))
}

// number appends v / 10^digits.
func (p *pattern) number(b []byte, v int64, digits int) []byte {
	if v < 0 {
		b = append(b, minus...)
	}
	return p.digits(b, absolute(v), digits)
}

// absolute holds the lowest int64 too.
func absolute(v int64) uint64 {
	if v < 0 {
		return -uint64(v) //nolint:gosec // two's complement, on purpose
	}
	return uint64(v)
}

// digits appends v / 10^digits with the country's marks.
func (p *pattern) digits(b []byte, v uint64, digits int) []byte {
	var buf [24]byte
	s := strconv.AppendUint(buf[:0], v, 10)
	if short := digits + 1 - len(s); short > 0 {
		s = append(append(make([]byte, 0, 24), "000000000"[:short]...), s...)
	}
	whole := s[:len(s)-digits]
	for i, c := range whole {
		if i > 0 && p.marksBefore(len(whole)-i, len(whole)) {
			b = append(b, p.group...)
		}
		b = append(b, c)
	}
	if digits > 0 {
		b = append(append(b, p.decimal...), s[len(s)-digits:]...)
	}
	return b
}

// marksBefore tells whether a mark stands in front of the last n of all digits.
func (p *pattern) marksBefore(n, all int) bool {
	if p.rest == 0 || all < p.first+p.from || n < p.first {
		return false
	}
	return (n-p.first)%p.rest == 0
}
