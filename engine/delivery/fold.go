package delivery

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plainOf holds the plain forms that Unicode's own decompositions do not give,
// or give badly.
var plainOf = pairs(
	"‘’‚‛′‵ʹʼʻ´`", "'",
	"“”„‟«»″‶", `"`,
	"‹", "<", "›", ">",
	"‐‑‒–—―−⁃•", "-",
	"⁄∕÷", "/", "×", "x", "·", ".",
	"°", "o", "µ", "u", "©", "(c)", "®", "(r)",
	"œ", "oe", "Œ", "OE", "ẞ", "SS", "þ", "th", "Þ", "Th",
	"łŁđĐðħĦŧŦıƒ", "lLdDdhHtTif",
	// Money by its code, or the mark people write by hand.
	"₹", "Rs", "₺", "TL", "₦", "N", "₱", "P", "₫", "VND", "₩", "KRW", "₪", "NIS", "₽", "RUB", "₴", "UAH", "₡", "CRC",
	"₲", "Gs", "₭", "LAK", "₮", "MNT", "₸", "KZT", "₼", "AZN", "₾", "GEL", "₵", "GHS", "֏", "AMD", "฿", "THB", "¢", "c",
	"\t\u1680\u180e", " ",
	"\u0085\u2028\u2029", "\n",
)

// pairs reads groups of characters and what each group becomes. A group whose
// plain side has as many letters is taken letter by letter.
func pairs(groups ...string) map[rune]string {
	m := map[rune]string{}
	for i := 0; i < len(groups); i += 2 {
		from, to := []rune(groups[i]), groups[i+1]
		each := len(from) > 1 && len(from) == len(to)
		for j, r := range from {
			m[r] = to
			if each {
				m[r] = to[j : j+1]
			}
		}
	}
	return m
}

// Fold gives text the plain form of every character that would force it from
// GSM-7 into UCS-2 and has one: "ção" becomes "cao", a no-break space a space,
// a curly quote a straight one. Characters that GSM-7 has stay as they are, é
// and à among them. Where something remains that GSM-7 cannot write (an emoji,
// Chinese), folding the rest would save nothing, and the text is given back
// unchanged.
func Fold(text string) string {
	if InGSM7(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	// Composed first: "e" and a combining acute are the é that GSM-7 has.
	for _, r := range norm.NFC.String(text) {
		if septetsOf[r] > 0 {
			b.WriteRune(r)
			continue
		}
		plain, ok := foldRune(r)
		if !ok {
			return text
		}
		b.WriteString(plain)
	}
	return b.String()
}

// foldRune gives one character's form in GSM-7, and false if it has none.
func foldRune(r rune) (string, bool) {
	if septetsOf[r] > 0 {
		return string(r), true
	}
	if plain, ok := plainOf[r]; ok {
		return plain, true
	}
	if unicode.In(r, unicode.Cf, unicode.Cc) {
		return "", true // soft hyphens, zero-width and control characters
	}
	return decomposed(r)
}

// decomposed takes a character apart and drops its marks: ã is a and a tilde,
// the ligature ﬁ is f and i.
func decomposed(r rune) (string, bool) {
	var b strings.Builder
	for _, part := range norm.NFKD.String(string(r)) {
		plain, known := plainOf[part]
		switch {
		case septetsOf[part] > 0:
			b.WriteRune(part)
		case known:
			b.WriteString(plain)
		case !unicode.Is(unicode.Mn, part):
			return "", false
		}
	}
	return b.String(), true
}
