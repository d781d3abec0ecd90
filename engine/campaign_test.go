package engine

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// goodCampaign is one that Check lets pass.
func goodCampaign() Campaign {
	return Campaign{
		ID: ID{1}, Title: "Volte sempre", State: CampaignActive,
		Terms: Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45},
	}
}

func TestCampaignCheck(t *testing.T) {
	long := func(n int) string { return strings.Repeat("ã", n) }
	for name, c := range map[string]struct {
		change func(*Campaign)
		want   Code
	}{
		"as it is":            {func(*Campaign) {}, ""},
		"no title":            {func(c *Campaign) { c.Title = " \t" }, CodeCampaignTitle},
		"longest title":       {func(c *Campaign) { c.Title = long(MaxNameLength) }, ""},
		"title too long":      {func(c *Campaign) { c.Title = long(MaxNameLength + 1) }, CodeCampaignTitle},
		"title with escape":   {func(c *Campaign) { c.Title = "a\x1b[2Jb" }, CodeCampaignTitle},
		"title with C1":       {func(c *Campaign) { c.Title = "a\u009b2Jb" }, CodeCampaignTitle},
		"title of no text":    {func(c *Campaign) { c.Title = "a\xffb" }, CodeCampaignTitle},
		"no cashback":         {func(c *Campaign) { c.Terms.Cashback = 0 }, CodeCampaignRate},
		"least cashback":      {func(c *Campaign) { c.Terms.Cashback = 1 }, ""},
		"all back":            {func(c *Campaign) { c.Terms.Cashback = 10000 }, ""},
		"more than all back":  {func(c *Campaign) { c.Terms.Cashback = 10001 }, CodeCampaignRate},
		"negative cashback":   {func(c *Campaign) { c.Terms.Cashback = -1 }, CodeCampaignRate},
		"no discount":         {func(c *Campaign) { c.Terms.MaxDiscount = 0 }, CodeCampaignMax},
		"all off":             {func(c *Campaign) { c.Terms.MaxDiscount = 10000 }, ""},
		"more than all off":   {func(c *Campaign) { c.Terms.MaxDiscount = 10001 }, CodeCampaignMax},
		"one amount":          {func(c *Campaign) { c.Terms.MinSale, c.Terms.MaxSale = 500, 500 }, ""},
		"range upside down":   {func(c *Campaign) { c.Terms.MinSale, c.Terms.MaxSale = 501, 500 }, CodeCampaignRange},
		"from an amount":      {func(c *Campaign) { c.Terms.MinSale = MaxAmount }, ""},
		"least too large":     {func(c *Campaign) { c.Terms.MinSale = MaxAmount + 1 }, CodeCampaignRange},
		"most at the limit":   {func(c *Campaign) { c.Terms.MaxSale = MaxAmount }, ""},
		"most too large":      {func(c *Campaign) { c.Terms.MaxSale = MaxAmount + 1 }, CodeCampaignRange},
		"negative least":      {func(c *Campaign) { c.Terms.MinSale = -1 }, CodeCampaignRange},
		"negative most":       {func(c *Campaign) { c.Terms.MaxSale = -1 }, CodeCampaignRange},
		"shortest life":       {func(c *Campaign) { c.Terms.Lifetime = MinLifetime }, ""},
		"life too short":      {func(c *Campaign) { c.Terms.Lifetime = MinLifetime - 1 }, CodeCampaignLifetime},
		"longest life":        {func(c *Campaign) { c.Terms.Lifetime = MaxLifetime }, ""},
		"life too long":       {func(c *Campaign) { c.Terms.Lifetime = MaxLifetime + 1 }, CodeCampaignLifetime},
		"good on its last":    {func(c *Campaign) { c.Terms.ValidAfter = 45 }, ""},
		"good after its last": {func(c *Campaign) { c.Terms.ValidAfter = 46 }, CodeCampaignAfter},
		"good before":         {func(c *Campaign) { c.Terms.ValidAfter = -1 }, CodeCampaignAfter},
		"one day":             {func(c *Campaign) { c.StartsOn, c.EndsOn = 20000, 20000 }, ""},
		"ends first":          {func(c *Campaign) { c.StartsOn, c.EndsOn = 20001, 20000 }, CodeCampaignDates},
		"only an end":         {func(c *Campaign) { c.EndsOn = 20000 }, ""},
		"only a start":        {func(c *Campaign) { c.StartsOn = 20000 }, ""},
		"longest offer":       {func(c *Campaign) { c.OfferText = long(MaxOfferText) }, ""},
		"offer too long":      {func(c *Campaign) { c.OfferText = long(MaxOfferText + 1) }, CodeCampaignText},
		"offer of two lines":  {func(c *Campaign) { c.OfferText = "a\nb" }, CodeCampaignText},
		"longest source":      {func(c *Campaign) { c.Source = long(MaxLabel) }, ""},
		"source too long":     {func(c *Campaign) { c.Source = long(MaxLabel + 1) }, CodeCampaignText},
		"ad too long":         {func(c *Campaign) { c.Ad = long(MaxLabel + 1) }, CodeCampaignText},
		"ad with a tab":       {func(c *Campaign) { c.Ad = "a\tb" }, CodeCampaignText},
		"link":                {func(c *Campaign) { c.Link = "https://loja.example/cupom?x=1" }, ""},
		"link without scheme": {func(c *Campaign) { c.Link = "loja.example" }, CodeCampaignLink},
		"link of a script":    {func(c *Campaign) { c.Link = "javascript:alert(1)" }, CodeCampaignLink},
		"link without host":   {func(c *Campaign) { c.Link = "https://" }, CodeCampaignLink},
		"link with a space":   {func(c *Campaign) { c.Link = "https://loja.example/a b" }, CodeCampaignLink},
		"link with a break":   {func(c *Campaign) { c.Link = "https://loja.example/a\u0085b" }, CodeCampaignLink},
		"longest link":        {func(c *Campaign) { c.Link = "https://a.example/" + strings.Repeat("x", MaxLink-18) }, ""},
		"link too long":       {func(c *Campaign) { c.Link = "https://a.example/" + strings.Repeat("x", MaxLink-17) }, CodeCampaignLink},
	} {
		campaign := goodCampaign()
		c.change(&campaign)
		if err := campaign.Check(); CodeOf(err) != c.want || err != nil && ClassOf(err) != Input {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestCampaignStateOn(t *testing.T) {
	const first, last = Day(20000), Day(20010)
	for _, c := range []struct {
		state    CampaignState
		from, to Day
		day      Day
		want     CampaignState
	}{
		{CampaignActive, 0, 0, 1, CampaignActive},
		{CampaignActive, first, last, first - 1, CampaignScheduled},
		{CampaignActive, first, last, first, CampaignActive},
		{CampaignActive, first, last, last, CampaignActive},
		{CampaignActive, first, last, last + 1, CampaignEnded},
		{CampaignActive, 0, last, first - 9000, CampaignActive},
		{CampaignActive, first, 0, last + 9000, CampaignActive},
		{CampaignPaused, first, last, first - 1, CampaignPaused},
		{CampaignPaused, first, last, last, CampaignPaused},
		{CampaignPaused, first, last, last + 1, CampaignEnded},
		{CampaignDraft, first, last, first - 1, CampaignDraft},
		{CampaignDraft, 0, 0, first, CampaignDraft},
		{CampaignEnded, 0, 0, first, CampaignEnded},
		{CampaignEnded, first, last, first - 1, CampaignEnded},
	} {
		got := Campaign{State: c.state, StartsOn: c.from, EndsOn: c.to}.StateOn(c.day)
		if got != c.want {
			t.Errorf("%s from %d to %d is %s on %d, want %s", c.state, c.from, c.to, got, c.day, c.want)
		}
	}
}

func TestOffersAreThoseThatRun(t *testing.T) {
	var all []Campaign
	for i, s := range []CampaignState{CampaignDraft, CampaignActive, CampaignPaused, CampaignEnded, CampaignActive, CampaignActive} {
		c := goodCampaign()
		c.ID, c.State, c.Created = ID{byte(i)}, s, Instant(i)
		all = append(all, c)
	}
	all[4].StartsOn, all[5].EndsOn = 101, 100
	for day, want := range map[Day][]int{100: {1, 5}, 101: {1, 4}} {
		got := Offers(all, day)
		if len(got) != len(want) {
			t.Fatalf("%d offers on %d, want %d", len(got), day, len(want))
		}
		for i, w := range want {
			if o := got[i]; o.ID != all[w].ID || o.Title != all[w].Title || o.Created != all[w].Created || o.Rebate != all[w].Terms {
				t.Errorf("offer %d on %d is %+v", i, day, o)
			}
		}
	}
}

func TestStandardTerms(t *testing.T) {
	if got, want := (Settings{}).StandardTerms(), (Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	s := Settings{SetCashback: "1", SetMaxDiscount: "2", SetLifetime: "30", SetValidAfter: "3"}
	if got, want := s.StandardTerms(), (Terms{Cashback: 1, MaxDiscount: 2, Lifetime: 30, ValidAfter: 3}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// smallCampaign draws campaigns of few amounts and days, so that their ranges
// often touch.
func smallCampaign(id byte) *rapid.Generator[Campaign] {
	return rapid.Custom(func(t *rapid.T) Campaign {
		c := goodCampaign()
		c.ID, c.Created = ID{id}, Instant(rapid.IntRange(1, 2).Draw(t, "created"))
		c.Terms.Cashback = BP(rapid.IntRange(1, 3).Draw(t, "rate") * 1000)
		c.Terms.MinSale = Minor(rapid.IntRange(0, 4).Draw(t, "least"))
		c.Terms.MaxSale = Minor(rapid.IntRange(0, 6).Draw(t, "most"))
		c.StartsOn = Day(rapid.IntRange(0, 4).Draw(t, "first"))
		c.EndsOn = Day(rapid.IntRange(0, 6).Draw(t, "last"))
		c.State = rapid.SampledFrom([]CampaignState{CampaignActive, CampaignActive, CampaignActive, CampaignPaused}).Draw(t, "state")
		if c.Terms.MaxSale != 0 {
			c.Terms.MaxSale = max(c.Terms.MaxSale, c.Terms.MinSale)
		}
		if c.EndsOn != 0 {
			c.EndsOn = max(c.EndsOn, c.StartsOn)
		}
		return c
	})
}

// wins tells whether the campaign earns on a net amount and a day.
func wins(t *rapid.T, c Campaign, all []Campaign, amount Minor, day Day) bool {
	r, err := Evaluate(Basket{Amount: amount, Business: 20000}, Offers(all, day), Facts{Store: Store{Step: 1, Timezone: "UTC"}})
	if err != nil {
		t.Fatal(err)
	}
	return r.Earned != nil && r.Earned.OfferID == c.ID
}

// HiddenBy agrees with Evaluate on every amount and day: an amount that would
// earn under the campaign alone earns under it among others unless one of those
// that HiddenBy names runs and takes that amount; and Whole is said exactly of
// those that alone leave nothing.
func TestHiddenByAgreesWithEvaluate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := smallCampaign(1).Draw(t, "c")
		c.State = CampaignActive
		all := []Campaign{c}
		for i := range rapid.IntRange(0, 3).Draw(t, "others") {
			all = append(all, smallCampaign(byte(i+2)).Draw(t, "other"))
		}
		hidden := HiddenBy(c, all)
		for day := Day(-1); day <= 8; day++ {
			for amount := Minor(0); amount <= 8; amount++ {
				want := wins(t, c, []Campaign{c}, amount, day) && !takenAway(hidden, amount, day)
				if got := wins(t, c, all, amount, day); got != want {
					t.Fatalf("on %d, %d earns under it: %v; hidden by %+v", day, amount, got, hidden)
				}
			}
		}
		for _, h := range hidden {
			if leaves := earnsBeside(t, c, h.By); leaves == h.Whole {
				t.Fatalf("whole is %v, but it earns beside %+v: %v", h.Whole, h.By, leaves)
			}
		}
	})
}

func takenAway(hidden []Hidden, amount Minor, day Day) bool {
	for _, h := range hidden {
		if h.By.StateOn(day) == CampaignActive && amount >= h.From && (h.To == 0 || amount <= h.To) {
			return true
		}
	}
	return false
}

func earnsBeside(t *rapid.T, c, other Campaign) bool {
	for day := Day(-1); day <= 8; day++ {
		for amount := Minor(1); amount <= 8; amount++ {
			if wins(t, c, []Campaign{c, other}, amount, day) {
				return true
			}
		}
	}
	return false
}

func TestTermsMatterToCouponsAlone(t *testing.T) {
	c := goodCampaign()
	c.Terms = Terms{}
	c.Promo = Offer{Kind: KindOrderPercent, Cut: Cut{Percent: 1000}}
	if err := c.Check(); err != nil {
		t.Errorf("a discount without terms: %v", err)
	}
	c.Terms.Lifetime = 1
	if CodeOf(c.Check()) != CodeCampaignRate {
		t.Errorf("bad terms: %v", c.Check())
	}
	c.Terms, c.Promo = Terms{}, Offer{Kind: KindNextCoupon}
	if CodeOf(c.Check()) != CodeCampaignRate {
		t.Errorf("a coupon without terms: %v", c.Check())
	}
}

func TestHidesSaysFromWhich(t *testing.T) {
	a, b := goodCampaign(), goodCampaign()
	a.Terms.Cashback = 1000
	b.ID, b.Terms.MinSale, b.Terms.MaxSale = ID{2}, 10000, 50000
	paused, everywhere := a, b
	paused.State = CampaignPaused
	everywhere.Terms.MinSale, everywhere.Terms.MaxSale = 0, 0
	other := a
	other.Promo.Kind = KindOrderPercent
	for name, row := range map[string]struct {
		c      Campaign
		others []Campaign
		want   []Hidden
	}{
		"a part":          {b, []Campaign{a, b}, []Hidden{{By: a, From: 10000, To: 50000}}},
		"all":             {everywhere, []Campaign{a}, []Hidden{{By: a, Whole: true}}},
		"none, weaker":    {a, []Campaign{a, b}, nil},
		"none, paused":    {b, []Campaign{paused}, nil},
		"none, no coupon": {b, []Campaign{other}, nil},
	} {
		if got := Hides(row.c, row.others); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s: %+v, want %+v", name, got, row.want)
		}
	}
}

func TestHiddenBySaysWhere(t *testing.T) {
	a, b := goodCampaign(), goodCampaign()
	a.Terms.Cashback = 1000
	b.ID, b.Terms.MinSale, b.Terms.MaxSale = ID{2}, 10000, 50000
	got := HiddenBy(a, []Campaign{a, b})
	if len(got) != 1 || got[0].By.ID != b.ID || got[0].From != 10000 || got[0].To != 50000 || got[0].Whole {
		t.Errorf("the campaign of any sale is hidden by %+v", got)
	}
	if got := HiddenBy(b, []Campaign{a, b}); got != nil {
		t.Errorf("the better campaign is hidden by %+v", got)
	}
	b.Terms.MinSale, b.Terms.MaxSale = 1, 0
	if got := HiddenBy(a, []Campaign{b}); len(got) != 1 || !got[0].Whole {
		t.Errorf("all sales from 0.01 on leave something: %+v", got)
	}
}
