package store_test

import (
	"database/sql"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// coffeeHour is an offer with something in most of its parts.
func coffeeHour() engine.Campaign {
	return engine.Campaign{
		Title: "Coffee; hour > 2", Terms: standard("").Terms, StartsOn: engine.DayOf(2026, 11, 1), OnReturn: engine.ReturnRecompute,
		Promo: engine.Offer{
			Kind: engine.KindNth, Key: "hour", Code: "CAFE10", Target: engine.Goods{Category: []string{"Bebidas/Café"}}, Cut: engine.Cut{Percent: 5000},
			Sets: engine.Sets{Nth: 2}, Caps: engine.Caps{Times: 3}, Limits: engine.Limits{Total: 100, PerCustomer: 2, PerDay: 1, Budget: 500_00},
			When: engine.Threshold{
				MinAmount: 10_00, Weekdays: []time.Weekday{time.Monday, time.Friday}, Times: []engine.Hours{{From: 840, To: 1020}}, Groups: []string{"a; b>c"},
			},
			Stack: engine.Stacking{Group: "g", Priority: 4},
		},
	}
}

func TestCampaignKeepsItsOffer(t *testing.T) {
	s := openTill(t)
	saved := s.campaign(coffeeHour())
	want := coffeeHour()
	want.ID, want.Created, want.Updated, want.State = saved.ID, saved.Created, saved.Updated, engine.CampaignDraft
	if !reflect.DeepEqual(saved, want) {
		t.Errorf("saved %+v", saved)
	}
	read, err := s.Campaign(bg, s.actor, saved.ID)
	if err != nil || !reflect.DeepEqual(read, want) {
		t.Errorf("read %+v, %v", read, err)
	}
	page, err := s.Campaigns(bg, s.actor, engine.Filter{Search: "coffee"})
	if err != nil || len(page.Items) != 1 || !reflect.DeepEqual(page.Items[0], want) {
		t.Errorf("listed %+v, %v", page, err)
	}
	if _, err := s.SetCampaignState(bg, s.actor, saved.ID, engine.CampaignActive); err != nil {
		t.Fatal(err)
	}
	for range 2 { // read from the file, then from memory
		desk, err := s.Desk(bg, s.actor)
		if err != nil || len(desk.Campaigns) != 2 || !reflect.DeepEqual(desk.Campaigns[1].Promo, want.Promo) {
			t.Fatalf("desk %+v, %v", desk.Campaigns, err)
		}
	}
	read.Promo.Cut.Percent = 2500
	s.campaign(read)
	if desk, err := s.Desk(bg, s.actor); err != nil || desk.Campaigns[1].Promo.Cut.Percent != 2500 {
		t.Errorf("after a change the desk has %+v, %v", desk.Campaigns, err)
	}
	// A copy is a campaign of its own; its code is free once the first ended.
	again := read
	again.ID, again.Title, again.State = engine.ID{}, "Copy", engine.CampaignDraft
	again = s.campaign(again)
	if again.ID == read.ID || !reflect.DeepEqual(again.Promo, read.Promo) || again.OnReturn != read.OnReturn {
		t.Errorf("copied %+v", again)
	}
	s.sound()
}

func TestOfferInTheLog(t *testing.T) {
	s := openTill(t)
	c := s.campaign(coffeeHour())
	e := s.lastAudit()
	for _, fact := range []string{
		`title="">"Coffee;\u0020hour \u003e 2"`, "on_return=>recompute", `offer.kind=>"nth_piece"`, "offer.value_percent=>50", "offer.sets.nth=>2", "offer.threshold.min_amount_minor=>1000",
		`offer.threshold.customer_group=>["a;\u0020b\u003ec"]`, "offer.limits.budget_minor=>50000",
	} {
		if !strings.Contains(e.Detail+"; ", fact+"; ") {
			t.Errorf("the log lacks %s: %s", fact, e.Detail)
		}
	}
	c.Promo.Cut.Percent, c.Promo.Limits.Total, c.Promo.When.Times = 2500, 0, nil
	c = s.campaign(c)
	want := `offer.limits.total=100>; offer.threshold.times=["14:00-17:00"]>; offer.value_percent=50>25`
	if e := s.lastAudit(); e.Action != "campaign.edit" || e.Detail != want {
		t.Errorf("the log says %q, want %q", e.Detail, want)
	}
	if again, err := s.SaveCampaign(bg, s.actor, c); err != nil || again.Updated != c.Updated || s.lastAudit().Detail != want {
		t.Errorf("saving without a change left a trace: %v", err)
	}
	c.Promo = engine.Offer{Kind: engine.KindNextCoupon} // a coupon of the terms alone
	if c = s.campaign(c); c.Promo.Kind != "" || !strings.Contains(s.lastAudit().Detail, `offer.kind="nth_piece">`) {
		t.Errorf("%+v: %s", c.Promo, s.lastAudit().Detail)
	}
}

func TestCampaignCodesAreUniqueWhileTheyRun(t *testing.T) {
	s := openTill(t)
	offer := func(title, code string, state engine.CampaignState) engine.Campaign {
		return engine.Campaign{Title: title, State: state, Promo: engine.Offer{Kind: engine.KindOrderPercent, Code: code, Cut: engine.Cut{Percent: 1000}}}
	}
	first := s.campaign(offer("First", " cafe 10", engine.CampaignActive))
	if first.Promo.Code != "CAFE10" {
		t.Fatalf("the code is kept as %q", first.Promo.Code)
	}
	_, err := s.SaveCampaign(bg, s.actor, offer("Second", "CAFE10", engine.CampaignActive))
	s.refused(err, "campaign_code")
	draft := s.campaign(offer("Third", "cafe10", engine.CampaignDraft))
	_, err = s.SetCampaignState(bg, s.actor, draft.ID, engine.CampaignActive)
	s.refused(err, "campaign_code")
	other := s.campaign(offer("Fourth", "CAFE20", engine.CampaignActive))
	other.Promo.Code = "CAFE10"
	_, err = s.SaveCampaign(bg, s.actor, other)
	s.refused(err, "campaign_code")
	first.Title = "First of all"
	s.campaign(first) // its own code is free
	if _, err := s.SetCampaignState(bg, s.actor, first.ID, engine.CampaignPaused); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SetCampaignState(bg, s.actor, draft.ID, engine.CampaignActive); err != nil {
		t.Errorf("the code of a paused campaign: %v", err)
	}
	_, err = s.SetCampaignState(bg, s.actor, first.ID, engine.CampaignActive)
	s.refused(err, "campaign_code")
	draft.EndsOn = engine.DayOf(2026, 11, 20)
	s.campaign(draft)
	s.at("2026-11-21 10:00:00.000")
	if _, err = s.SetCampaignState(bg, s.actor, first.ID, engine.CampaignActive); err != nil {
		t.Errorf("the code of one that ended by its date: %v", err)
	}
}

func TestSaveCampaignChecksItsOffer(t *testing.T) {
	s := openTill(t)
	for name, change := range map[string]func(*engine.Campaign){
		"no such kind": func(c *engine.Campaign) { c.Promo.Kind = "magic" },
		"no cut":       func(c *engine.Campaign) { c.Promo.Cut = engine.Cut{} },
		"policy":       func(c *engine.Campaign) { c.OnReturn = "maybe" },
		"expression":   func(c *engine.Campaign) { c.Promo.When.Expression = "amount >" },
		"code":         func(c *engine.Campaign) { c.Promo.Code = "Ç!" },
	} {
		c := coffeeHour()
		change(&c)
		if _, err := s.SaveCampaign(bg, s.actor, c); err == nil || engine.ClassOf(err) != engine.Input {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOfferThatCannotBeRead(t *testing.T) {
	s := openTill(t)
	c := coffeeHour()
	c.State = engine.CampaignActive
	s.campaign(c)
	db, err := sql.Open("sqlite", "file:"+s.path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE campaign SET offer = '{"kind":"nth_piece","unheard":1}' WHERE offer <> ''`); err != nil {
		t.Fatal(err)
	}
	_, err = s.Desk(bg, s.actor)
	s.refused(err, "campaign_offer")
	if engine.ClassOf(err) != engine.Fault {
		t.Errorf("class %d", engine.ClassOf(err))
	}
}

func TestDeskKnowsLimitsAndGifts(t *testing.T) {
	s := openTill(t)
	mug, err := s.SaveProduct(bg, s.actor, engine.Product{SKU: "MUG", Name: "Mug", Price: 20_00, Counted: true, Stock: 3, Active: true})
	if err != nil {
		t.Fatal(err)
	}
	gift := engine.Campaign{Title: "Free mug", State: engine.CampaignActive, Promo: engine.Offer{
		Kind: engine.KindGift, Gift: engine.Gift{SKU: "mug", Name: "Mug", Units: 1}, When: engine.Threshold{MinAmount: 50_00},
		Limits: engine.Limits{Total: 10, PerCustomer: 2, PerDay: 1},
	}}
	gift = s.campaign(gift)
	unlimited := s.campaign(engine.Campaign{Title: "Tenth off", State: engine.CampaignActive, Promo: engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 1000}}})
	sale := s.sell(engine.Draft{Customer: engine.CustomerRef{Phone: maria}, Lines: []engine.Line{{SKU: "TEA", Name: "Tea", Units: 3, Price: 30_00}}})
	if len(sale.Result.Gifts) != 1 {
		t.Fatalf("no gift: %+v", sale.Rejected)
	}
	desk, err := s.Desk(bg, s.actor)
	if err != nil {
		t.Fatal(err)
	}
	if got := desk.Usage[gift.ID]; got.Total != 1 || got.Units != 1 || got.Customer != 0 {
		t.Errorf("used %+v", got)
	}
	if _, known := desk.Usage[unlimited.ID]; known || len(desk.Usage) != 1 {
		t.Errorf("usage of offers without limits: %+v", desk.Usage)
	}
	if got := desk.Gifts["mug"]; got.ID != mug.ID || got.Stock != 2 || len(desk.Gifts) != 1 {
		t.Errorf("gifts %+v", desk.Gifts)
	}
	if len(desk.Names) != 1 || desk.Names["mug"] != "Mug" {
		t.Errorf("names %v", desk.Names)
	}
	v, err := s.Customer(bg, s.actor, sale.Sale.CustomerID)
	if err != nil || len(v.Usage) != 1 || v.Usage[gift.ID] != (engine.Usage{Customer: 1, CustomerToday: 1}) {
		t.Errorf("the customer's use %+v, %v", v.Usage, err)
	}
	s.at("2026-11-21 14:30:00.000")
	v, err = s.Customer(bg, s.actor, sale.Sale.CustomerID)
	if err != nil || v.Usage[gift.ID] != (engine.Usage{Customer: 1}) {
		t.Errorf("the next day %+v, %v", v.Usage, err)
	}
}

func TestDiscountsByDay(t *testing.T) {
	s := openTill(t)
	s.campaign(engine.Campaign{Title: "Tea", State: engine.CampaignActive, Promo: engine.Offer{
		Kind: engine.KindItemPercent, Cut: engine.Cut{Percent: 1000}, Target: engine.Goods{SKU: []string{"TEA"}},
	}})
	s.campaign(engine.Campaign{Title: "Order", State: engine.CampaignActive, Promo: engine.Offer{
		Kind: engine.KindOrderFixed, Cut: engine.Cut{By: engine.ByAmount, Amount: 2_00}, When: engine.Threshold{MinAmount: 50_00},
	}})
	s.campaign(engine.Campaign{Title: "Post", State: engine.CampaignActive, Promo: engine.Offer{Kind: engine.KindDeliveryPercent, Cut: engine.Cut{Percent: 5000}}})
	tea := []engine.Line{{SKU: "TEA", Name: "Tea", Units: 2, Price: 30_00}}
	first := s.sell(engine.Draft{Customer: engine.CustomerRef{Phone: maria}, Lines: tea, Delivery: []engine.Charge{{Method: "post", Amount: 9_00}}})
	s.at("2026-11-22 09:00:00.000")
	second := s.sell(engine.Draft{Customer: engine.CustomerRef{Phone: maria}, Lines: tea, Use: engine.UseCode, Code: first.Issued.Code})
	voided := s.sell(engine.Draft{Lines: tea})
	if _, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: voided.Sale.ID, Reason: "mistake"}); err != nil {
		t.Fatal(err)
	}
	day := engine.DayOf(2026, 11, 20)
	want := []engine.DayDiscounts{
		{Day: day, Sales: 1, Gross: 60_00, Levels: engine.Levels{Item: 6_00, Order: 2_00, Delivery: 4_50}, Net: 52_00, Delivery: 9_00},
		{Day: day + 2, Sales: 1, Gross: 60_00, Levels: engine.Levels{Item: 6_00, Order: 2_00, Credit: second.Redeemed.RedeemedMinor}, Net: 52_00 - second.Redeemed.RedeemedMinor},
	}
	ask := func(from, to engine.Day) []engine.DayDiscounts {
		got, err := s.Discounts(bg, s.actor, from, to)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := ask(0, 0); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	if got := ask(day+1, 0); !reflect.DeepEqual(got, want[1:]) {
		t.Errorf("from the second: %+v", got)
	}
	if got := ask(0, day); !reflect.DeepEqual(got, want[:1]) {
		t.Errorf("to the first: %+v", got)
	}
	if got := ask(day+1, day+1); got == nil || len(got) != 0 {
		t.Errorf("between: %+v", got)
	}
	a := s.hire("Rita", engine.Cashier, "Till 1")
	_, err := s.Discounts(bg, a, 0, 0)
	s.refused(err, engine.CodeForbidden)
	s.sound()
}

// TestOffersSurviveTheFile saves offers of any kind and reads back the same.
func TestOffersSurviveTheFile(t *testing.T) {
	s := openTill(t)
	text := rapid.StringMatching(`[A-Za-z;> ç"]{1,8}x`)
	rapid.Check(t, func(t *rapid.T) {
		o := engine.Offer{
			Kind: rapid.SampledFrom([]engine.Kind{engine.KindOrderPercent, engine.KindItemPercent, engine.KindCreditPercent}).Draw(t, "kind"),
			Cut:  engine.Cut{Percent: engine.BP(rapid.IntRange(1, 10000).Draw(t, "percent"))},
			When: engine.Threshold{
				MinAmount: engine.Minor(rapid.Int64Range(0, 1_000_000).Draw(t, "least")),
				Channels:  rapid.SliceOfNDistinct(text, 0, 3, rapid.ID[string]).Draw(t, "channels"),
			},
			Limits: engine.Limits{Total: rapid.Int64Range(0, 9).Draw(t, "total")},
		}
		if len(o.When.Channels) == 0 {
			o.When.Channels = nil
		}
		c := engine.Campaign{Title: "Any", Promo: o}
		saved, err := s.SaveCampaign(bg, s.actor, c)
		if err != nil {
			t.Fatal(err)
		}
		read, err := s.Campaign(bg, s.actor, saved.ID)
		if err != nil || !reflect.DeepEqual(read.Promo, o) {
			t.Fatalf("%+v came back as %+v: %v", o, read.Promo, err)
		}
		page, err := s.Audit(bg, s.actor, engine.Filter{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, fact := range strings.Split(page.Items[0].Detail, "; ") {
			name, value, ok := strings.Cut(fact, "=")
			if _, is, both := strings.Cut(value, ">"); !ok || !both || strings.Contains(is, ">") || strings.ContainsAny(name, `" `) {
				t.Fatalf("the log has the fact %q", fact)
			}
		}
	})
}
