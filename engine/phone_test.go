package engine

import (
	"errors"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"
)

func TestParsePhone(t *testing.T) {
	for _, c := range []struct {
		text, region string
		want         Phone
		national     string
		masked       string
		questionable bool
	}{
		{"(11) 98765-4321", "BR", Phone{"+5511987654321", "BR", PhoneMobile}, "+55 11 98765-4321", "**** 4321", false},
		{"11987654321", "br", Phone{"+5511987654321", "BR", PhoneMobile}, "+55 11 98765-4321", "**** 4321", false},
		{"011 98765 4321", "BR", Phone{"+5511987654321", "BR", PhoneMobile}, "+55 11 98765-4321", "**** 4321", false},
		{"+55 11 98765\u20114321", "US", Phone{"+5511987654321", "BR", PhoneMobile}, "+55 11 98765-4321", "**** 4321", false},
		{"(11) 3456-7890", "BR", Phone{"+551134567890", "BR", PhoneFixed}, "+55 11 3456-7890", "**** 7890", true},
		{"0800 123 4567", "BR", Phone{"+558001234567", "BR", PhoneOther}, "+55 800 123 4567", "**** 4567", true},
		{"(212) 555-2368", "US", Phone{"+12125552368", "US", PhoneEither}, "+1 212-555-2368", "**** 2368", false},
		{"0151 23456789", "DE", Phone{"+4915123456789", "DE", PhoneMobile}, "+49 1512 3456789", "**** 6789", false},
		{"011 15-2345-6789", "AR", Phone{"+5491123456789", "AR", PhoneMobile}, "+54 9 11 2345-6789", "**** 6789", false},
		{"+39 06 1234 5678", "BR", Phone{"+390612345678", "IT", PhoneFixed}, "+39 06 1234 5678", "**** 5678", true},
	} {
		got, err := ParsePhone(c.text, c.region)
		if err != nil || got != c.want {
			t.Errorf("ParsePhone(%q, %s) = %+v, %v; want %+v", c.text, c.region, got, err, c.want)
			continue
		}
		if got.National() != c.national || got.Masked() != c.masked || got.Questionable() != c.questionable {
			t.Errorf("%q: %q, %q, %v; want %q, %q, %v", c.text, got.National(), got.Masked(), got.Questionable(),
				c.national, c.masked, c.questionable)
		}
	}
}

func TestParsePhoneRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "+", "1198765432", "119876543210", "98765-4321", "87654321", "00000000000", "+999 1234 5678",
		"11 98765-4321 x12", "0800 FLOWERS", "11987654321;ext=3", "tel:+5511987654321", "11*98765#4321",
		"11\n987654321", strings.Repeat("1", 300), "K7PM-4T9Q",
	} {
		p, err := ParsePhone(text, "BR")
		var e *Error
		if !errors.As(err, &e) || e.Code != CodePhoneImpossible || e.Class != Input || p != (Phone{}) {
			t.Errorf("ParsePhone(%q) = %+v, %v", text, p, err)
			continue
		}
		if e.Args["text"] != text || e.Args["example"] != "+55 11 96123-4567" {
			t.Errorf("%q: the error says %v", text, e.Args)
		}
	}
	if _, err := ParsePhone("11987654321", "ZZ"); CodeOf(err) != CodePhoneImpossible {
		t.Errorf("a national number of no country: %v", err)
	}
}

// Every country's own example numbers must come back whole from every way of
// writing them.
func TestParsePhoneReadsWhatItWrites(t *testing.T) {
	countries := Countries()
	types := []phonenumbers.PhoneNumberType{phonenumbers.MOBILE, phonenumbers.FIXED_LINE}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(countries).Draw(t, "country")
		n := phonenumbers.GetExampleNumberForType(c.Code, rapid.SampledFrom(types).Draw(t, "type"))
		if n == nil {
			return
		}
		want := phonenumbers.Format(n, phonenumbers.E164)
		texts := []string{want, phonenumbers.Format(n, phonenumbers.INTERNATIONAL)}
		if c.Code != "AR" { // the library writes 09 for 011 there
			texts = append(texts, phonenumbers.Format(n, phonenumbers.NATIONAL))
		}
		for _, text := range texts {
			p, err := ParsePhone(text, c.Code)
			if err != nil || p.E164 != want {
				t.Fatalf("%s: %q is %+v, %v; want %s", c.Code, text, p, err, want)
			}
			again, err := ParsePhone(p.National(), "ZZ")
			if err != nil || again != p {
				t.Fatalf("%s: %q is %+v, %v; want %+v", c.Code, p.National(), again, err, p)
			}
		}
	})
}

func TestPhoneWithoutNumber(t *testing.T) {
	if p := (Phone{}); p.National() != "" || p.Masked() != "****" {
		t.Errorf("no number is %q, %q", p.National(), p.Masked())
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{
		"(11) 98765-4321", "+55 11 98765-4321", "0 15 11 98765 4321", "0800 123 4567", "+39 06 1234 5678",
		"+1 212 555 2368", "190", "", "+", "٠١٢", "１１９８７６５４３２１", "11 98765-4321 ramal 3", "+800 1234 5678",
	} {
		f.Add(s, "BR")
	}
	f.Add("0151 23456789", "DE")
	f.Add("2125552368", "us")
	f.Add("12345678", "")
	f.Fuzz(func(t *testing.T, text, region string) {
		p, err := ParsePhone(text, region)
		if err != nil {
			if CodeOf(err) != CodePhoneImpossible || p != (Phone{}) {
				t.Fatalf("%q: %+v, %v", text, p, err)
			}
			return
		}
		digits, ok := strings.CutPrefix(p.E164, "+")
		if !ok || strings.Trim(digits, "0123456789") != "" || len(digits) < 5 || p.Kind == 0 || p.Region == "" {
			t.Fatalf("%q is %+v", text, p)
		}
		if again, err := ParsePhone(p.E164, ""); err != nil || again != p {
			t.Fatalf("%q is %+v, read again %+v, %v", text, p, again, err)
		}
		if strings.Contains(p.Masked(), digits[:len(digits)-4]) {
			t.Fatalf("%q is masked as %q", text, p.Masked())
		}
	})
}

func BenchmarkParsePhone(b *testing.B) {
	for b.Loop() {
		_, _ = ParsePhone("(11) 98765-4321", "BR")
	}
}

func BenchmarkNational(b *testing.B) {
	p := Phone{E164: "+5511987654321"}
	for b.Loop() {
		_ = p.National()
	}
}
