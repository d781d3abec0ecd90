package engine

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// plainID is an id as even as ids can be: a millisecond after the one before,
// and nothing random.
func plainID(n int) ID { return NewID(Instant(1_790_000_000_000+n), [10]byte{}) }

func TestHeldBackForGood(t *testing.T) {
	campaign, _ := ParseID("019a0000-0000-7000-8000-000000000001")
	customer, _ := ParseID("019a0000-0000-7000-8000-000000000002")
	// By another program: another hash would draw the lots of running campaigns anew.
	if got := controlSlot(campaign, customer); got != 9312 {
		t.Errorf("slot %v", got)
	}
	if HeldBack(campaign, customer, 9312) || !HeldBack(campaign, customer, 9312+1) {
		t.Error("not held back from the share on that is above the slot")
	}
	if HeldBack(campaign, ID{}, wholeBP) {
		t.Error("a customer who is not known is held back")
	}
}

// chiSquare is Σ (seen − expected)² ÷ expected where all are as likely.
func chiSquare(seen []int) (sum float64) {
	n := 0
	for _, s := range seen {
		n += s
	}
	expected := float64(n) / float64(len(seen))
	for _, s := range seen {
		sum += (float64(s) - expected) * (float64(s) - expected) / expected
	}
	return sum
}

func TestControlSlotsAreEven(t *testing.T) {
	for campaign := range 5 {
		seen := make([]int, 100)
		for n := range 100_000 {
			seen[controlSlot(plainID(campaign), plainID(n))/100]++
		}
		if got := chiSquare(seen); got > 149.4 || got < 61 { // 99 degrees: 0.1 % on either side
			t.Errorf("campaign %d: χ² = %.1f", campaign, got)
		}
	}
}

func TestControlSlotsOfTwoCampaignsAreIndependent(t *testing.T) {
	for campaign := range 5 {
		seen := make([]int, 100)
		for n := range 100_000 {
			a, b := controlSlot(plainID(campaign), plainID(n)), controlSlot(plainID(campaign+1), plainID(n))
			seen[a/1000*10+b/1000]++
		}
		if got := chiSquare(seen); got > 149.4 || got < 61 {
			t.Errorf("campaigns %d and %d: χ² = %.1f", campaign, campaign+1, got)
		}
	}
}

func TestControlReportByHand(t *testing.T) {
	c := ControlCounts{
		Treated: Proportion{1170, 9000}, Control: Proportion{80, 1000},
		Held: 1000, Days: 90, Cost: 1_395_000, Least: 400,
	}
	r := c.Report()
	if r.Early || r.Verdict != VerdictBringsBack {
		t.Errorf("%v, early %t, wait %+v", r.Verdict, r.Early, r.Wait)
	}
	if low, high := r.Uplift.BP(); r.Uplift.ValueBP() != 500 || low != 303 || high != 668 {
		t.Errorf("uplift %v", r.Uplift)
	}
	if e := r.Extra; !near(e.Value, 450, 6) || !near(e.Low, 273, 0) || !near(e.High, 601, 0) {
		t.Errorf("extra %v", e)
	}
	if r.Each != (ExtraCost{Each: 3100, Low: 2319, High: 5112, Known: true, Bounded: true}) {
		t.Errorf("each %+v", r.Each)
	}
	c.Least = 200
	r = c.Report()
	if r.Wait != (ControlWait{Customers: 9235, Days: 84, Paced: true}) || r.Verdict != VerdictBringsBack {
		t.Errorf("%v, wait %+v", r.Verdict, r.Wait)
	}
	if low, high := r.Uplift.BP(); !r.Early || low != 186 || high != 747 {
		t.Errorf("early %t: uplift %v", r.Early, r.Uplift)
	}
}

// The verdict never contradicts the interval it is told with.
func TestVerdictIsThatOfItsInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := func(label string) Proportion {
			of := rapid.Int64Range(1, 4000).Draw(t, label)
			return Proportion{rapid.Int64Range(0, of).Draw(t, label+" back"), of}
		}
		c := ControlCounts{
			Treated: some("treated"), Control: some("control"), Days: 30, Cost: 1000,
			Held: BP(rapid.IntRange(0, 5000).Draw(t, "held")), Least: BP(rapid.IntRange(0, 3000).Draw(t, "least")),
		}
		r := c.Report()
		told := r.Verdict == VerdictBringsBack || r.Verdict == VerdictKeepsAway
		if told == r.Uplift.Holds(0) {
			t.Fatalf("%+v: %s with %v", c, r.Verdict, r.Uplift)
		}
		if r.Early != (r.Wait != ControlWait{}) || !told && r.Early != (r.Verdict == VerdictTooFew) {
			t.Fatalf("%+v: %s, early %t, wait %+v", c, r.Verdict, r.Early, r.Wait)
		}
	})
}

func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		treated, control Proportion
		want             Verdict
	}{
		{Proportion{}, Proportion{}, VerdictTooFew},
		{Proportion{9, 10}, Proportion{}, VerdictTooFew},
		{Proportion{12, 90}, Proportion{0, 10}, VerdictTooFew},
		{Proportion{150, 1000}, Proportion{40, 400}, VerdictTooFew},     // 2.6 standard errors, too early
		{Proportion{240, 1000}, Proportion{40, 400}, VerdictBringsBack}, // early, but more than enough
		{Proportion{40, 1000}, Proportion{60, 400}, VerdictKeepsAway},
		{Proportion{4000, 40000}, Proportion{1000, 10000}, VerdictNoEffect},
		{Proportion{4280, 40000}, Proportion{1000, 10000}, VerdictBringsBack}, // 2.05
		{Proportion{3720, 40000}, Proportion{1000, 10000}, VerdictKeepsAway},
	} {
		r := ControlCounts{Treated: c.treated, Control: c.control, Held: 2000, Days: 30, Least: 300, Cost: 1000}.Report()
		if r.Verdict != c.want {
			t.Errorf("%v against %v: %v, want %v (%+v)", c.treated, c.control, r.Verdict, c.want, r)
		}
		if back := c.treated.Rate() > c.control.Rate() && c.control.Known(); r.Each.Known != back || r.Each.Bounded != (r.Uplift.Low > 0) {
			t.Errorf("%v against %v: each %+v", c.treated, c.control, r.Each)
		}
	}
}

func TestWaitOfATrial(t *testing.T) {
	base := ControlCounts{Treated: Proportion{80, 800}, Control: Proportion{20, 200}, Held: 2000, Days: 10, Least: 300}
	if w := base.wait(); w.Customers == 0 || w.Days != (w.Customers+99)/100 || !w.Paced || w.Never {
		t.Errorf("%+v", w)
	}
	for name, change := range map[string]func(*ControlCounts){
		"nobody held back":    func(c *ControlCounts) { c.Held = 0 },
		"everybody held back": func(c *ControlCounts) { c.Held = wholeBP },
		"less than nobody":    func(c *ControlCounts) { c.Held = -2000 },
		"more than everybody": func(c *ControlCounts) { c.Held = wholeBP + 2000 },
		"less to be seen":     func(c *ControlCounts) { c.Least = -300 },
		"nothing to be seen":  func(c *ControlCounts) { c.Least = 0 },
		"next to nothing":     func(c *ControlCounts) { c.Least, c.Held = 1, 1 },
	} {
		c := base
		change(&c)
		if w := c.wait(); w != (ControlWait{Never: true}) || c.Report().Verdict != VerdictTooFew {
			t.Errorf("%s: %+v", name, w)
		}
	}
	for name, change := range map[string]func(*ControlCounts){
		"hardly anybody held back":     func(c *ControlCounts) { c.Held, c.Least = 1, 3000 },
		"hardly anything to be seen":   func(c *ControlCounts) { c.Held, c.Least = 5000, 1 },
		"hardly anybody not held back": func(c *ControlCounts) { c.Held, c.Least = wholeBP-1, 1000 },
	} {
		c := base
		c.Treated, c.Control, c.Days = Proportion{8, 80}, Proportion{2, 20}, 1
		change(&c)
		if w := c.wait(); w.Customers < 10_000 || w.Days != (w.Customers+99)/100 || w.Never {
			t.Errorf("%s: %+v", name, w)
		}
	}
	for name, change := range map[string]func(*ControlCounts){
		"takes no more": func(c *ControlCounts) { c.Days = 0 },
		"not begun":     func(c *ControlCounts) { c.Treated, c.Control = Proportion{}, Proportion{} },
	} {
		c := base
		change(&c)
		if w := c.wait(); w.Customers == 0 || w.Days != 0 || w.Paced || w.Never {
			t.Errorf("%s: %+v", name, w)
		}
	}
}

// When the customers that were missing have come, in their shares, no more are.
func TestWaitIsLongEnoughAndNoLonger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := ControlCounts{Held: BP(100 * rapid.Int64Range(1, 99).Draw(t, "held")), Least: BP(rapid.Int64Range(100, 3000).Draw(t, "least"))}
		c.Treated.Of, c.Control.Of = rapid.Int64Range(0, 5000).Draw(t, "treated"), rapid.Int64Range(0, 5000).Draw(t, "control")
		// A rate of ½ whatever comes, by the two more of each kind.
		c.Treated.Hits, c.Control.Hits = c.Treated.Of/2, c.Control.Of/2
		c.Control.Of = 2 * c.Control.Hits
		held, ratio := float64(c.Held)/wholeBP, float64(wholeBP-c.Held)/float64(c.Held)
		m := controlSize(0.5, float64(c.Least)/wholeBP, ratio)
		exact := func(more int64) bool {
			k, n := float64(c.Control.Of)+held*float64(more), float64(c.Treated.Of)+(1-held)*float64(more)
			return 1/k+1/n <= 1/m+1/(ratio*m)+1e-15
		}
		w := c.wait()
		if !exact(w.Customers+1) || w.Customers > 0 && exact(w.Customers-1) {
			t.Fatalf("%+v waits for %+v", c, w)
		}
	})
}

// Each cost against the definition in floating point, which the amounts
// themselves never touch.
func TestCostOfEachExtraSale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := ControlCounts{
			Treated: anyProportion().Draw(t, "treated"), Control: anyProportion().Draw(t, "control"),
			Cost: Minor(rapid.Int64Range(0, 1e12).Draw(t, "cost")),
		}
		r := c.Report()
		if r.Each.Known != (r.Extra.Value > 0) {
			t.Fatalf("%+v of %v", r.Each, r.Extra)
		}
		if !r.Each.Known {
			return
		}
		about := func(got Minor, sales float64) bool {
			want := float64(c.Cost) / sales
			return math.Abs(float64(got)-want) <= 1+1e-9*want+want*1e-6*float64(c.Treated.Of)/sales
		}
		if !about(r.Each.Each, r.Extra.Value) || !about(r.Each.Low, r.Extra.High) || r.Each.Low > r.Each.Each {
			t.Fatalf("%+v of %v", r.Each, r.Extra)
		}
		if float64(r.Each.Low) > float64(c.Cost)/r.Extra.High*(1+1e-12) {
			t.Fatalf("%+v is too much at least, of %v", r.Each, r.Extra)
		}
		if r.Each.Bounded && (float64(r.Each.High) < float64(c.Cost)/r.Extra.Low || r.Each.High < r.Each.Each) {
			t.Fatalf("%+v of %v", r.Each, r.Extra)
		}
	})
}

func TestCostOfEachIsRounded(t *testing.T) {
	c := ControlCounts{Treated: Proportion{4, 10}, Control: Proportion{2, 10}, Cost: 1001}
	if each := c.Report().Each; !each.Known || each.Each != 501 || each.Bounded || each.High != 0 {
		t.Errorf("1001 for two more sales: %+v", each)
	}
	for _, no := range []ControlCounts{
		{Treated: Proportion{2, 10}, Control: Proportion{2, 10}, Cost: 1},
		{Treated: Proportion{12, 10}, Control: Proportion{2, 10}, Cost: 1},
		{Treated: Proportion{4, 10}, Control: Proportion{-2, 10}, Cost: 1},
	} {
		if each := no.Report().Each; each != (ExtraCost{}) {
			t.Errorf("%+v: %+v", no, each)
		}
	}
}

// binomial is the chance of every count of n, by the recursion of Pascal's
// triangle.
func binomial(n int, p float64) []float64 {
	chance := []float64{1}
	for range n {
		next := make([]float64, len(chance)+1)
		for k, c := range chance {
			next[k] += c * (1 - p)
			next[k+1] += c * p
		}
		chance = next
	}
	return chance
}

// The power at the size asked for, exactly: over all outcomes that can be.
func TestSizeHasThePower(t *testing.T) {
	for _, c := range []struct{ rate, uplift, ratio float64 }{
		{0.5, 0.25, 1}, {0.25, 0.15, 1}, {0.08, 0.12, 9}, {0.08, 0.08, 4}, {0.3, 0.1, 1},
	} {
		m := int64(math.Ceil(controlSize(c.rate, c.uplift, c.ratio)))
		n := int64(math.Round(float64(m) * c.ratio))
		control, treated := binomial(int(m), c.rate), binomial(int(n), c.rate+c.uplift)
		power := 0.0
		for k, a := range control {
			for h, b := range treated {
				if a*b > 1e-12 && (Proportion{int64(h), n}).Minus(Proportion{int64(k), m}).Low > 0 {
					power += a * b
				}
			}
		}
		if power < 0.79 || power > 0.9 {
			t.Errorf("%v: %d held back, %d treated have a power of %.3f", c, m, n, power)
		}
	}
	if m := controlSize(0.5, 0.25, 1); !near(m, 65.43, 2) {
		t.Errorf("50 %% to 75 %% takes %v", m)
	}
	if all, most := controlSize(0.75, 0.25, 4), controlSize(0.75, 0.5, 4); all != most {
		t.Errorf("more than all cannot come: %v and %v", all, most)
	}
}

// sellTo adds customers to a campaign whose truth is known: regulars and others,
// each of whom comes back by chance, and by so much more often with a coupon.
func sellTo(n int, rng *rand.Rand, uplift float64, c *ControlCounts) {
	campaign := NewID(Instant(rng.Int64N(1e12)), [10]byte{})
	for i := range n {
		chance := 0.04
		if rng.IntN(4) == 0 {
			chance = 0.30
		}
		group := &c.Control
		if !HeldBack(campaign, plainID(i), c.Held) {
			group, chance = &c.Treated, chance+uplift
		}
		group.Of++
		if rng.Float64() < chance {
			group.Hits++
		}
	}
}

// generate gives the reports of 1,000 shops.
func generate(seed uint64, uplift float64) []ControlReport {
	rng := rand.New(rand.NewPCG(seed, 5))
	all := make([]ControlReport, 1000)
	for i := range all {
		c := ControlCounts{Held: 2000, Least: 500}
		sellTo(3000, rng, uplift, &c)
		all[i] = c.Report()
	}
	return all
}

func count(all []ControlReport, is func(ControlReport) bool) (n int) {
	for _, r := range all {
		if is(r) {
			n++
		}
	}
	return n
}

func TestTrueUpliftIsInTheInterval(t *testing.T) {
	all := generate(1, 0.05)
	if n := count(all, func(r ControlReport) bool { return r.Uplift.Holds(0.05) }); n < 930 || n > 970 {
		t.Errorf("in the interval in %d of 1,000 shops", n)
	}
	if n := count(all, func(r ControlReport) bool { return r.Verdict == VerdictBringsBack }); n < 800 {
		t.Errorf("found in %d of 1,000 shops", n)
	}
}

func TestNoUpliftIsReportedAsNone(t *testing.T) {
	all := generate(2, 0)
	if n := count(all, func(r ControlReport) bool { return r.Verdict == VerdictNoEffect }); n < 930 || n > 970 {
		t.Errorf("reported as none in %d of 1,000 shops", n)
	}
	if n := count(all, func(r ControlReport) bool { return r.Uplift.Holds(0) }); n < 930 || n > 970 {
		t.Errorf("in the interval in %d of 1,000 shops", n)
	}
}

// An owner who looks every day until there is enough data is seldom told of an
// effect that is none; by the 95 % interval alone it would be far more often.
func TestLookingEveryDay(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	told, naive := 0, 0
	for range 500 {
		c := ControlCounts{Held: 2000, Least: 400}
		fooled, wouldBe := false, false
		for c.wait().Customers > 0 {
			sellTo(40, rng, 0, &c)
			if r := c.Report(); r.Wait.Customers > 0 {
				fooled = fooled || r.Verdict != VerdictTooFew
				wouldBe = wouldBe || !c.Treated.Minus(c.Control).Holds(0)
			}
		}
		if fooled {
			told++
		}
		if wouldBe {
			naive++
		}
	}
	t.Logf("of 500 shops %d by three standard errors, %d by the interval", told, naive)
	if told > 20 || naive < 75 {
		t.Errorf("of 500 shops %d were told of an effect, %d by the interval alone", told, naive)
	}
}
