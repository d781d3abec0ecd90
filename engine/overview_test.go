package engine

import (
	"testing"
	"time"
)

func TestOverviewSpans(t *testing.T) {
	for _, c := range []struct {
		today                      Day
		week, before, month, until Day // first and last days
	}{
		// A Thursday; February is shorter than the 31 days of March so far.
		{DayOf(2027, time.March, 31), DayOf(2027, time.March, 29), DayOf(2027, time.March, 24), DayOf(2027, time.March, 1), DayOf(2027, time.February, 28)},
		{DayOf(2026, time.November, 20), DayOf(2026, time.November, 16), DayOf(2026, time.November, 13), DayOf(2026, time.November, 1), DayOf(2026, time.October, 20)},
		// A Sunday is the last day of its week, the first of a month is beside a first.
		{DayOf(2026, time.November, 1), DayOf(2026, time.October, 26), DayOf(2026, time.October, 25), DayOf(2026, time.November, 1), DayOf(2026, time.October, 1)},
	} {
		o := NewOverview(0, c.today)
		if o.Week.Now.From != c.week || o.Week.Now.To != c.today || o.Week.Before.To != c.before || o.Week.Before.From != c.week-7 {
			t.Errorf("%s: week %+v", c.today, o.Week)
		}
		if o.Month.Now.From != c.month || o.Month.Now.To != c.today || o.Month.Before.To != c.until || o.Month.Before.From.Date().Day() != 1 {
			t.Errorf("%s: month %+v", c.today, o.Month)
		}
		if o.Day.Before.From != c.today-7 || o.Day.Before.To != c.today-7 {
			t.Errorf("%s: day %+v", c.today, o.Day)
		}
		if o.First() > o.Month.Before.From || o.First() > c.week-7*(OverviewWeeks-1) {
			t.Errorf("%s begins on %s", c.today, o.First())
		}
	}
}

func TestOverviewAddsDaysUp(t *testing.T) {
	today := DayOf(2026, time.November, 20)
	o := NewOverview(0, today)
	for d := o.First(); d <= today+1; d++ { // one sale a day, and one dated ahead
		o.AddDay(DaySums{Day: d, Sales: 1, Net: 10_00, Issued: 2, Redeemed: 1, Off: 3_00, UsedNet: 9_00, EarnedByThose: 8_00})
	}
	o.EndDays()
	if !o.Sold || o.Day.Now.Sales != 1 || o.Week.Now.Sales != 5 || o.Week.Before.Net != 50_00 || o.Month.Now.Issued != 40 || o.Month.Before.Sales != 20 {
		t.Errorf("%+v", o)
	}
	if u := o.Month.Now.Used; u != (CouponUse{Coupons: 20, Off: 60_00, Net: 180_00, Earned: 160_00}) {
		t.Errorf("used %+v", u)
	}
	if len(o.Weeks) != OverviewWeeks {
		t.Fatalf("%d weeks", len(o.Weeks))
	}
	for i, w := range o.Weeks {
		if want := int64(7); i < OverviewWeeks-1 && w.Redeemed != want || w.From != MondayOf(today)-Day(7*(OverviewWeeks-1-i)) {
			t.Errorf("week %d is %+v", i, w)
		}
	}
	if last := o.Weeks[OverviewWeeks-1]; last.Issued != 10 {
		t.Errorf("this week %+v: what is dated ahead does not belong to it", last)
	}
}

func TestWeeksWithoutSalesStandInTheTimeLine(t *testing.T) {
	today := DayOf(2026, time.November, 20)
	o := NewOverview(0, today)
	o.AddDay(DaySums{Day: today - 21, Sales: 1, Issued: 1})
	o.EndDays()
	if len(o.Weeks) != 4 || o.Weeks[0].Issued != 1 || o.Weeks[3] != (WeekSums{From: MondayOf(today)}) {
		t.Errorf("%+v", o.Weeks)
	}
	o = NewOverview(0, today)
	if o.EndDays(); len(o.Weeks) != 0 || o.Sold {
		t.Errorf("a shop without sales has %+v", o.Weeks)
	}
}

func TestChange(t *testing.T) {
	for _, c := range []struct {
		now, before Minor
		want        BP
		ok          bool
	}{{842_10, 793_00, 619, true}, {50, 100, -5000, true}, {100, 100, 0, true}, {5, 0, 0, false}} {
		if got, ok := Change(c.now, c.before); got != c.want || ok != c.ok {
			t.Errorf("%d after %d is %d, %v", c.now, c.before, got, ok)
		}
	}
}

func TestBestAndWorst(t *testing.T) {
	fared := func(title string, used, ended int64) CampaignFared {
		return CampaignFared{Title: title, Ended: CouponCounts{Issued: ended, Redeemed: used}}
	}
	o := Overview{Campaigns: []CampaignFared{fared("few", 10, 10), fared("low", 4, 100), fared("high", 12, 100), fared("mid", 50, 1000)}}
	best, worst, ok := o.BestAndWorst()
	if !ok || best.Title != "high" || worst.Title != "low" {
		t.Errorf("best %q, worst %q, %v", best.Title, worst.Title, ok)
	}
	o.Campaigns = o.Campaigns[:2]
	if _, _, ok := o.BestAndWorst(); ok {
		t.Error("one campaign alone is neither best nor worst")
	}
}

func TestUsedPercent(t *testing.T) {
	for _, c := range []struct {
		limits Limits
		used   Usage
		want   int64
	}{
		{Limits{}, Usage{Total: 5}, 0},
		{Limits{Total: 10}, Usage{Total: 9}, 90},
		{Limits{Total: 10, Budget: 1000}, Usage{Total: 1, Spent: 799}, 79},
		{Limits{Coupons: 100}, Usage{Issued: 100}, 100},
		{Limits{Coupons: 100, ByRedeemed: true}, Usage{Issued: 100, Redeemed: 7}, 7},
		{Limits{Units: 3}, Usage{Units: 5}, 100},
		{Limits{PerCustomer: 1}, Usage{Customer: 1}, 0},
	} {
		if got := c.limits.UsedPercent(c.used); got != c.want {
			t.Errorf("%+v of %+v: %d %%", c.used, c.limits, got)
		}
	}
}

// looks are what some notices are about, in order.
func looks(all []Notice) string {
	out := ""
	for _, n := range all {
		out += string(n.What) + " "
	}
	return out
}

func TestNotices(t *testing.T) {
	today, now := DayOf(2026, time.November, 20), Instant(1_800_000_000_000)
	for want, got := range map[string][]Notice{
		"": BackupNotices(0, 0, 0, today),
		"texts_stuck texts_unknown texts_refused texts_near ": TextNotices(TextDesk{Stuck: 1, Unknown: 2, Limit: 100, Price: 1, Spent: 85}, now, 3, today),
		"sender text_limit ":            TextNotices(TextDesk{Limit: 100, Price: 1, Spent: 100, Health: SenderHealth{Problem: "no_access"}}, now, 0, today),
		"no_backup ":                    BackupNotices(0, 0, today-7, today),
		"backup ":                       BackupNotices(1, today-9, today-30, today),
		"clock ":                        ClockNotices(now+6*60*1000, now),
		"no_campaign ":                  CampaignNotices(nil, nil, today),
		"alert alert alerts ":           AlertNotices(make([]Alert, 2), 5),
		"campaign_spent campaign_ends ": CampaignNotices([]Campaign{{State: CampaignActive, EndsOn: today + 6, Promo: Offer{Limits: Limits{Total: 1}}}}, map[ID]Usage{{}: {Total: 1}}, today),
	} {
		if looks(got) != want {
			t.Errorf("%q, want %q", looks(got), want)
		}
	}
	for name, got := range map[string][]Notice{
		"a backup of yesterday": BackupNotices(1, today-1, today-30, today),
		"a shop six days old":   BackupNotices(0, 0, today-6, today),
		"a clock in order":      ClockNotices(now+60*1000, now),
		"all alerts shown":      AlertNotices(nil, 0),
	} {
		if len(got) > 0 {
			t.Errorf("%s wants attention: %s", name, looks(got))
		}
	}
	if n := BackupNotices(1, today-9, today-30, today)[0]; n.Count != 9 {
		t.Errorf("%d days", n.Count)
	}
	all := []Notice{{What: LookNoCampaign}, {What: LookTextsNear}, {What: LookClock}, {What: LookAlert}}
	if SortNotices(all); looks(all) != "clock alert no_campaign texts_near " {
		t.Errorf("order %s", looks(all))
	}
}

func TestEveryNoticeHasItsPlace(t *testing.T) {
	seen := map[Attention]bool{}
	for _, what := range lookOrder {
		if seen[what] {
			t.Errorf("%s stands twice", what)
		}
		seen[what] = true
	}
	if len(seen) != 16 {
		t.Errorf("%d kinds have a place", len(seen))
	}
}

func TestPickControl(t *testing.T) {
	few, told := Comparison{Campaign: "few", Report: ControlReport{Verdict: VerdictTooFew}}, Comparison{Campaign: "told", Report: ControlReport{Verdict: VerdictNoEffect}}
	if PickControl(nil) != nil || PickControl([]Comparison{few, told}).Campaign != "told" || PickControl([]Comparison{few}).Campaign != "few" {
		t.Error("not the one that tells most")
	}
}

func TestCameSooner(t *testing.T) {
	usual := MedianDays{Limit: Limit{Days: 30, Reached: true}}
	r := CameSooner(usual, []Bin{{Value: 10, Count: 2}, {Value: 40, Count: 1}})
	if r.Redeemed != 3 || r.RedeemedIn != 10 || r.Sooner != (Proportion{2, 3}) || r.Usual != usual {
		t.Errorf("%+v", r)
	}
	if r := CameSooner(MedianDays{}, []Bin{{Value: 10, Count: 2}}); r.Sooner.Known() {
		t.Errorf("sooner than a time nobody knows: %+v", r.Sooner)
	}
}
