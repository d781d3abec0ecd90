package tui_test

import (
	"bytes"
	"image/png"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/kit"
	"bounceback/tui/promo"
)

// advertised makes a campaign and its ad.
func (k *till) advertised(a engine.Actor, c engine.Campaign) promo.Material {
	k.t.Helper()
	c.State = engine.CampaignActive
	if c.Promo.Kind == "" {
		c.Terms = engine.Terms{Cashback: 2500, MaxDiscount: 3000, Lifetime: 45}
	}
	saved, err := k.db.SaveCampaign(bg, a, c)
	if err != nil {
		k.t.Fatal(err)
	}
	w, err := words.For("en")
	if err != nil {
		k.t.Fatal(err)
	}
	f, err := words.NewFormat(w, "BR", "BRL", nil)
	if err != nil {
		k.t.Fatal(err)
	}
	st, err := engine.NewStore("Casa Azul", "BR")
	if err != nil {
		k.t.Fatal(err)
	}
	m, err := promo.Of(f, st, saved, saved.Labels())
	if err != nil {
		k.t.Fatal(err)
	}
	return m
}

// tenOff is an offer with a code.
func tenOff() engine.Offer {
	return engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{By: engine.ByPercent, Percent: 1000}, Code: "SPRING-10"}
}

// TestAdScannedAtTheCounter: what the QR code of an ad says, scanned during a
// sale, makes the sale count for it, and puts its code on the sale.
func TestAdScannedAtTheCounter(t *testing.T) {
	for _, link := range []string{"", "https://casa.azul/volte?p=1"} {
		k := openTill(t)
		a := k.brazil("")
		m := k.advertised(a, engine.Campaign{Title: "Ten off", Source: "instagram", Ad: "spring", Link: link, Promo: tenOff()})
		raw, err := m.PNG()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.Decode(bytes.NewReader(raw)); err != nil {
			t.Fatal(err)
		}
		k.start(80, 24)
		k.enter(maria)
		k.press("y")
		k.scan(m.Target)
		k.shows("This sale counts for instagram / spring.", "SPRING-10")
		k.enter("100")
		k.shows("instagram / spring", "90,00")
		if n := len(k.sales(a)); n != 0 {
			t.Fatalf("%d sales before Enter", n)
		}
		k.press("enter")
		s := k.sales(a)[0]
		if s.Source != "instagram" || s.Ad != "spring" || s.Net != 90_00 || s.IssuedCode == "" {
			t.Errorf("with %q recorded %+v", link, s)
		}
		k.pass(24 * time.Hour)
		k.enter(maria)
		k.enter("100")
		k.press("enter")
		if s := k.sales(a)[0]; s.RedeemedCode == "" || s.Source != "" {
			t.Errorf("the next sale is %+v", s)
		}
		k.counted(a, engine.BySource, "instagram", 1, 1)
		k.counted(a, engine.ByAd, "spring", 1, 1)
		k.counted(a, engine.ByAd, "", 1, 0) // the second sale's own coupon
	}
}

// counted wants so many coupons issued and redeemed under a label.
func (k *till) counted(a engine.Actor, by engine.By, label string, issued, redeemed int64) {
	k.t.Helper()
	all, err := k.db.FiguresBy(bg, a, by, 0, 0)
	if err != nil {
		k.t.Fatal(err)
	}
	for _, s := range all {
		if s.Key == label {
			if s.Issued != issued || s.Redeemed != redeemed {
				k.t.Errorf("%s %q has %d coupons issued and %d redeemed, want %d and %d", by, label, s.Issued, s.Redeemed, issued, redeemed)
			}
			return
		}
	}
	k.t.Errorf("nothing is counted for %s %q: %+v", by, label, all)
}

// TestAdTyped: the token can be typed as well, and says how it is understood
// before Enter.
func TestAdTyped(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("100")
	k.write("bb:flyer/door 3")
	k.shows("ad flyer / door 3")
	k.press("enter")
	k.shows("This sale counts for flyer / door 3.")
	k.press("enter")
	if s := k.sales(a)[0]; s.Source != "flyer" || s.Ad != "door 3" {
		t.Errorf("recorded %+v", s)
	}
	k.enter("50")
	k.hides("flyer")
	k.press("enter")
	if s := k.sales(a)[0]; s.Source != "" || s.Ad != "" {
		t.Errorf("the next sale counts for it too: %+v", s)
	}
}

// TestRubbishIsNoAd: links that are not the shop's are refused in words, and
// change nothing.
func TestRubbishIsNoAd(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	m := k.advertised(a, engine.Campaign{Title: "Over", Source: "old", Link: "https://casa.azul/old", EndsOn: engine.DayOf(2020, 1, 1)})
	k.start(80, 24)
	k.enter("100")
	k.scan("bb:instagram/spring")
	for _, text := range []string{"https://example.com/menu", "bb:a/b/c/d", "https://casa.azul/old"} {
		k.scan(text)
		k.shows("This is no ad of the shop", "instagram / spring", "100,00")
	}
	k.scan(m.Target) // carries our labels, although its campaign is over
	k.shows("This sale counts for old.")
	k.scan("bb:web//NO-OFFER")
	k.shows("This sale counts for web.", "No offer with the code NO-OFFER")
	k.pass(time.Second)
	k.press("enter")
	if s := k.sales(a)[0]; s.Source != "web" || s.Ad != "" || s.Net != 100_00 {
		t.Errorf("recorded %+v", s)
	}
}

// TestAdChosenByHand: where running campaigns have labels, the source and then
// its ad can be chosen.
func TestAdChosenByHand(t *testing.T) {
	k := openTill(t)
	a := k.brazil("", with(engine.SetSources, "street,flyer"))
	for _, ad := range []string{"spring", "summer"} {
		k.advertised(a, engine.Campaign{Title: ad, Source: "instagram", Ad: ad})
	}
	k.start(80, 24)
	k.enter("100")
	k.press("ctrl+s")
	k.shows("Customer came from", "street", "flyer", "instagram")
	k.pass(kit.Grace)
	k.press("down", "down", "enter")
	k.shows("Which ad", "spring", "summer")
	k.pass(kit.Grace)
	k.press("down", "enter")
	k.shows("instagram / summer")
	k.press("enter")
	if s := k.sales(a)[0]; s.Source != "instagram" || s.Ad != "summer" {
		t.Errorf("recorded %+v", s)
	}
}
