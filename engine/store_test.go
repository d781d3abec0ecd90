package engine

import (
	"strings"
	"testing"
)

func TestNewStore(t *testing.T) {
	want := Store{
		Title: "Casa Azul", Country: "BR", Currency: "BRL", Exponent: 2, Timezone: "America/Sao_Paulo", Language: "pt-BR", Step: 100,
	}
	got, err := NewStore("  Casa Azul ", "br")
	if err != nil || got.Title != want.Title || got.Country != want.Country || got.Currency != want.Currency || got.Exponent != want.Exponent ||
		got.Timezone != want.Timezone || got.Language != want.Language || got.Step != want.Step {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := NewStore("x", "ZZ"); CodeOf(err) != CodeUnknownCountry {
		t.Errorf("a store of no country: %v", err)
	}
	for _, c := range Countries() {
		s, err := NewStore("Shop", c.Code)
		if err != nil || s.Check() != nil {
			t.Errorf("a store of %s: %v, %v", c.Code, err, s.Check())
		}
	}
}

func TestStoreCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Store)
		want   Code
	}{
		"as it is":          {func(*Store) {}, ""},
		"no title":          {func(s *Store) { s.Title = " " }, CodeTitleEmpty},
		"longest title":     {func(s *Store) { s.Title = strings.Repeat("ã", 25) }, ""},
		"spaces around it":  {func(s *Store) { s.Title = " " + strings.Repeat("ã", 25) + " " }, ""},
		"title too long":    {func(s *Store) { s.Title = strings.Repeat("ã", 26) }, CodeTitleLong},
		"title of controls": {func(s *Store) { s.Title = "a\x1bb" }, CodeTitleLetters},
		"title of C1":       {func(s *Store) { s.Title = "a\u009bb" }, CodeTitleLetters},
		"title of no text":  {func(s *Store) { s.Title = "a\xff" }, CodeTitleLetters},
		"step of a cent":    {func(s *Store) { s.Step = 1 }, ""},
		"no step":           {func(s *Store) { s.Step = 0 }, CodeBadStep},
		"negative step":     {func(s *Store) { s.Step = -100 }, CodeBadStep},
		"largest step":      {func(s *Store) { s.Step = 100000 }, ""},
		"step too large":    {func(s *Store) { s.Step = 100001 }, CodeBadStep},
		"no country":        {func(s *Store) { s.Country = "" }, CodeUnknownCountry},
		"another currency":  {func(s *Store) { s.Currency = "USD" }, ""},
		"of other decimals": {func(s *Store) { s.Currency = "JPY" }, CodeUnknownCurrency},
		"no currency":       {func(s *Store) { s.Currency = "ZZZ" }, CodeUnknownCurrency},
		"another zone":      {func(s *Store) { s.Timezone = "America/Manaus" }, ""},
		"no zone":           {func(s *Store) { s.Timezone = "" }, CodeBadZone},
		"the machine's":     {func(s *Store) { s.Timezone = "Local" }, CodeBadZone},
		"a path":            {func(s *Store) { s.Timezone = "../etc/passwd" }, CodeBadZone},
		"a bad setting":     {func(s *Store) { s.Settings = Settings{SetTheme: "pink"} }, CodeSettingChoice},
	} {
		s := shop(t, "BR")
		c.change(&s)
		if err := s.Check(); CodeOf(err) != c.want || err != nil && ClassOf(err) != Input {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestToday(t *testing.T) {
	s := shop(t, "BR")
	now := instant(t, "2026-11-20 23:59:59.999", s.Zone())
	if got := s.Today(now).String(); got != "2026-11-20" {
		t.Errorf("today is %s", got)
	}
	if got := s.Today(now + 1).String(); got != "2026-11-21" {
		t.Errorf("a millisecond later it is %s", got)
	}
	s.Timezone = "nowhere"
	if got := s.Zone().String(); got != "UTC" {
		t.Errorf("a zone that is none is %s", got)
	}
}
