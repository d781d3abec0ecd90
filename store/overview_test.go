package store

import (
	"testing"

	"bounceback/engine"
)

const dayMS = 24 * 60 * 60 * 1000

func (s *shop) overview() engine.Overview {
	s.t.Helper()
	o, err := s.Overview(bgc, s.owner)
	s.ok(err)
	return o
}

// TestOverviewAgreesWithTheReports: what the desk shows at a glance is what the
// reports say of the same days.
func TestOverviewAgreesWithTheReports(t *testing.T) {
	s := busyShop(t)
	for range 3 {
		s.wait(17 * dayMS)
		sold := s.sell(s.owner, "+5511912345699", "Ada")
		s.wait(2 * dayMS)
		_, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 15_000, Customer: engine.CustomerRef{Phone: "+5511912345699"}, Use: engine.UseCode, Code: sold.Issued.Code})
		s.ok(err)
	}
	o := s.overview()
	for name, p := range map[string]engine.PeriodSums{
		"today": o.Day.Now, "this week": o.Week.Now, "last week": o.Week.Before, "this month": o.Month.Now, "last month": o.Month.Before,
	} {
		f, err := s.Figures(bgc, s.owner, p.From, p.To)
		s.ok(err)
		if p.Sales != f.Sales || p.Net != f.Net || p.Used != f.Used || p.Issued != f.Issued.Issued {
			t.Errorf("%s: %+v on the desk, %+v in the report", name, p, f)
		}
	}
	if o.Month.Now.Sales+o.Month.Before.Sales == 0 || !o.Sold {
		t.Errorf("no sales: %+v", o.Month)
	}
	f, err := s.Figures(bgc, s.owner, o.Today-engine.OverviewEnded, o.Today-1)
	s.ok(err)
	if o.Recent != f.Ended || o.Recent.Issued == 0 {
		t.Errorf("ended %+v, in the report %+v", o.Recent, f.Ended)
	}
	l, err := s.Liability(bgc, s.owner)
	s.ok(err)
	if o.Owed.Coupons != l.Coupons || o.Owed.Face != l.Face || o.Owed.Expected != l.Expected || l.Coupons == 0 {
		t.Errorf("owed %+v, in the report %+v", o.Owed, l)
	}
	r, err := s.Repurchase(bgc, s.owner, 0, 0)
	s.ok(err)
	if o.Back.Usual != r.Usual || o.Back.Redeemed != r.Redeemed || o.Back.RedeemedIn != r.RedeemedIn || o.Back.Sooner != r.Sooner || r.Redeemed == 0 {
		t.Errorf("back %+v, in the report %+v", o.Back, r)
	}
	var all engine.CouponCounts
	for _, c := range o.Campaigns {
		all.Issued, all.Redeemed = all.Issued+c.Ended.Issued, all.Redeemed+c.Ended.Redeemed
		if c.Title == "" {
			t.Error("a campaign without its title")
		}
	}
	if all.Issued != o.Recent.Issued || all.Redeemed != o.Recent.Redeemed {
		t.Errorf("the campaigns' coupons are %+v, all are %+v", all, o.Recent)
	}
}

// TestOverviewOfANewShop has nothing to say, and nothing to look at.
func TestOverviewOfANewShop(t *testing.T) {
	o := newShop(t, "").overview()
	if o.Sold || len(o.Weeks) != 0 || o.Owed.Coupons != 0 || o.Control != nil || len(o.Look) != 0 {
		t.Errorf("%+v", o)
	}
}

// TestOverviewIsForTheOwner: it tells of staff.
func TestOverviewIsForTheOwner(t *testing.T) {
	s := newShop(t, "")
	for role, may := range map[engine.Role]bool{engine.Owner: true, engine.Manager: true, engine.Cashier: false, engine.Salesperson: false} {
		_, err := s.Overview(bgc, s.as(role))
		if may {
			s.ok(err)
			continue
		}
		s.refused(err, engine.CodeForbidden)
	}
}

// TestOverviewOfOneStore: the file's other stores are not in it.
func TestOverviewOfOneStore(t *testing.T) {
	s := busyShop(t)
	other, _ := s.found("Casa Verde", "")
	o, err := s.Overview(bgc, other)
	s.ok(err)
	if o.Sold || o.Owed.Coupons != 0 || o.Recent.Issued != 0 || o.Back.Redeemed != 0 {
		t.Errorf("%+v", o)
	}
}

func (s *shop) looks() map[engine.Attention]engine.Notice {
	s.t.Helper()
	out := map[engine.Attention]engine.Notice{}
	for _, n := range s.overview().Look {
		out[n.What] = n
	}
	return out
}

// TestOverviewLooks finds each thing that needs attention, and leaves it alone
// once it is settled.
func TestOverviewLooks(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, maria, "Maria")
	if got := s.looks(); len(got) != 0 {
		t.Errorf("on the first day %+v", got)
	}
	s.wait(8 * dayMS)
	got := s.looks()
	if _, ok := got[engine.LookNoBackup]; !ok || got[engine.LookTextsStuck].Count == 0 {
		t.Errorf("after a week %+v", got)
	}
	s.ok(s.Backup(bgc, s.owner, s.path+".copy"))
	s.wait(9 * dayMS)
	if got := s.looks(); got[engine.LookBackup].Count != 9 {
		t.Errorf("nine days after the backup %+v", got)
	}
	s.ok(s.Backup(bgc, s.owner, s.path+".copy2"))
	if _, ok := s.looks()[engine.LookBackup]; ok {
		t.Error("a backup was made just now")
	}
}

func TestOverviewLooksAtCampaigns(t *testing.T) {
	s := newShop(t, "")
	page, err := s.Campaigns(bgc, s.owner, engine.Filter{})
	s.ok(err)
	c := page.Items[0]
	c.Promo = c.Offer()
	c.Promo.Limits.Coupons = 5
	c, err = s.SaveCampaign(bgc, s.owner, c)
	s.ok(err)
	for _, phone := range []string{"+5511912345601", "+5511912345602", "+5511912345603", "+5511912345604"} {
		s.sell(s.owner, phone, "")
	}
	if got := s.looks()[engine.LookCampaignLimit]; got.Percent != 80 || got.Campaign != c.ID || got.Title != c.Title {
		t.Errorf("four of five coupons: %+v", got)
	}
	s.sell(s.owner, "+5511912345605", "")
	if got := s.looks()[engine.LookCampaignSpent]; got.Campaign != c.ID {
		t.Errorf("all five coupons: %+v", got)
	}
	_, err = s.SetCampaignState(bgc, s.owner, c.ID, engine.CampaignPaused)
	s.ok(err)
	if _, ok := s.looks()[engine.LookNoCampaign]; !ok {
		t.Error("no campaign runs, and nobody is told")
	}
}

func TestOverviewLooksAtTheClock(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, maria, "Maria")
	s.wait(-20 * 60 * 1000)
	if n, ok := s.looks()[engine.LookClock]; !ok || n.At <= engine.Instant(s.now.Load()) {
		t.Errorf("the clock was set back twenty minutes: %+v", s.looks())
	}
}
