package store_test

import (
	"testing"

	"bounceback/engine"
)

// TestTrialKnowsThePast has a trial told what became of the campaign's coupons
// and the shop's.
func TestTrialKnowsThePast(t *testing.T) {
	b := openBusy(t)
	b.at(b.moments[len(b.moments)-1])
	page, err := b.Campaigns(bg, b.actor, engine.Filter{Limit: engine.MostPage})
	if err != nil {
		t.Fatal(err)
	}
	shop := b.tally(func(engine.Coupon) bool { return true })
	used := int64(0)
	for _, c := range page.Items {
		if !c.IssuesCoupons() {
			continue
		}
		s, err := b.Simulate(bg, b.actor, engine.SimulationRequest{Drafts: []engine.Campaign{c}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		own := b.tally(func(o engine.Coupon) bool { return o.CampaignID == c.ID })
		if s.Shop != shop || s.Drafts[0].Own != own {
			t.Errorf("%s: the trial knows\n%+v of\n%+v and\n%+v of\n%+v", c.Title, s.Shop, shop, s.Drafts[0].Own, own)
		}
		used += own.Redeemed
	}
	if used == 0 {
		t.Error("the test proves little: no coupon was used")
	}
}
