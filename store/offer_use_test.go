package store

import (
	"errors"
	"testing"

	"bounceback/engine"
)

// TestLimitsAreDecidedByTheUpdate counts uses without looking at the limits
// before, as a sale does whose look came too early.
func TestLimitsAreDecidedByTheUpdate(t *testing.T) {
	for name, c := range map[string]struct {
		limits engine.Limits
		want   int
	}{
		"none":                  {engine.Limits{}, 20},
		"total":                 {engine.Limits{Total: 3}, 3},
		"a budget":              {engine.Limits{Budget: 10_00}, 2},
		"a budget to the cent":  {engine.Limits{Budget: 12_00}, 3},
		"a budget for no use":   {engine.Limits{Budget: 3_99}, 0},
		"units":                 {engine.Limits{Units: 10}, 3},
		"units for no use":      {engine.Limits{Units: 2}, 0},
		"of a customer":         {engine.Limits{PerCustomer: 2}, 2},
		"of a customer's day":   {engine.Limits{PerDay: 2}, 2},
		"the tightest of all":   {engine.Limits{Total: 9, Budget: 100_00, Units: 12, PerCustomer: 5, PerDay: 6}, 4},
		"the customer's before": {engine.Limits{Total: 9, PerCustomer: 2, PerDay: 6}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, "")
			customer := s.sell(s.owner, "+5511987654321", "Maria").Sale.CustomerID
			offer := s.offer(engine.Offer{Kind: engine.KindOrderFixed, Cut: engine.Cut{By: engine.ByAmount, Amount: 4_00}, Limits: c.limits})
			got := s.takes(func(t *tx) error {
				return t.takeUse(s.owner.StoreID, use{offer: offer, customer: customer, today: 20_000, spent: 4_00, units: 3})
			})
			if got != c.want {
				t.Errorf("%d uses, want %d", got, c.want)
			}
			if n := s.count(`SELECT coalesce(sum(total), 0) FROM offer_use`); n != int64(c.want) {
				t.Errorf("counted %d, want %d: a refused use leaves nothing", n, c.want)
			}
		})
	}
}

func TestCouponLimitsAreDecidedByTheUpdate(t *testing.T) {
	for name, c := range map[string]struct {
		limits engine.Limits
		want   int
	}{
		"none":     {engine.Limits{}, 20},
		"issued":   {engine.Limits{Coupons: 4}, 4},
		"redeemed": {engine.Limits{Coupons: 4, ByRedeemed: true}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, "")
			offer := s.offer(engine.Offer{Kind: engine.KindNextCoupon, Limits: c.limits})
			sum := couponSums{Issued: 1, IssuedFace: 1_00}
			if c.limits.ByRedeemed {
				sum = couponSums{Redeemed: 1, RedeemedFace: 1_00}
			}
			got := s.takes(func(t *tx) error {
				if err := t.takeCoupon(s.owner.StoreID, offer); err != nil {
					return err
				}
				return t.addCoupons(s.owner.StoreID, couponSpan{
					campaign: offer.ID, issued: 19_970, last: 20_000, staff: s.owner.StaffID, register: s.owner.RegisterID,
				}, sum)
			})
			if got != c.want {
				t.Errorf("%d coupons, want %d", got, c.want)
			}
		})
	}
}

// offer saves a campaign that runs an offer.
func (s *shop) offer(o engine.Offer) engine.Offer {
	s.t.Helper()
	c := engine.Campaign{Title: "Offer", State: engine.CampaignActive, Promo: o}
	if o.Kind == engine.KindNextCoupon {
		c.Terms = s.store.Settings.StandardTerms()
	}
	c, err := s.SaveCampaign(bgc, s.owner, c)
	s.ok(err)
	return c.Offer()
}

// takes runs something that a limit ends, at most twenty times, and counts how
// often it was done.
func (s *shop) takes(take func(*tx) error) (done int) {
	s.t.Helper()
	for range 20 {
		err := s.write(bgc, take)
		if errors.Is(err, &engine.Error{Code: engine.CodeOfferUsedUp}) {
			return done
		}
		s.ok(err)
		done++
	}
	return done
}

// TestGiftThatIsGoneIsDecidedByTheUpdate books a gift that was promised while
// there was one.
func TestGiftThatIsGoneIsDecidedByTheUpdate(t *testing.T) {
	s := newShop(t, "")
	p, err := s.SaveProduct(bgc, s.owner, engine.Product{SKU: "CUP", Name: "Cup", Price: 9_00, Counted: true, Stock: 3, Active: true})
	s.ok(err)
	r := &ringing{actor: s.owner, products: map[string]engine.Product{"cup": p}}
	r.sale.Lines = []engine.SaleLine{{No: 1, Line: engine.Line{SKU: "CUP", Name: "Cup", Units: 2}, Gift: true}}
	s.ok(s.write(bgc, func(t *tx) error { return t.bookStock(r) }))
	err = s.write(bgc, func(t *tx) error { return t.bookStock(r) })
	s.refused(err, engine.CodeGiftGone)
	if n := s.count(`SELECT stock FROM product`); n != 1 {
		t.Errorf("%d are left, want 1", n)
	}
}

// TestUseOfACampaignThatDoesNotRun: what was used of a limit is told of a
// paused and of an ended campaign too.
func TestUseOfACampaignThatDoesNotRun(t *testing.T) {
	s := newShop(t, "")
	o := s.offer(engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 10_00}, Limits: engine.Limits{Total: 5, Budget: 100_00}})
	want := engine.Usage{}
	for _, state := range []engine.CampaignState{engine.CampaignActive, engine.CampaignPaused, engine.CampaignEnded} {
		_, err := s.SetCampaignState(bgc, s.owner, o.ID, state)
		s.ok(err)
		s.ok(s.write(bgc, func(t *tx) error { return t.takeUse(s.owner.StoreID, use{offer: o, spent: 7_00}) }))
		want.Total, want.Spent = want.Total+1, want.Spent+7_00
		c, err := s.Campaign(bgc, s.owner, o.ID)
		s.ok(err)
		if c.State != state || c.Used != want {
			t.Errorf("%s: %+v, want %+v", c.State, c.Used, want)
		}
	}
}
