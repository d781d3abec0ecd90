package engine

import (
	"sort"
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"
)

func TestCountryByCode(t *testing.T) {
	for _, want := range []Country{
		{"BR", 55, "BRL", 2, "America/Sao_Paulo", "pt-BR"},
		{"PT", 351, "EUR", 2, "Europe/Lisbon", "pt-BR"},
		{"US", 1, "USD", 2, "America/New_York", "en"},
		{"JP", 81, "JPY", 0, "Asia/Tokyo", "en"},
		{"KW", 965, "KWD", 3, "Asia/Kuwait", "en"},
		{"BG", 359, "EUR", 2, "Europe/Sofia", "en"},
		{"CW", 599, "XCG", 2, "America/Curacao", "en"},
		{"XK", 383, "EUR", 2, "Europe/Belgrade", "en"},
	} {
		if got, ok := CountryByCode(want.Code); !ok || got != want {
			t.Errorf("%s is %+v, %v; want %+v", want.Code, got, ok, want)
		}
	}
	if got, ok := CountryByCode(" br "); !ok || got.Code != "BR" {
		t.Errorf("br in lower case is %+v, %v", got, ok)
	}
	for _, code := range []string{"", "ZZ", "001", "BRA", "AQ"} {
		if got, ok := CountryByCode(code); ok {
			t.Errorf("%q is a country: %+v", code, got)
		}
	}
}

func TestEveryCountryIsWhole(t *testing.T) {
	all := Countries()
	if !sort.SliceIsSorted(all, func(i, j int) bool { return all[i].Code < all[j].Code }) {
		t.Error("the countries are not in the order of their codes")
	}
	if want := len(phonenumbers.GetSupportedRegions()); len(all) != want {
		t.Errorf("%d countries, %d have telephone numbers", len(all), want)
	}
	for _, c := range all {
		if !phonenumbers.GetSupportedRegions()[c.Code] || c.CallingCode < 1 || c.CallingCode > 999 {
			t.Errorf("%s has no telephone numbers: %+v", c.Code, c)
		}
		if _, err := time.LoadLocation(c.Timezone); err != nil || c.Timezone == "" {
			t.Errorf("%s: zone %q: %v", c.Code, c.Timezone, err)
		}
		if len(c.Currency) != 3 || c.Exponent < 0 || c.Exponent > 3 || c.Language == "" {
			t.Errorf("%s is not whole: %+v", c.Code, c)
		}
	}
}

func TestCountriesGivesACopy(t *testing.T) {
	Countries()[0].Code = "??"
	if Countries()[0].Code == "??" {
		t.Error("a caller can change the list of countries")
	}
}

func TestCurrencyExponent(t *testing.T) {
	for code, want := range map[string]int{"BRL": 2, "JPY": 0, "KWD": 3, "XCG": 2, "CLP": 0} {
		if got, ok := CurrencyExponent(code); !ok || got != want {
			t.Errorf("%s has %d decimals, %v; want %d", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "brl", "XYZ"} {
		if _, ok := CurrencyExponent(code); ok {
			t.Errorf("%q is a currency", code)
		}
	}
}
