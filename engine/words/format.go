package words

import (
	"strconv"
	"strings"
	"time"

	"bounceback/engine"
)

// Format writes values as one store does: the words in the language of the
// screen, the numbers and dates in the way of the store's country. It is never
// changed once made and may be used by several goroutines.
type Format struct {
	w        *Words
	country  string
	currency string
	exponent int
	zone     *time.Location
	money    pattern
	date     dateStyle
	twelve   bool // the clock has twelve hours
	percent  [2]string
	months   [2][12]string // full, short

	product func(sku string) string // names products; may be nil
}

// CodeUnknownCurrency says that a code is not a currency's; arg currency.
const CodeUnknownCurrency = engine.CodeUnknownCurrency

// CodeUnknownCountry says that a code is not a country's; arg country.
const CodeUnknownCountry = engine.CodeUnknownCountry

// NewFormat makes the format of a store: the language of the screen, the
// store's country (ISO 3166-1 alpha-2) and currency (ISO 4217), and its time
// zone; nil is UTC. The errors are CodeUnknownCountry and CodeUnknownCurrency.
func NewFormat(w *Words, country, currency string, zone *time.Location) (*Format, error) {
	c, ok := engine.CountryByCode(country)
	if !ok {
		return nil, engine.BadInput(CodeUnknownCountry, "country", country)
	}
	exponent, ok := engine.CurrencyExponent(currency)
	if !ok {
		return nil, engine.BadInput(CodeUnknownCurrency, "currency", currency)
	}
	if zone == nil {
		zone = time.UTC
	}
	f := &Format{
		w: w, country: c.Code, currency: currency, exponent: exponent, zone: zone,
		money: patternFor(c.Code, currency), date: dateStyleOf(c.Code), twelve: twelveHours[c.Code],
	}
	f.percent[0], f.percent[1], _ = strings.Cut(w.T("core.percent", "n", "0"), "0")
	f.loadMonths()
	return f, nil
}

// loadMonths takes the month names out of the catalogue once.
//
// words: core.month.* core.month_short.*
func (f *Format) loadMonths() {
	for m := range 12 {
		number := strconv.Itoa(m + 1)
		f.months[0][m] = f.w.T("core.month." + number)
		f.months[1][m] = f.w.T("core.month_short." + number)
	}
}

// Words is the catalogue the format writes with.
func (f *Format) Words() *Words { return f.w }

// Currency is the store's ISO 4217 code.
func (f *Format) Currency() string { return f.currency }

// Exponent is the number of decimals of the store's currency.
func (f *Format) Exponent() int { return f.exponent }

// Zone is the store's time zone.
func (f *Format) Zone() *time.Location { return f.zone }

// Decimal is the country's decimal mark.
func (f *Format) Decimal() rune { return firstRune(f.money.decimal) }

// Group is the country's mark between groups of digits.
func (f *Format) Group() rune { return firstRune(f.money.group) }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
