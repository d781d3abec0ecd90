package words

import (
	"testing"
	"time"
	"unicode/utf8"

	"bounceback/engine"
)

var offerReasons = []engine.Code{
	engine.ReasonBelow, engine.ReasonAbove, engine.ReasonOutranked, engine.ReasonExcluded, engine.ReasonNothing,
	engine.ReasonUnits, engine.ReasonManyUnits, engine.ReasonProducts, engine.ReasonTarget, engine.ReasonDate,
	engine.ReasonWeekday, engine.ReasonTime, engine.ReasonChannel, engine.ReasonPayment, engine.ReasonRegister,
	engine.ReasonSource, engine.ReasonCustomer, engine.ReasonPerson, engine.ReasonCode, engine.ReasonRule,
	engine.ReasonTotal, engine.ReasonUses, engine.ReasonToday, engine.ReasonBudget, engine.ReasonStock,
	engine.ReasonCoupons, engine.ReasonNoGift, engine.ReasonDelivery, engine.ReasonTaken,
}

func TestRejected(t *testing.T) {
	en, pt := format(t, "en", "GB", "GBP", "UTC"), format(t, "pt-BR", "BR", "BRL", "UTC")
	goods := coffee
	hours := engine.Threshold{Weekdays: week, Times: []engine.Hours{{From: 840, To: 1020}}}
	for _, c := range []struct {
		when     engine.Threshold
		rejected engine.Rejected
		en, pt   string
	}{
		{rejected: engine.Rejected{Reason: engine.ReasonBelow, Missing: 1250}, en: "It needs 12.50 more.", pt: "Precisa de mais 12,50."},
		{rejected: engine.Rejected{Reason: engine.ReasonBelow, Missing: 1250, Of: &goods}, en: "It needs 12.50 more of Coffee.", pt: "Precisa de mais 12,50 em Coffee."},
		{
			rejected: engine.Rejected{Reason: engine.ReasonBelow},
			en:       "The sale is below the offer's least amount. Add more of what the offer is for.",
			pt:       "A venda está abaixo do valor mínimo da oferta. Acrescente produtos que participam dela.",
		},
		{rejected: engine.Rejected{Reason: engine.ReasonUnits, Units: 1, Of: &goods}, en: "It needs 1 more of Coffee.", pt: "Precisa de mais 1 de Coffee."},
		{rejected: engine.Rejected{Reason: engine.ReasonUnits, Units: 2}, en: "It needs 2 more pieces.", pt: "Precisa de mais 2 unidades."},
		{rejected: engine.Rejected{Reason: engine.ReasonProducts, Units: 2}, en: "It needs 2 more different products.", pt: "Precisa de mais 2 produtos diferentes."},
		{rejected: engine.Rejected{Reason: engine.ReasonTarget, Of: &goods}, en: "It is for Coffee, and the sale has none.", pt: "É para Coffee, e a venda não tem nenhum."},
		{rejected: engine.Rejected{Reason: engine.ReasonTarget}, en: "Nothing in the sale is what the offer is for.", pt: "Nenhum produto da venda participa da oferta."},
		{
			rejected: engine.Rejected{Reason: engine.ReasonExcluded, ByTitle: "Spring sale"},
			en:       "“Spring sale” is better, and they cannot be combined.", pt: "“Spring sale” é melhor, e as duas não acumulam.",
		},
		{
			rejected: engine.Rejected{Reason: engine.ReasonOutranked, ByTitle: "Spring sale"},
			en:       "“Spring sale” is better, and only one of them applies.", pt: "“Spring sale” é melhor, e só uma das duas vale.",
		},
		{
			rejected: engine.Rejected{Reason: engine.ReasonTaken, ByTitle: "Spring sale"},
			en:       "The pieces it needs are used by “Spring sale”.", pt: "As unidades de que ela precisa são usadas por “Spring sale”.",
		},
		{when: hours, rejected: engine.Rejected{Reason: engine.ReasonTime}, en: "Only Monday to Friday 14:00–17:00.", pt: "Só segunda a sexta das 14:00 às 17:00."},
		{when: engine.Threshold{All: []engine.Threshold{hours}}, rejected: engine.Rejected{Reason: engine.ReasonWeekday}, en: "Only Monday to Friday 14:00–17:00.", pt: "Só segunda a sexta das 14:00 às 17:00."},
		{
			when: engine.Threshold{Any: []engine.Threshold{hours, {Weekdays: []time.Weekday{time.Sunday}}}}, rejected: engine.Rejected{Reason: engine.ReasonTime},
			en: "The offer does not run at this time of day.", pt: "A oferta não vale neste horário.",
		},
		{when: engine.Threshold{Payments: []string{"pix"}}, rejected: engine.Rejected{Reason: engine.ReasonPayment}, en: "Only when paid with pix.", pt: "Só pagando com pix."},
		{when: engine.Threshold{Groups: []string{"staff"}}, rejected: engine.Rejected{Reason: engine.ReasonPerson}, en: "Only for customers of the group staff.", pt: "Só para clientes do grupo staff."},
		{when: engine.Threshold{Expression: "units > 3"}, rejected: engine.Rejected{Reason: engine.ReasonRule}, en: "Only if units > 3.", pt: "Só se units > 3."},
		{
			when: engine.Threshold{From: engine.DayOf(2026, 11, 20)}, rejected: engine.Rejected{Reason: engine.ReasonDate},
			en: "Only from 20/11/2026.", pt: "Só a partir de 20/11/2026.",
		},
		{rejected: engine.Rejected{Reason: "offer_new"}, en: "It does not apply to this sale.", pt: "Não vale para esta venda."},
	} {
		o := engine.Offer{When: c.when}
		if got := en.Why(o, c.rejected); got != c.en {
			t.Errorf("%s: %q, want %q", c.rejected.Reason, got, c.en)
		}
		if got := pt.Why(o, c.rejected); got != c.pt {
			t.Errorf("%s: %q, want %q", c.rejected.Reason, got, c.pt)
		}
	}
}

// Without the offer at hand every reason still has its own sentence.
func TestEveryReasonHasASentence(t *testing.T) {
	for _, lang := range []string{"en", "pt-BR"} {
		f := format(t, lang, "BR", "BRL", "UTC")
		said := map[string]engine.Code{}
		for _, reason := range offerReasons {
			text := f.Rejected(engine.Rejected{Reason: reason})
			if other, twice := said[text]; twice || faultIn(text) != "" || text == f.w.T("reason.unknown") {
				t.Errorf("%s: %s says %q, as does %s", lang, reason, text, other)
			}
			said[text] = reason
		}
	}
}

func TestNear(t *testing.T) {
	en, pt := format(t, "en", "GB", "GBP", "UTC"), format(t, "pt-BR", "BR", "BRL", "UTC")
	goods := coffee
	acme := engine.Goods{Brand: []string{"Acme"}}
	mug := engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{Name: "mug"}}
	second := engine.Offer{Kind: engine.KindNth, Target: coffee, Cut: percent(5000), Sets: engine.Sets{Nth: 2}}
	steps := []engine.Tier{{Amount: 15000, Cut: percent(500)}, {Amount: 30000, Cut: percent(1000)}}
	for _, c := range []struct {
		offer    engine.Offer
		rejected engine.Rejected
		en, pt   string
	}{
		{mug, engine.Rejected{Reason: engine.ReasonBelow, Missing: 1250}, "12.50 more for a free mug", "Mais 12,50 para ganhar mug de brinde"},
		{
			engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{SKU: "MUG-1", Units: 2}},
			engine.Rejected{Reason: engine.ReasonBelow, Missing: 1250, Of: &goods},
			"12.50 more of Coffee for 2 × MUG-1 free", "Mais 12,50 em Coffee para ganhar 2 × MUG-1 de brinde",
		},
		{second, engine.Rejected{Reason: engine.ReasonUnits, Units: 1, Of: &goods}, "1 more Coffee: 2nd at half price", "Mais 1 Coffee: 2ª unidade pela metade do preço"},
		{second, engine.Rejected{Reason: engine.ReasonUnits, Units: 1, Of: &acme}, "1 more of any product by Acme: 2nd at half price", "Mais 1 de qualquer produto da marca Acme: 2ª unidade pela metade do preço"},
		{
			engine.Offer{Kind: engine.KindOrderPercent, Cut: percent(1000)},
			engine.Rejected{Reason: engine.ReasonProducts, Units: 1},
			"1 more different product: 10 % off", "Mais 1 produto diferente: 10 % de desconto",
		},
		{
			engine.Offer{Kind: engine.KindOrderPercent, Tiers: steps},
			engine.Rejected{Reason: engine.ReasonBelow, Missing: 1835},
			"18.35 more: 5 % off", "Mais 18,35: 5 % de desconto",
		},
		{
			engine.Offer{Kind: engine.KindOrderPercent, Tiers: steps, When: engine.Threshold{MinAmount: 30000}},
			engine.Rejected{Reason: engine.ReasonBelow, Missing: 1835},
			"18.35 more: 10 % off", "Mais 18,35: 10 % de desconto",
		},
		{engine.Offer{Rebate: engine.Terms{Cashback: 2000}}, engine.Rejected{Reason: engine.ReasonBelow, Missing: 100}, "1.00 more: 20 % back", "Mais 1,00: 20 % de volta"},
		{mug, engine.Rejected{Reason: engine.ReasonBelow}, "", ""},
		{mug, engine.Rejected{Reason: engine.ReasonTime, Missing: 1250}, "", ""},
		{mug, engine.Rejected{Reason: engine.ReasonAbove, Missing: 1250, Units: 3}, "", ""},
	} {
		for _, lang := range []struct {
			f    *Format
			want string
		}{{en, c.en}, {pt, c.pt}} {
			if got, ok := lang.f.Near(c.offer, c.rejected); got != lang.want || ok != (lang.want != "") {
				t.Errorf("%s: %q, %v, want %q", c.rejected.Reason, got, ok, lang.want)
			}
		}
	}
}

func TestApplied(t *testing.T) {
	f := format(t, "en", "GB", "GBP", "UTC")
	for want, a := range map[string]engine.Application{
		"Spring −5.00":    {Title: "Spring", Amount: 500, Times: 1},
		"Spring ×2 −5.00": {Title: "Spring", Amount: 500, Times: 2},
		"Spring":          {Title: " Spring ", Times: 1},
	} {
		if got := f.Applied(a); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestShortTextsAreShort(t *testing.T) {
	for _, lang := range []string{"en", "pt-BR"} {
		f := format(t, lang, "BR", "BRL", "UTC")
		for _, o := range []engine.Offer{
			{Kind: engine.KindGift, Gift: engine.Gift{Name: "A very long name of a mug with flowers and a lid"}},
			{Kind: engine.KindBuyGet, Cut: percent(5000), Sets: engine.Sets{Buy: 10, Get: 10, Of: &engine.Goods{}}},
			{Kind: engine.KindItemPrice, Cut: engine.Cut{Amount: 123456}},
			{Kind: engine.KindPoints, Points: engine.PointsRate{Points: 100, Per: 100000}},
		} {
			if got := f.OfferShort(o); utf8.RuneCountInString(got) > 40 {
				t.Errorf("%q is long", got)
			}
		}
	}
}
