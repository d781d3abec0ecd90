package store_test

import (
	"testing"

	"bounceback/engine"
)

// refigure makes the figures of some days from the sales and coupons, one by
// one.
func (b *busy) refigure(from, to engine.Day) engine.Figures {
	f := engine.Figures{From: from, To: to}
	within := func(d engine.Day) bool { return d >= from && d <= to }
	f.Issued = b.tally(func(c engine.Coupon) bool { return within(b.saleOf(c).Business) })
	for _, s := range b.sales {
		if within(s.Business) && s.State != engine.SaleVoided {
			f.Sales, f.Net = f.Sales+1, f.Net+s.Net-s.Refunded
		}
	}
	for _, c := range b.coupons {
		if within(c.LastDay) && c.ValidUntil <= engine.Instant(b.now.Load()) {
			addTo(&f.Ended, c)
		}
		for _, s := range b.sales {
			if s.ID == c.RedeemedSale && within(s.Business) {
				f.Used.Coupons, f.Used.Off = f.Used.Coupons+1, f.Used.Off+c.RedeemedMinor
				f.Used.Net, f.Used.Earned = f.Used.Net+s.Net, f.Used.Earned+b.saleOf(c).Net
			}
		}
	}
	return f
}

func TestFiguresAreWhatSalesAndCouponsSay(t *testing.T) {
	b := openBusy(t)
	first := engine.DayOf(2026, 12, 1)
	var sum engine.Figures
	for _, now := range b.moments {
		b.at(now)
		for _, span := range [][2]engine.Day{{first - 10, first + 400}, {first + 3, first + 11}, {first + 7, first + 7}, {first + 10, first + 60}, {first + 100, first + 200}} {
			want := b.refigure(span[0], span[1])
			got, err := b.Figures(bg, b.actor, span[0], span[1])
			if err != nil || got != want {
				t.Errorf("%s, %v:\ngot  %+v\nwant %+v (%v)", now, span, got, want, err)
			}
			sum.Ended.Issued, sum.Used.Coupons = sum.Ended.Issued+want.Ended.Issued, sum.Used.Coupons+want.Used.Coupons
		}
		all, err := b.Figures(bg, b.actor, 0, 0)
		want := b.refigure(first-100, first+1000)
		if want.From, want.To = 0, 0; err != nil || all != want {
			t.Errorf("%s, all days:\ngot  %+v\nwant %+v (%v)", now, all, want, err)
		}
	}
	if sum.Ended.Issued == 0 || sum.Used.Coupons == 0 {
		t.Errorf("the test proves little: %+v", sum)
	}
	b.sound()
}

func TestCampaignReportOfSomeDays(t *testing.T) {
	b := openBusy(t)
	from, to := engine.DayOf(2026, 12, 5), engine.DayOf(2026, 12, 12)
	for _, now := range b.moments {
		b.at(now)
		report, err := b.CampaignReport(bg, b.actor, from, to)
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range report {
			want := b.tally(func(c engine.Coupon) bool {
				d := b.saleOf(c).Business
				return c.CampaignID == got.CampaignID && d >= from && d <= to
			})
			if got.CouponFigures != want {
				t.Errorf("%s, %s:\ngot  %+v\nwant %+v", now, got.Title, got.CouponFigures, want)
			}
		}
	}
}

func TestLiabilityIsWhatCouponsSay(t *testing.T) {
	b := openBusy(t)
	for _, now := range b.moments {
		b.at(now)
		l, err := b.Liability(bg, b.actor)
		if err != nil {
			t.Fatal(err)
		}
		today := b.store.Today(engine.Instant(b.now.Load()))
		all := b.tally(func(engine.Coupon) bool { return true })
		if l.Today != today || l.Coupons != all.Outstanding || l.Face != all.OutstandFace || l.Ended != all.Ended {
			t.Errorf("%s: got %+v\nwant %+v", now, l, all)
		}
		var expected engine.Minor
		for _, w := range l.Weeks {
			of := b.tally(func(c engine.Coupon) bool { return c.LastDay >= w.From && (w.To == 0 || c.LastDay <= w.To) })
			if w.Coupons != of.Outstanding || w.Face != of.OutstandFace {
				t.Errorf("%s: week %+v, want %+v", now, w, of)
			}
			expected += w.Expected
		}
		if want, known := engine.ExpectedFace(all.OutstandFace, all.Ended); expected != want || l.Known != known {
			t.Errorf("%s: %d expected, known %v; want %d, %v", now, expected, l.Known, want, known)
		}
	}
}

func TestFiguresOfAnotherStoreStayOut(t *testing.T) {
	b := openBusy(t)
	st, err := engine.NewStore("Loja Dois", "BR")
	if err != nil {
		t.Fatal(err)
	}
	other, err := b.FirstRun(bg, st, "Bia", "", "Till 1", "Volte", engine.FromCounter)
	if err != nil {
		t.Fatal(err)
	}
	if f, err := b.Figures(bg, other, 0, 0); err != nil || f != (engine.Figures{}) {
		t.Errorf("an empty shop has %+v, %v", f, err)
	}
	if l, err := b.Liability(bg, other); err != nil || l.Coupons != 0 || l.Face != 0 || l.Ended.Issued != 0 || len(l.Weeks) != 0 || l.Known {
		t.Errorf("an empty shop owes %+v, %v", l, err)
	}
	sold, err := b.RecordSale(bg, other, engine.Draft{Amount: 100_00, Customer: engine.CustomerRef{Phone: "+5511987654321"}})
	if err != nil || sold.Issued == nil {
		t.Fatalf("%+v, %v", sold, err)
	}
	today := b.store.Today(engine.Instant(b.now.Load()))
	f, err := b.Figures(bg, other, today, today)
	if err != nil || f.Sales != 1 || f.Net != 100_00 || f.Issued.Issued != 1 || f.Issued.Outstanding != 1 || f.Issued.OutstandFace != sold.Issued.Face {
		t.Errorf("one coupon gives %+v, %v", f, err)
	}
	if l, err := b.Liability(bg, other); err != nil || l.Coupons != 1 || l.Face != sold.Issued.Face || len(l.Weeks) != 7 || l.Weeks[6].Coupons != 1 {
		t.Errorf("one coupon is owed as %+v, %v", l, err)
	}
}

// TestReportsAreForWhoSeesTheDesk: a cashier sees the sales of all, but not how
// the shop stands.
func TestReportsAreForWhoSeesTheDesk(t *testing.T) {
	b := openBusy(t)
	for role, may := range map[engine.Role]bool{engine.Owner: true, engine.Manager: true, engine.Cashier: false, engine.Salesperson: false} {
		a := b.actor
		a.Role = role
		for name, err := range map[string]error{
			"store": second(b.Figures(bg, a, 0, 0)), "by staff": second(b.FiguresBy(bg, a, engine.ByStaff, 0, 0)), "days": second(b.Days(bg, a, 0, 0)),
			"campaigns": second(b.CampaignReport(bg, a, 0, 0)), "liability": second(b.Liability(bg, a)), "repurchase": second(b.Repurchase(bg, a, 0, 0)),
			"cohorts": second(b.Cohorts(bg, a, 0, 0)), "customers": second(b.Segments(bg, a)), "control": second(b.Control(bg, a, engine.ID{}, 0, 0)),
			"staff": second(b.Watch(bg, a, 0, 0)),
		} {
			if may != (err == nil) || !may && engine.CodeOf(err) != engine.CodeForbidden {
				t.Errorf("%s asks for the report of %s: %v", role, name, err)
			}
		}
	}
}

func second[T any](_ T, err error) error { return err }
