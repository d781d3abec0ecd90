package delivery

import (
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/words"
)

// shopOf is a store of a country whose texts are in lang.
func shopOf(t testing.TB, country, lang, title string) engine.Store {
	t.Helper()
	st, err := engine.NewStore(title, country)
	if err != nil {
		t.Fatal(err)
	}
	st.Settings = engine.Settings{engine.SetTextLanguage: lang}
	return st
}

// tester is what *testing.T and *rapid.T have in common.
type tester interface{ Fatal(args ...any) }

func formatOf(t tester, st engine.Store) *words.Format {
	w, err := words.For("en")
	if err != nil {
		t.Fatal(err)
	}
	f, err := words.NewFormat(w, st.Country, st.Currency, st.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// couponOf is a coupon of 20 November 2026 that lives so many days.
func couponOf(st engine.Store, face engine.Minor, life int) engine.Coupon {
	day := engine.DayOf(2026, time.November, 20)
	return engine.Coupon{
		Code: "K7PM4T9Q", Face: face, MaxDiscount: 3000, FirstDay: day, LastDay: day + engine.Day(life),
		Issued: day.Start(st.Zone()).Add(14 * time.Hour), ValidFrom: day.Start(st.Zone()), ValidUntil: (day + engine.Day(life) + 1).Start(st.Zone()),
	}
}

func TestCompose(t *testing.T) {
	st := shopOf(t, "BR", "pt-BR", "Padaria São João")
	f := formatOf(t, st)
	c := couponOf(st, 4300, 45)
	later := c
	later.FirstDay += 2
	far := couponOf(st, 4350, 400)
	other := c
	other.Code, other.Face, other.MaxDiscount = "9QX2M0A8", 1200, 2000
	issue, day := Template(st, engine.TextWording{}, engine.StepIssue), Template(st, engine.TextWording{}, engine.StepDay)
	for _, x := range []struct {
		name, first, want string
		items             []Item
	}{
		{
			"at issue", "Maria", "Padaria Sao Joao: R$43 de volta pra voce! Codigo K7PM-4T9Q, vale até 04/01, paga até 30% da compra. STOP p/ sair",
			[]Item{{Coupon: c, Template: issue}},
		},
		{
			"good later", "", "Padaria Sao Joao: R$43 de volta pra voce! Codigo K7PM-4T9Q, vale de 22/11 até 04/01, paga até 30% da compra. STOP p/ sair",
			[]Item{{Coupon: later, Template: issue}},
		},
		{
			"with an offer", "", "Padaria Sao Joao: R$43,50 de volta pra voce! Codigo K7PM-4T9Q, vale até 25/12/2027, paga até 30% da compra. Café gratis! https://x.y STOP p/ sair",
			[]Item{{Coupon: far, Template: issue, Offer: "Café grátis!", Link: "https://x.y"}},
		},
		{
			"a reminder without a name", "", "Padaria Sao Joao: voce tem R$43 esperando. Codigo K7PM-4T9Q, vale até 04/01, paga até 30% da compra. https://x.y STOP p/ sair",
			[]Item{{Coupon: c, Template: day, Offer: "Café grátis", Link: "https://x.y"}},
		},
		{
			"two", "Maria", "Padaria Sao Joao: 2 cupons para voce: R$43 K7PM-4T9Q até 04/01, R$12 9QX2-M0A8 até 04/01. Cada um paga até 20%-30% da compra. STOP p/ sair",
			[]Item{{Coupon: c, Link: "https://x.y"}, {Coupon: other}},
		},
		{
			"two on the same terms", "", "Padaria Sao Joao: 2 cupons para voce: R$43 K7PM-4T9Q até 04/01, R$43 K7PM-4T9Q de 22/11 até 04/01. Cada um paga até 30% da compra. STOP p/ sair",
			[]Item{{Coupon: c}, {Coupon: later}},
		},
	} {
		if got := Compose(f, st, x.first, x.items...); got != x.want {
			t.Errorf("%s:\n%q\nwant\n%q", x.name, got, x.want)
		}
	}
	if got, want := VerifyText(st, "K7PM"), "Padaria Sao Joao: seu codigo é K7PM. Diga no caixa."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestComposeOfMany(t *testing.T) {
	st := shopOf(t, "BR", "en", "Casa Azul")
	st.Settings[engine.SetWordingSeveral] = "{count}: {coupons} {link}"
	items := make([]Item, 12)
	for i := range items {
		items[i] = Item{Coupon: couponOf(st, 100, 45), Link: "https://x.y"}
	}
	text := Compose(formatOf(t, st), st, "", items...)
	if !strings.HasPrefix(text, "12: R$1 K7PM-4T9Q to 04/01, ") || !strings.HasSuffix(text, ", +2 https://x.y") || strings.Count(text, "R$1 ") != 10 {
		t.Errorf("%q", text)
	}
	items[11].Link = "https://other"
	if text := Compose(formatOf(t, st), st, "", items...); strings.Contains(text, "https") {
		t.Errorf("a link of one campaign stands for both: %q", text)
	}
}
