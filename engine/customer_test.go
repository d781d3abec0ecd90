package engine

import (
	"reflect"
	"strings"
	"testing"
)

func TestFoldWords(t *testing.T) {
	for name, want := range map[string][]string{
		"João da Silva":      {"joao", "da", "silva"},
		"D'Ávila":            {"d", "avila"},
		"  CONCEIÇÃO-Nuñez ": {"conceicao", "nunez"},
		"Ana 2":              {"ana", "2"},
		"":                   nil,
		"--":                 nil,
	} {
		if got := FoldWords(name); len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%q folds to %q, want %q", name, got, want)
		}
	}
	composed, apart := "José", "Jose\u0301"
	if !reflect.DeepEqual(FoldWords(composed), FoldWords(apart)) {
		t.Error("an accent typed apart folds otherwise")
	}
}

func TestCustomerNames(t *testing.T) {
	phone := Phone{E164: "+5511987654321"}
	for want, c := range map[string]Customer{
		"Maria":     {Name: "Maria", Phone: phone, Number: "C-1"},
		"**** 4321": {Phone: phone, Number: "C-1"},
		"C-1":       {Number: "C-1"},
		"":          {},
	} {
		if got := c.Label(); got != want {
			t.Errorf("%+v is called %q, want %q", c, got, want)
		}
	}
	for name, want := range map[string]string{"Maria Souza": "Maria", " Ana": "Ana", "": "", "  ": ""} {
		if got := (Customer{Name: name}).FirstName(); got != want {
			t.Errorf("the first name of %q is %q", name, got)
		}
	}
}

func TestCheckNameAndNumber(t *testing.T) {
	for _, c := range []struct {
		text         string
		name, number Code
	}{
		{"", "", ""},
		{"João d'Ávila", "", ""},
		{strings.Repeat("ã", 40), "", ""},
		{strings.Repeat("ã", 41), "", CodeCustomerNumber},
		{strings.Repeat("ã", 80), "", CodeCustomerNumber},
		{strings.Repeat("ã", 81), CodeCustomerName, CodeCustomerNumber},
		{"a\x1b[2J", CodeCustomerName, CodeCustomerNumber},
		{"a\u009b2J", CodeCustomerName, CodeCustomerNumber},
		{"a\xff", CodeCustomerName, CodeCustomerNumber},
	} {
		if got := CodeOf(CheckName(c.text)); got != c.name {
			t.Errorf("%q as a name: %q, want %q", c.text, got, c.name)
		}
		if got := CodeOf(CheckNumber(c.text)); got != c.number {
			t.Errorf("%q as a number: %q, want %q", c.text, got, c.number)
		}
	}
}

func TestCustomerRefNone(t *testing.T) {
	for _, c := range []struct {
		ref  CustomerRef
		none bool
	}{
		{CustomerRef{}, true},
		{CustomerRef{Name: "Ana", Consent: ConsentYes}, true},
		{CustomerRef{ID: ID{1}}, false},
		{CustomerRef{Phone: "+55"}, false},
		{CustomerRef{Number: "7"}, false},
	} {
		if got := c.ref.None(); got != c.none {
			t.Errorf("%+v names nobody: %v", c.ref, got)
		}
	}
}
