package store_test

import (
	"testing"

	"bounceback/engine"
)

// recount makes a campaign's figures from its coupons and the sales in which
// they were redeemed.
func (b *busy) recount(c engine.Campaign) engine.CampaignFigures {
	today := b.store.Today(engine.Instant(b.now.Load()))
	f := engine.CampaignFigures{CampaignID: c.ID, Title: c.Title, State: c.StateOn(today)}
	f.CouponFigures = b.tally(func(k engine.Coupon) bool { return k.CampaignID == c.ID })
	return f
}

// tally makes the figures of some coupons one by one.
func (b *busy) tally(of func(engine.Coupon) bool) (f engine.CouponFigures) {
	now := engine.Instant(b.now.Load())
	for _, k := range b.coupons {
		if !of(k) {
			continue
		}
		if k.ValidUntil <= now {
			addTo(&f.Ended, k)
		}
		f.Issued, f.IssuedFace = f.Issued+1, f.IssuedFace+k.Face
		switch k.StateAt(now) {
		case engine.CouponRedeemed:
			f.Redeemed, f.RedeemedFace = f.Redeemed+1, f.RedeemedFace+k.Face
			f.DiscountGiven += k.RedeemedMinor
			for _, s := range b.sales {
				if s.ID == k.RedeemedSale {
					f.RedeemingNet, f.EarningNet = f.RedeemingNet+s.Net, f.EarningNet+b.saleOf(k).Net
				}
			}
		case engine.CouponVoided:
			f.Voided, f.VoidedFace = f.Voided+1, f.VoidedFace+k.Face
		case engine.CouponExpired:
			f.Expired, f.ExpiredFace = f.Expired+1, f.ExpiredFace+k.Face
		default:
			f.Outstanding, f.OutstandFace = f.Outstanding+1, f.OutstandFace+k.Face
		}
	}
	return f
}

// addTo adds one coupon.
func addTo(c *engine.CouponCounts, k engine.Coupon) {
	c.Issued, c.IssuedFace = c.Issued+1, c.IssuedFace+k.Face
	switch k.State {
	case engine.CouponRedeemed:
		c.Redeemed, c.RedeemedFace, c.Given = c.Redeemed+1, c.RedeemedFace+k.Face, c.Given+k.RedeemedMinor
	case engine.CouponVoided:
		c.Voided, c.VoidedFace = c.Voided+1, c.VoidedFace+k.Face
	}
}

func TestReportIsWhatTheCouponsSay(t *testing.T) {
	b := openBusy(t)
	page, err := b.Campaigns(bg, b.actor, engine.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, now := range b.moments {
		b.at(now)
		report, err := b.CampaignReport(bg, b.actor, 0, 0)
		if err != nil || len(report) != len(page.Items) {
			t.Fatalf("%d campaigns in the report, want %d: %v", len(report), len(page.Items), err)
		}
		for i, got := range report {
			if want := b.recount(page.Items[i]); got != want {
				t.Errorf("%s: got %+v\nwant %+v", now, got, want)
			}
		}
	}
	if f := b.recount(page.Items[len(page.Items)-1]); f.Redeemed == 0 || f.Voided == 0 || f.Expired == 0 {
		t.Errorf("the test proves little: %+v", f)
	}
	b.sound()
}

// TestOffersInTheReport: of an offer that gives no coupons it says how often it
// was used and what it took off.
func TestOffersInTheReport(t *testing.T) {
	s := openTill(t)
	c, err := s.SaveCampaign(bg, s.actor, engine.Campaign{
		Title: "Ten off", State: engine.CampaignActive,
		Promo: engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 1000}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		s.sell(toMaria(100_00))
	}
	report, err := s.CampaignReport(bg, s.actor, 0, 0)
	if err != nil || len(report) != 2 {
		t.Fatalf("%+v, %v", report, err)
	}
	for _, f := range report {
		switch {
		case f.CampaignID != c.ID && f.Offer != nil:
			t.Errorf("%s gives coupons: %+v", f.Title, f.Offer)
		case f.CampaignID == c.ID && (f.Offer == nil || *f.Offer != engine.OfferUse{Uses: 3, Off: 30_00}):
			t.Errorf("three sales of R$ 100 with 10 %% off: %+v", f.Offer)
		}
	}
}
