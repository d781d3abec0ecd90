package engine

import (
	"strings"
	"unicode"
)

// MaxOfferCode is the most characters of the code that an offer asks for.
const MaxOfferCode = 24

// FoldOfferCode gives the form in which offers' codes are compared: capital
// letters without spaces.
func FoldOfferCode(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, typed)
}

// ValidOfferCode tells whether a folded code can be one: 1 to MaxOfferCode of
// A to Z, 0 to 9, - and _.
func ValidOfferCode(code string) bool {
	return code != "" && len(code) <= MaxOfferCode && !strings.ContainsFunc(code, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
	})
}
