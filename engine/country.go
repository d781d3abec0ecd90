package engine

import (
	"sort"
	"strings"
	"sync"
	_ "time/tzdata" // A till may have no zone files of its own.

	"github.com/bojanz/currency"
	"github.com/nyaruka/phonenumbers"
)

// Country holds what a store takes over from the country it stands in. Each
// part is a first offer, which the shop's settings may change.
type Country struct {
	Code        string // ISO 3166-1 alpha-2
	CallingCode int    // 55 for +55
	Currency    string // ISO 4217
	Exponent    int    // decimals of the currency's minor unit
	Timezone    string // IANA name
	Language    string // a language of the catalogue
}

// currencyNow corrects the currency table where a country has changed over
// since, or has a newer code than the table knows.
var currencyNow = map[string]string{"BG": "EUR"}

// exponentNow holds the currencies that the currency table does not know yet.
var exponentNow = map[string]int{"XCG": 2}

// languageOf names the catalogue's language per country; the others get
// English.
var languageOf = map[string]string{
	"AO": "pt-BR", "BR": "pt-BR", "CV": "pt-BR", "GW": "pt-BR", "MZ": "pt-BR",
	"PT": "pt-BR", "ST": "pt-BR", "TL": "pt-BR",
}

// CountryByCode gives a country by its two-letter code in either case.
func CountryByCode(code string) (Country, bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	zone, ok := primaryZone[code]
	if !ok {
		return Country{}, false
	}
	cur := currencyOf(code)
	digits, ok := CurrencyExponent(cur)
	if !ok {
		return Country{}, false
	}
	c := Country{
		Code: code, CallingCode: phonenumbers.GetCountryCodeForRegion(code),
		Currency: cur, Exponent: digits, Timezone: zone, Language: "en",
	}
	if lang, ok := languageOf[code]; ok {
		c.Language = lang
	}
	return c, true
}

// Countries lists every country by its code. The slice is the caller's own.
func Countries() []Country {
	all := allCountries()
	return append(make([]Country, 0, len(all)), all...)
}

var allCountries = sync.OnceValue(func() []Country {
	all := make([]Country, 0, len(primaryZone))
	for code := range primaryZone {
		if c, ok := CountryByCode(code); ok {
			all = append(all, c)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Code < all[j].Code })
	return all
})

// CurrencyExponent gives the number of decimals of a currency's minor unit: 0
// for JPY, 2 for BRL, 3 for KWD. It is false for an unknown code.
func CurrencyExponent(code string) (int, bool) {
	if n, ok := exponentNow[code]; ok {
		return n, true
	}
	n, ok := currency.GetDigits(code)
	return int(n), ok
}

func currencyOf(country string) string {
	if c, ok := currencyNow[country]; ok {
		return c
	}
	c, _ := currency.ForCountryCode(country)
	return c
}
