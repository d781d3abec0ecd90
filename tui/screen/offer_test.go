package screen_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/tui/screen"
)

// offered saves a campaign that runs an offer.
func (o *office) offered(title string, offer engine.Offer) engine.Campaign {
	o.t.Helper()
	c := engine.Campaign{Title: title, Terms: o.store.Settings.StandardTerms(), Promo: offer, State: engine.CampaignActive}
	c, err := o.db.SaveCampaign(context.Background(), o.owner, c)
	o.must(err)
	return c
}

func (o *office) campaign(id engine.ID) engine.Campaign {
	o.t.Helper()
	c, err := o.db.Campaign(context.Background(), o.owner, id)
	o.must(err)
	return c
}

var (
	percent20 = engine.Cut{Percent: 2000}
	free      = engine.Cut{Percent: 10000}
	coffee    = engine.Goods{Category: []string{"Drinks/Coffee"}}
	serra     = engine.Goods{Brand: []string{"Serra"}, NotSKU: []string{"COF-9"}}
)

func off(m engine.Minor) engine.Cut        { return engine.Cut{By: engine.ByAmount, Amount: m} }
func priced(m engine.Minor) engine.Cut     { return engine.Cut{By: engine.ByPrice, Amount: m} }
func from(m engine.Minor) engine.Tier      { return engine.Tier{Amount: m, Cut: percent20} }
func groups(g ...engine.Group) engine.Sets { return engine.Sets{Groups: g} }

// manyOffers are offers of every kind, and each thing the form has a field for.
var manyOffers = map[string]engine.Offer{
	"percent":     {Kind: engine.KindItemPercent, Cut: percent20, Target: engine.Goods{Category: []string{"Drinks/Coffee", "Food"}, SKU: []string{"A"}, Tag: []string{"bio"}, NotCategory: []string{"Drinks/Tea"}, NotBrand: []string{"X"}, NotTag: []string{"new"}, PriceMin: 5_00, PriceMax: 90_00, Undiscounted: true}, Pick: engine.Pick{Units: 2, Choice: engine.Priciest}, Caps: engine.Caps{Discount: 20_00, Units: 3}},
	"each":        {Kind: engine.KindItemEach, Cut: off(2_50), Target: serra},
	"line":        {Kind: engine.KindItemLine, Cut: off(1_00)},
	"across":      {Kind: engine.KindItemAcross, Cut: off(10_00), Pick: engine.Pick{Units: 1}},
	"price":       {Kind: engine.KindItemPrice, Cut: priced(9_90), Limits: engine.Limits{Units: 50}},
	"bundle":      {Kind: engine.KindBundle, Cut: priced(50_00), Sets: groups(engine.Group{Of: coffee, Units: 2}, engine.Group{Of: engine.Goods{SKU: []string{"MUG-1"}}, Units: 1}, engine.Group{Units: 3})},
	"any of":      {Kind: engine.KindBundle, Cut: percent20, Sets: groups(engine.Group{Of: engine.Goods{Category: []string{"Food"}, NotTag: []string{"new"}}, Units: 3})},
	"buy get":     {Kind: engine.KindBuyGet, Cut: free, Target: coffee, Sets: engine.Sets{Buy: 2, Get: 1, Same: true}, Caps: engine.Caps{Times: 3}},
	"get other":   {Kind: engine.KindBuyGet, Cut: off(5_00), Target: coffee, Sets: engine.Sets{Buy: 1, Get: 1, Of: &serra, Once: true}},
	"nth":         {Kind: engine.KindNth, Cut: engine.Cut{Percent: 5000}, Target: coffee, Sets: engine.Sets{Nth: 2}},
	"nth price":   {Kind: engine.KindNth, Cut: priced(1_00), Sets: engine.Sets{Nth: 3}, Pick: engine.Pick{Choice: engine.Priciest}},
	"add-on":      {Kind: engine.KindAddOn, Cut: priced(4_90), Target: coffee, Sets: engine.Sets{Buy: 1, Get: 1, Of: &engine.Goods{SKU: []string{"MUG-1"}}}},
	"gift":        {Kind: engine.KindGift, Gift: engine.Gift{SKU: "MUG-1", Name: "Mug", Units: 1, Value: 25_00}, When: engine.Threshold{MinAmount: 100_00, Of: coffee}},
	"gift per":    {Kind: engine.KindGift, Gift: engine.Gift{SKU: "MUG-1", Name: "Mug", PerAmount: 50_00}},
	"gift each":   {Kind: engine.KindGift, Gift: engine.Gift{SKU: "MUG-1", Name: "Mug", PerUnits: 6}, Target: coffee, Caps: engine.Caps{Units: 2}},
	"order":       {Kind: engine.KindOrderPercent, Cut: percent20, Stack: engine.Stacking{Base: engine.BaseInitial, Priority: -5, Sequence: 2, Group: "autumn", Exclusive: true}},
	"order steps": {Kind: engine.KindOrderPercent, Tiers: []engine.Tier{from(100_00), from(200_00)}},
	"units steps": {Kind: engine.KindOrderFixed, Tiers: []engine.Tier{{Units: 3, Cut: off(5_00)}, {Units: 6, Cut: off(12_00)}}},
	"order price": {Kind: engine.KindOrderPrice, Cut: priced(100_00), Target: serra},
	"delivery":    {Kind: engine.KindDeliveryFree, Method: []string{"courier", "post"}, When: engine.Threshold{MinAmount: 150_00, MaxAmount: 900_00, Basis: engine.BasisRunning}},
	"delivery %":  {Kind: engine.KindDeliveryPercent, Cut: percent20},
	"delivery −":  {Kind: engine.KindDeliveryFixed, Cut: off(5_00)},
	"code %":      {Kind: engine.KindCreditPercent, Cut: percent20, Code: "NOV-20"},
	"code −":      {Kind: engine.KindCreditFixed, Cut: off(15_00), Code: "FIFTEEN", Limits: engine.Limits{Total: 100, PerCustomer: 1, PerDay: 1, Budget: 1000_00, KeepOnVoid: true}},
	"coupon face": {Kind: engine.KindNextCoupon, Cut: off(10_00), Limits: engine.Limits{Coupons: 500, ByRedeemed: true}},
	"coupon step": {Kind: engine.KindNextCoupon, Tiers: []engine.Tier{{Amount: 50_00, Cut: off(5_00)}, {Amount: 100_00, Cut: percent20}}},
	"coupon when": {Kind: engine.KindNextCoupon, When: engine.Threshold{Basis: engine.BasisNet, MinAmount: 10_00}},
	"points":      {Kind: engine.KindPoints, Points: engine.PointsRate{Points: 2, Per: 10_00}},
	"when": {Kind: engine.KindOrderPercent, Cut: percent20, When: engine.Threshold{
		MinUnits: 2, MaxUnits: 20, LineUnits: 2, Products: 2, From: engine.DayOf(2026, 12, 1), Until: engine.DayOf(2026, 12, 24),
		Weekdays: []time.Weekday{1, 2, 3, 4, 5, 0}, Times: []engine.Hours{{From: 14 * 60, To: 17 * 60}, {From: 22 * 60, To: 90}}, Expression: "amount > 100",
	}},
	"where": {Kind: engine.KindOrderPercent, Cut: percent20, When: engine.Threshold{
		Channels: []string{"web", "phone"}, Payments: []string{"cash"}, Registers: []string{"Till 1"}, Branches: []string{"Centro"}, Sources: []string{"radio"}, Ads: []string{"A1"},
	}},
	"who": {Kind: engine.KindOrderPercent, Cut: percent20, When: engine.Threshold{
		Customer: true, Groups: []string{"club"}, Tiers: []string{"gold"}, NthSale: []int{5, 10}, EveryNth: 5, DaysMin: 30, DaysMax: 90, Birthday: true, NewSince: engine.DayOf(2026, 1, 1),
	}},
}

// lockedOffers say something the form has no field for.
var lockedOffers = map[string]engine.Offer{
	"any":        {Kind: engine.KindOrderPercent, Cut: percent20, When: engine.Threshold{Any: []engine.Threshold{{MinAmount: 100_00}, {MinUnits: 5}}}},
	"all":        {Kind: engine.KindOrderPercent, Cut: percent20, When: engine.Threshold{All: []engine.Threshold{{MinAmount: 100_00, Of: coffee}, {MinUnits: 5, Of: serra}}}},
	"comma":      {Kind: engine.KindItemPercent, Cut: percent20, Target: engine.Goods{Brand: []string{"Silva, Souza & Cia"}}},
	"price band": {Kind: engine.KindBundle, Cut: priced(50_00), Sets: groups(engine.Group{Of: engine.Goods{PriceMax: 30_00}, Units: 2})},
	"mixed":      {Kind: engine.KindBundle, Cut: priced(50_00), Sets: groups(engine.Group{Of: engine.Goods{Category: []string{"A + B"}}, Units: 2})},
	"dash":       {Kind: engine.KindGift, Gift: engine.Gift{SKU: "MUG-1", Units: 1}, When: engine.Threshold{MinUnits: 2, Of: engine.Goods{Category: []string{"-Food"}}}},
}

// TestOffersSurviveTheForm opens and saves offers without touching them, in
// both languages: nothing is lost, and what has no field says so.
func TestOffersSurviveTheForm(t *testing.T) {
	for lang, says := range map[string]string{"en": "has no field here", "pt-BR": "não tem campo aqui"} {
		o := newOffice(t)
		o.speak(lang, 2)
		for i, set := range []map[string]engine.Offer{manyOffers, lockedOffers} {
			for name, offer := range set {
				c := o.offered(name, offer)
				o.take(screen.GotoMsg{Kind: screen.KindCampaign, ID: c.ID})
				o.press("e")
				if locked := strings.Contains(o.view(120, 40), says); locked != (i == 1) {
					t.Errorf("%s in %s: locked is %v:\n%s", name, lang, locked, o.view(120, 40))
				}
				o.press("ctrl+s")
				if strings.Contains(o.view(120, 40), o.env.Words.T("lists.campaign.lint.ask")) {
					o.press(o.env.Words.T("kit.dialog.yes_key"))
				}
				if got := o.campaign(c.ID); !reflect.DeepEqual(got.Promo, c.Promo) || got.Terms != c.Terms || got.OnReturn != c.OnReturn {
					t.Errorf("%s in %s saved\n%+v\nwas\n%+v", name, lang, got, c)
				}
				if o.press("esc"); len(o.stack) != 1 {
					t.Fatalf("%s in %s was not saved:\n%s", name, lang, o.view(120, 40))
				}
			}
		}
	}
}

// TestLockedOfferKeepsItsDates: what is not the offer can be changed all the
// same.
func TestLockedOfferKeepsItsDates(t *testing.T) {
	o := newOffice(t)
	c := o.offered("Either", lockedOffers["any"])
	o.take(screen.GotoMsg{Kind: screen.KindCampaign, ID: c.ID})
	o.press("e")
	o.sees("campaign export", "20 %")
	o.lacks("Percentage off", "Limits")
	o.fill("Either way")
	o.to("Ends on")
	o.typed("31/12/2026")
	o.press("ctrl+s")
	got := o.campaign(c.ID)
	if got.Title != "Either way" || got.EndsOn != engine.DayOf(2026, 12, 31) || len(got.Promo.When.Any) != 2 {
		t.Errorf("saved %+v", got)
	}
}

// TestOfferIsSaidAsItIsTyped makes the offer of the issue, key by key.
func TestOfferIsSaidAsItIsTyped(t *testing.T) {
	o := newOffice(t)
	o.press("4", "n")
	o.sees("What is the campaign to give?", "Next-sale coupon", "2nd piece cheaper")
	o.typed("2nd")
	o.press("enter")
	o.sees("Gives", "2nd piece cheaper", "Every 2nd piece at half price")
	o.typed("Afternoon")
	o.to("  Categories")
	o.typed("Drinks/Coffee")
	o.sees("of Coffee at half price")
	o.to("Asks for a basket")
	o.press("right")
	o.to("  From amount")
	o.typed("100")
	o.sees("Spend 100,00 or more")
	o.to("Days and hours")
	o.press("right")
	o.to("  Weekdays")
	o.typed("mon-fri")
	o.sees("Monday to Friday")
	o.to("  Times")
	o.typed("14-17:00")
	o.sees("14:00–17:00")
	o.to("Limits")
	o.press("right")
	o.to("  Per customer")
	o.typed("3")
	o.sees("at most 3 per customer")
	o.press("ctrl+s")
	o.at("Campaigns")
	o.sees("“Afternoon” is saved as a draft", "2nd half price")
	want := engine.Offer{
		Kind: engine.KindNth, Cut: engine.Cut{Percent: 5000}, Target: coffee, Sets: engine.Sets{Nth: 2},
		When: engine.Threshold{
			MinAmount: 100_00, Weekdays: []time.Weekday{1, 2, 3, 4, 5}, Times: []engine.Hours{{From: 14 * 60, To: 17 * 60}},
		},
		Limits: engine.Limits{PerCustomer: 3},
	}
	if got := o.campaigns()[0]; !reflect.DeepEqual(got.Promo, want) {
		t.Errorf("saved %+v", got.Promo)
	}
	o.press("enter")
	o.at("Campaign")
	o.sees("2nd piece cheaper", "Spend 100,00 or more", "the discount stays")
}

// TestIncompleteOfferNamesItsField: what is missing or wrong stands in place of
// the sentence, with its field, and saving goes there.
func TestIncompleteOfferNamesItsField(t *testing.T) {
	for _, c := range []struct {
		kind  string
		label string // where says is shown
		fill  [][2]string
		says  string
	}{
		{"Percentage off the order", "Percentage off", nil, "! Percentage off: "},
		{"Percentage off the order", "Percentage off", [][2]string{{"Percentage off", "120"}}, "! Percentage off: Type a number from 0,01 % to 100 %."},
		{"Amount off each piece", "Amount off", nil, "! Amount off: "},
		{"Bundle price", "Price", [][2]string{{"Parts", "2 Drinks"}}, "! Price: "},
		{"Bundle price", "Parts", [][2]string{{"Parts", "2 colour:red"}}, "! Parts: 2 colour:red is not a part"},
		{"Buy X get Y", "Buy", [][2]string{{"Buy", ""}}, "! Buy: "},
		{"Add-on cheaper", "Of these goods", [][2]string{{"Price", "5"}}, "! Of these goods: "},
		{"Free gift", "Gift's SKU", nil, "! Gift's SKU: "},
		{"Code: amount off", "Code", [][2]string{{"Amount off", "5"}, {"Code", "a b?"}}, "! Code: "},
		{"Points", "For each", nil, "! For each: "},
		{"Amount off the order", "Steps", [][2]string{{"Steps", "100,00"}}, "! Steps: 100,00 is not a step. Write from where on and how much, as in 100,00: 5,00; 200,00: 10,00."},
		{"Amount off the order", "Steps", [][2]string{{"Steps", "200: 5; 100: 10"}}, "! Steps: "},
	} {
		t.Run(c.kind+" "+c.says, func(t *testing.T) {
			o := newOffice(t)
			o.press("4", "n")
			o.typed(c.kind)
			o.press("enter")
			o.typed("X")
			for _, f := range c.fill {
				o.to(f[0])
				o.fill(f[1])
			}
			o.sees(c.says)
			o.press("ctrl+s")
			o.at("New campaign")
			if m := o.marked(); !strings.HasPrefix(strings.TrimSpace(m[2:]), c.label) {
				t.Errorf("saving went to %q", m)
			}
		})
	}
}

// TestKindCanBeChangedInTheForm: fields come and go, what is left stays.
func TestKindCanBeChangedInTheForm(t *testing.T) {
	o := newOffice(t)
	o.press("4", "n")
	o.typed("Percentage off the order")
	o.press("enter")
	o.typed("Ten")
	o.to("Percentage off")
	o.typed("10")
	o.back()
	o.to("Gives")
	o.press("right") // amount off the order
	o.lacks("Percentage off ", "10 %")
	o.sees("! Amount off: ")
	o.press("left")
	o.sees("10 % off")
	o.press("ctrl+s")
	c := o.campaigns()[0]
	if !reflect.DeepEqual(c.Promo, engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 1000}}) {
		t.Errorf("saved %+v", c.Promo)
	}
	o.press("e")
	o.lacks("Gives   ")
}

func TestLongFormScrolls(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}} {
		o := newOffice(t)
		c := o.offered("Long", manyOffers["when"])
		o.take(screen.GotoMsg{Kind: screen.KindCampaign, ID: c.ID})
		o.press("e")
		last := ""
		for range 40 {
			v := o.view(size[0], size[1])
			var mark string
			for _, l := range strings.Split(v, "\n") {
				if strings.HasPrefix(l, "> ") {
					mark = l
				}
			}
			if mark == "" {
				t.Fatalf("the current field is out of sight in %v:\n%s", size, v)
			}
			if last = mark; strings.HasPrefix(mark, "> Part comes back") {
				break
			}
			o.press("tab")
		}
		if !strings.HasPrefix(last, "> Part comes back") {
			t.Errorf("the last field is %q in %v", last, size)
		}
	}
}

// TestSavingWarnsOnce: an offer that sells below cost is said to, and saved
// only if that is meant.
func TestSavingWarnsOnce(t *testing.T) {
	o := newOffice(t)
	o.stocked()
	o.press("4", "p", "n")
	o.typed("Special price")
	o.press("enter")
	o.typed("Cheap coffee")
	o.to("Price")
	o.typed("31")
	o.press("ctrl+s")
	o.at("Campaigns") // 31,00 is over floor and cost
	o.press("e")
	o.to("Price")
	o.fill("5")
	o.press("ctrl+s")
	o.at("Campaign Cheap coffee")
	o.sees("Save it all the same?", "! ", "Coffee beans 1 kg")
	o.press("n")
	o.at("Campaign Cheap coffee")
	o.lacks("Save it all the same?")
	o.sees("5,00")
	if got := o.campaigns()[0].Promo.Cut.Amount; got != 31_00 {
		t.Errorf("saved a price of %d", got)
	}
	o.press("ctrl+s", "y")
	o.at("Campaigns")
	o.sees("“Cheap coffee” is saved")
	if got := o.campaigns()[0].Promo.Cut.Amount; got != 5_00 {
		t.Errorf("saved a price of %d", got)
	}
}

// TestGiftIsSavedAsItIsTyped: the catalogue's name of a gift is shown, and not
// written into the offer; saved once more unchanged, it stays as it was.
func TestGiftIsSavedAsItIsTyped(t *testing.T) {
	o := newOffice(t)
	o.stocked()
	o.press("4", "n")
	o.typed("gift")
	o.press("enter")
	o.typed("Mug")
	o.to("Gift's SKU")
	o.typed("mug-")
	o.sees("! No product has mug- ")
	o.typed("1")
	o.lacks("No product has")
	o.sees("Free Mug.")
	o.press("ctrl+s", "y")
	o.at("Campaigns")
	first := o.campaigns()[0]
	if got := first.Promo.Gift; got != (engine.Gift{SKU: "mug-1", Units: 1}) {
		t.Errorf("saved %+v", got)
	}
	o.press("home", "e", "ctrl+s", "y")
	if got := o.campaigns()[0]; !reflect.DeepEqual(got, first) {
		t.Errorf("saved %+v, was %+v", got, first)
	}
}

// TestUnknownGoodsAreToldAsTheyAreTyped: words that no product has are warned
// of in every field of goods, and do not keep a campaign from being saved.
func TestUnknownGoodsAreToldAsTheyAreTyped(t *testing.T) {
	o := newOffice(t)
	o.stocked()
	o.press("4", "n")
	o.typed("2nd")
	o.press("enter")
	o.typed("Afternoon")
	o.to("  Categories")
	o.typed("XX, Nowhere")
	o.sees("! No product has any of XX, Nowhere as")
	o.press("ctrl+s", "y")
	o.at("Campaigns")
	o.sees("“Afternoon” is saved")
}

// TestEveryFieldHasWords walks through the form of each kind with all sections
// open, and through the choices; view fails where words are missing.
func TestEveryFieldHasWords(t *testing.T) {
	o := newOffice(t)
	o.speak("pt-BR", 2)
	o.press("4", "n")
	kinds := 20
	for i := range kinds {
		o.press("home")
		for range i {
			o.press("down")
		}
		o.press("enter")
		o.at("Nova campanha")
		before := ""
		for before != o.marked() {
			if before = o.marked(); strings.HasSuffix(before, "‹ não ›") {
				o.press("right") // opens what it is about
			} else if strings.HasSuffix(before, " ›") && !strings.Contains(before, "Dá ") {
				o.press("right", "right", "right", "right")
			}
			before = o.marked()
			o.press("down")
		}
		o.press("esc", "esc")
		o.at("Campanhas")
		o.press("n")
	}
}
