package form

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

var standard = engine.Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45, ValidAfter: 1}

func (d drawer) campaign() engine.Campaign {
	c := engine.Campaign{
		Title: d.label("title"), State: rapid.SampledFrom([]engine.CampaignState{"draft", "active", "paused", "ended"}).Draw(d.T, "state"),
		StartsOn: d.day("starts"), OfferText: rapid.SampledFrom([]string{"", "Olá!"}).Draw(d.T, "text"),
		Link: rapid.SampledFrom([]string{"", "https://shop.example/a?b=1&c=2"}).Draw(d.T, "link"), Source: d.label("source"), Ad: d.label("ad"),
		OnReturn: rapid.SampledFrom([]engine.ReturnPolicy{"", "keep", "recompute"}).Draw(d.T, "return"), Terms: standard,
	}
	c.Texts, c.Wording = d.textPlan(), d.wording()
	if d.yes("promo") {
		c.Promo = d.offer()
		c.Promo.Rebate = engine.Terms{}
	}
	if c.Promo.Kind == "" || c.Promo.Kind == engine.KindNextCoupon {
		c.Terms = d.terms()
	}
	return c
}

// textPlan is a plan, or none.
func (d drawer) textPlan() *engine.TextPlan {
	if d.yes("texts as the store's") {
		return nil
	}
	p := &engine.TextPlan{AtIssue: d.yes("at issue"), Before: int(d.maybe(30, "before")), LongLife: int(d.maybe(60, "long life"))}
	for day := range d.maybe(4, "text days") {
		p.Days = append(p.Days, int(day*day)+1)
	}
	return p
}

func (d drawer) wording() engine.TextWording {
	of := func(name string) string {
		return rapid.SampledFrom([]string{"", "{shop}: {code}", "Olá {name} <b>&", "日本 {face}"}).Draw(d.T, name)
	}
	return engine.TextWording{Issue: of("issue"), Day: of("day"), Last: of("last")}
}

func TestCampaignTexts(t *testing.T) {
	const file = `{"title":"A","texts":{"at_issue":true,"days":[27,2,7,2],"before_expiry":3,"long_life":35},"wording":{"day":"{shop}: {code}"}}`
	c, err := ReadCampaign([]byte(file), standard)
	want := engine.TextPlan{AtIssue: true, Days: []int{2, 7, 27}, Before: 3, LongLife: 35}
	if err != nil || c.Texts == nil || !reflect.DeepEqual(*c.Texts, want) || c.Wording != (engine.TextWording{Day: "{shop}: {code}"}) {
		t.Errorf("%+v, %+v, %v", c.Texts, c.Wording, err)
	}
	c, err = ReadCampaign([]byte(`{"title":"A","texts":{"at_issue":false}}`), standard)
	if err != nil || c.Texts == nil || !reflect.DeepEqual(*c.Texts, engine.TextPlan{}) {
		t.Errorf("a plan of no texts is %+v, %v", c.Texts, err)
	}
	c, err = ReadCampaign([]byte(`{"title":"A","texts":null,"wording":null}`), standard)
	if err != nil || c.Texts != nil || c.Wording != (engine.TextWording{}) {
		t.Errorf("no plan is %+v, %v", c.Texts, err)
	}
}

func TestCampaignComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawer{t}.campaign()
		if reflect.DeepEqual(c.Promo, engine.Offer{Kind: engine.KindNextCoupon}) || c.Check() != nil {
			t.Skip()
		}
		text, err := WriteCampaign(c)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadCampaign(text, standard)
		if err != nil || !reflect.DeepEqual(back, c) {
			t.Fatalf("%s: %v\n%+v\n%+v", text, err, back, c)
		}
		if again, _ := WriteCampaign(back); !bytes.Equal(again, text) {
			t.Fatalf("%s\nthen %s", text, again)
		}
	})
}

func TestCampaignDefaults(t *testing.T) {
	c, err := ReadCampaign([]byte(`{"title":"A"}`), standard)
	if err != nil || c.State != engine.CampaignDraft || c.Terms != standard || c.Promo.Kind != "" {
		t.Errorf("%+v, %v", c, err)
	}
	c, err = ReadCampaign([]byte(`{"title":"A","offer":{"kind":"next_coupon","coupon":{"cashback_percent":7.5,"valid_after_days":0}}}`), standard)
	want := engine.Terms{Cashback: 750, MaxDiscount: 3000, Lifetime: 45}
	if err != nil || c.Terms != want || c.Promo.Kind != "" {
		t.Errorf("%+v, %v", c, err)
	}
	c, err = ReadCampaign([]byte(`{"title":"A","offer":{"kind":"next_coupon","coupon":{"face_minor":500}}}`), standard)
	if err != nil || c.Promo.Kind != engine.KindNextCoupon || c.Promo.Cut.Amount != 500 || c.Offer().Rebate != standard {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestCampaignRefused(t *testing.T) {
	for text, want := range map[string]struct {
		code  engine.Code
		field any
	}{
		`{}`:                                {CodeMissing, "title"},
		`{"title":null}`:                    {CodeMissing, "title"},
		`{"title":" "}`:                     {engine.CodeCampaignTitle, nil},
		`{"title":"A","state":"scheduled"}`: {engine.CodeOfferChoice, "state"},
		`{"title":"A","on_return":"lose"}`:  {engine.CodeOfferChoice, "on_return"},
		`{"title":"A","offer":{}}`:          {CodeMissing, "offer.kind"},
		`{"title":"A","texts":{}}`:          {CodeMissing, "texts.at_issue"},
		`{"title":"A","texts":{"at_issue":true,"days":"2, 7"}}`:                                     {CodeNumbers, "texts.days"},
		`{"title":"A","texts":{"at_issue":true,"day":[2]}}`:                                         {CodeNear, "texts.day"},
		`{"title":"A","texts":{"at_issue":true,"days":[0]}}`:                                        {engine.CodeTextDays, nil},
		`{"title":"A","texts":{"at_issue":true,"days":[1,2,3,4,5,6,7,8,9,10,11,12,13]}}`:            {engine.CodeTextDays, nil},
		`{"title":"A","texts":{"at_issue":true,"before_expiry":-1}}`:                                {engine.CodeTextDays, nil},
		`{"title":"A","wording":{"several":"{coupons}"}}`:                                           {CodeUnknown, "wording.several"},
		`{"title":"A","offer":{"kind":"gift","gift":{"sky":"a"}}}`:                                  {CodeNear, "offer.gift.sky"},
		`{"title":"A","offer":{"kind":"nth_piece","free":true}}`:                                    {engine.CodeOfferRange, "offer.sets.nth"},
		`{"title":"A","offer":{"kind":"gift","gift":{"sku":"a","per_qty":1,"per_amount_minor":1}}}`: {engine.CodeOfferClash, "offer.gift.per_qty"},
		`{"title":"A","offer":{"kind":"next_coupon","coupon":{"lifetime_days":1}}}`:                 {engine.CodeCampaignLifetime, nil},
		`{"title":"A","ends":"2026-01-01","starts":"2026-01-02"}`:                                   {engine.CodeCampaignDates, nil},
	} {
		_, err := ReadCampaign([]byte(text), standard)
		var e *engine.Error
		if !errors.As(err, &e) || e.Code != want.code || e.Args["field"] != want.field {
			t.Errorf("%s: %v, want %s of %v", text, err, want.code, want.field)
		}
	}
}

func FuzzCampaign(f *testing.F) {
	f.Add([]byte(`{"title":"A","offer":{"kind":"next_coupon","coupon":{"tiers":[{"from_minor":500,"face_minor":50}]}}}`))
	f.Add([]byte(`{"title":"B","state":"active","starts":"2026-12-01","offer":{"kind":"nth_piece","value_percent":50,"target":{"category":"Drinks/Coffee"},"sets":{"nth":2},"threshold":{"weekdays":["mon"],"times":["14:00-17:00"],"any_of":[{"min_qty":2},{"expression":"amount > 5"}]},"max_times":3}}`))
	f.Add([]byte(`{"title":"C","on_return":"recompute","offer":{"kind":"bundle","value_minor":900,"sets":{"groups":[{"target":{"sku":["a","b"]},"qty":2},{}]},"stacking":{"group":"g","base":"initial"}}}`))
	f.Add([]byte(`{"title":"D","offer":{"kind":"gift","gift":{"sku":"m"},"trigger":"code","id":"free mug","limits":{"total":5}}}`))
	f.Add([]byte(`{"title":"E","texts":{"at_issue":true,"days":[7,2],"before_expiry":3,"long_life":35},"wording":{"issue":"{shop} {code}"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadCampaign(data, standard)
		if err != nil {
			var e *engine.Error
			if !errors.As(err, &e) || e.Class != engine.Input {
				t.Fatalf("no error of ours: %v", err)
			}
			return
		}
		text, err := WriteCampaign(c)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadCampaign(text, standard)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if again, _ := WriteCampaign(back); !bytes.Equal(again, text) {
			t.Fatalf("%s\nthen %s", text, again)
		}
	})
}
