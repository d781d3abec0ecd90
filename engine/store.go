package engine

import (
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// MaxTitle is the most characters of a store's title, since it goes into texts.
const MaxTitle = 25

// Codes of stores.
const (
	CodeTitleEmpty   Code = "title_empty"
	CodeTitleLong    Code = "title_long"
	CodeBadZone      Code = "bad_zone"
	CodeBadStep      Code = "bad_step"
	CodeNoStore      Code = "no_store"    // the file holds no store yet
	CodeWhichStore   Code = "which_store" // the file holds several stores
	CodeTitleLetters Code = "title_letters"
)

// Store is a tenant: one shop, one salesperson, a chain or a web shop. It owns
// everything that is recorded under it, and only its actors see that.
type Store struct {
	ID       ID
	Title    string // at most MaxTitle characters
	Country  string // ISO 3166, two letters
	Currency string // ISO 4217
	Exponent int    // decimals of the currency
	Timezone string // IANA name
	Language string // of the screen and the texts: "en", "pt-BR"
	Step     Minor  // what coupon values are rounded up to
	Created  Instant
	Settings Settings
}

// NewStore gives a store with its country's defaults and a step of one whole
// currency unit; the caller may change any of them before it is checked.
func NewStore(title, country string) (Store, error) {
	c, ok := CountryByCode(country)
	if !ok {
		return Store{}, BadInput(CodeUnknownCountry, "country", country)
	}
	return Store{
		Title: strings.TrimSpace(title), Country: c.Code, Currency: c.Currency, Exponent: c.Exponent,
		Timezone: c.Timezone, Language: c.Language, Step: WholeUnit(c.Exponent),
	}, nil
}

// CodeUnknownCountry says that a text is not a country's code.
const CodeUnknownCountry Code = "unknown_country"

// WholeUnit is one whole unit of a currency in minor units.
func WholeUnit(exponent int) Minor {
	unit := Minor(1)
	for range exponent {
		unit *= 10
	}
	return unit
}

// Check tells what is wrong with a store, or nil.
func (s Store) Check() error {
	title := strings.TrimSpace(s.Title)
	switch {
	case title == "":
		return BadInput(CodeTitleEmpty)
	case utf8.RuneCountInString(title) > MaxTitle:
		return BadInput(CodeTitleLong, "most", MaxTitle, "length", utf8.RuneCountInString(title))
	case !CleanText(title):
		return BadInput(CodeTitleLetters)
	case s.Step <= 0 || s.Step > 1000*WholeUnit(s.Exponent):
		return BadInput(CodeBadStep, "most", 1000*WholeUnit(s.Exponent))
	}
	if _, ok := CountryByCode(s.Country); !ok {
		return BadInput(CodeUnknownCountry, "country", s.Country)
	}
	if exp, ok := CurrencyExponent(s.Currency); !ok || exp != s.Exponent {
		return BadInput(CodeUnknownCurrency, "currency", s.Currency)
	}
	if _, err := LoadZone(s.Timezone); err != nil {
		return err
	}
	return s.Settings.Check()
}

// CodeUnknownCurrency says that a text is not a currency's code.
const CodeUnknownCurrency Code = "unknown_currency"

// zones keeps the time zones found, by name: finding one reads a file.
var zones sync.Map

// LoadZone finds an IANA time zone by name; CodeBadZone if there is none.
func LoadZone(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	if name == "" || name == "Local" {
		return nil, BadInput(CodeBadZone, "zone", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, BadInput(CodeBadZone, "zone", name)
	}
	zones.Store(name, loc)
	return loc, nil
}

// Zone is the store's time zone; UTC if the name is none, which Check refuses.
func (s Store) Zone() *time.Location {
	loc, err := LoadZone(s.Timezone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Today is the store's day at an instant.
func (s Store) Today(now Instant) Day { return DayAt(now, s.Zone()) }
