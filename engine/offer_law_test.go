package engine_test

import (
	"math/rand"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// A result proves itself: each line, each charge and the whole add up, no
// piece goes under its floor or under zero, and each offer is accounted for.
func TestResultsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, f, offers := drawBasket(t), drawFacts(t), drawOffers(t, 5, lawKinds)
		for i := range b.Lines { // some lines of very many pieces: no more work than few
			if l := &b.Lines[i]; l.Weight == 0 && oneIn(t, 8, "many") {
				l.Units = rapid.SampledFrom([]int64{10_000, engine.MaxUnits}).Draw(t, "pieces")
			}
		}
		r := price(t, b, offers, f)
		checkSums(t, b, r)
		checkApplied(t, r)
		checkPlaces(t, r)
		if got, want := len(r.Rejected)+len(r.Applied)+earning(r, offers), len(offers); got != want {
			t.Fatalf("%d of %d offers are accounted for: %+v", got, want, r)
		}
	})
}

// earning counts the offers that earned: they are neither applied nor rejected.
func earning(r engine.Result, offers []engine.Offer) int {
	named := map[engine.ID]bool{}
	for _, a := range r.Applied {
		named[a.OfferID] = true
	}
	for _, x := range r.Rejected {
		named[x.OfferID] = true
	}
	n := 0
	for _, o := range offers {
		if !named[o.ID] && (o.Kind == engine.KindNextCoupon && r.Earned != nil || o.Kind == engine.KindPoints && r.Points > 0) {
			n++
		}
	}
	return n
}

// piece gives what a piece of a line costs, and the least it may: of what is
// weighed half up, and up.
func piece(l engine.Line) (each, floor engine.Minor) {
	if l.Weight == 0 {
		return l.Price, l.Floor
	}
	w := engine.Minor(l.Weight)
	return (l.Price*w + engine.WeightUnit/2) / engine.WeightUnit, (l.Floor*w + engine.WeightUnit - 1) / engine.WeightUnit
}

// offRuns sums what was taken off the units of runs.
func offRuns(runs []engine.Run) (units int64, off engine.Minor) {
	for _, r := range runs {
		units += r.Units
		off += r.Off * engine.Minor(r.Units)
	}
	return units, off
}

func checkSums(t *rapid.T, b engine.Basket, r engine.Result) {
	var gross, net engine.Minor
	for i, l := range r.Lines {
		line := b.Lines[i]
		each, floor := piece(line)
		for _, run := range l.Runs {
			if left := each - run.Off; run.Off < 0 || run.Off > 0 && left < max(0, floor) || line.NoDiscount && run.Off > 0 {
				t.Fatalf("line %d: a piece of %d (floor %d) is left at %d", i, each, floor, left)
			}
		}
		units, off := offRuns(l.Runs)
		if l.Gross != each*engine.Minor(line.Units) || l.Gross-l.Item-l.Order-l.Credit != l.Net || units != line.Units || off != l.Gross-l.Net {
			t.Fatalf("line %d of %+v does not add up: %+v", i, line, l)
		}
		gross, net = gross+l.Gross, net+l.Net
	}
	if r.Gross != gross || r.Net != net || r.Gross-r.Discount != r.Net {
		t.Fatalf("lines of %d to %d, sale of %d − %d = %d", gross, net, r.Gross, r.Discount, r.Net)
	}
	var delivery engine.Minor
	for i, c := range r.Delivery {
		if c.Gross != b.Delivery[i].Amount || c.Gross-c.Discount != c.Net || c.Net < 0 {
			t.Fatalf("charge %+v", c)
		}
		delivery += c.Net
	}
	if r.Due != r.Net+delivery-r.Balance-r.PointsWorth || r.Due < 0 {
		t.Fatalf("due %d of %d and %d", r.Due, r.Net, delivery)
	}
}

func checkApplied(t *rapid.T, r engine.Result) {
	sums := map[engine.Level]engine.Minor{}
	for _, a := range r.Applied {
		sums[a.Level] += a.Amount
		var parts engine.Minor
		for _, c := range a.Lines {
			if _, off := offRuns(c.Runs); off != c.Amount || off <= 0 {
				t.Fatalf("%s: runs %+v of %d", a.Title, c.Runs, c.Amount)
			}
			parts += c.Amount
		}
		for _, c := range a.Charges {
			parts += c
		}
		if parts != a.Amount {
			t.Fatalf("%s: parts of %d make %d", a.Title, a.Amount, parts)
		}
	}
	if r.Coupon != nil {
		sums[engine.LevelCredit] += r.Coupon.Amount
	}
	l := r.Levels()
	if sums[engine.LevelItem] != l.Item || sums[engine.LevelOrder] != l.Order || sums[engine.LevelDelivery] != l.Delivery || sums[engine.LevelCredit] != l.Credit {
		t.Fatalf("offers %v, levels %+v", sums, l)
	}
}

// checkPlaces lays what each offer took off over the units of each line: piece
// by piece that is what the line says, but for the coupon.
func checkPlaces(t *rapid.T, r engine.Result) {
	for i, l := range r.Lines {
		left, known := l.Discount(), r.Coupon == nil
		offs := map[int64]engine.Minor{} // by the unit from which on so much more is taken
		for _, a := range r.Applied {
			for _, c := range a.Lines {
				if c.Line != i {
					continue
				}
				left -= c.Amount
				known = known && c.First >= 0
				addSteps(offs, c.First, c.Runs)
			}
		}
		if left < 0 || r.Coupon == nil && left != 0 {
			t.Fatalf("line %d: %d of %d is not told", i, left, l.Discount())
		}
		addSteps(offs, 0, negative(l.Runs))
		for unit, off := range offs {
			if known && off != 0 {
				t.Fatalf("line %d: from unit %d on %d more is taken than told: %+v", i, unit, off, r)
			}
		}
	}
}

func addSteps(offs map[int64]engine.Minor, at int64, runs []engine.Run) {
	for _, run := range runs {
		offs[at] += run.Off
		at += run.Units
		offs[at] -= run.Off
	}
}

func negative(runs []engine.Run) []engine.Run {
	var out []engine.Run
	for _, r := range runs {
		out = append(out, engine.Run{Units: r.Units, Off: -r.Off})
	}
	return out
}

// The same sale costs the same whatever the order of lines and offers. An odd
// minor unit falls on the earlier of equal lines, and a later offer may look at
// one of them alone: so with the lines turned there may be minor units between
// the two, and no more.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, f, offers := drawBasket(t), drawFacts(t), drawOffers(t, 5, lawKinds)
		one := price(t, b, offers, f)
		if again := price(t, b, offers, f); !reflect.DeepEqual(one, again) {
			t.Fatalf("not the same twice:\n%+v\n%+v", one, again)
		}
		mix := rand.New(rand.NewSource(int64(rapid.Int().Draw(t, "seed"))))
		mixed := append([]engine.Offer(nil), offers...)
		mix.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if two := price(t, b, mixed, f); !reflect.DeepEqual(one, two) {
			t.Fatalf("offers in another order:\n%+v\n%+v", one, two)
		}
		turned := b
		turned.Lines = append([]engine.Line(nil), b.Lines...)
		mix.Shuffle(len(turned.Lines), func(i, j int) { turned.Lines[i], turned.Lines[j] = turned.Lines[j], turned.Lines[i] })
		two := price(t, turned, offers, f)
		if d := payable(two) - payable(one); !oddChoice(offers, f) && max(d, -d) > oddUnits(b, f, one, two) {
			t.Fatalf("lines in another order: %d, then %d", payable(one), payable(two))
		}
	})
}

// oddUnits is how many minor units may fall on other lines when these are
// turned: for each offer one for every two lines, for each bundle one for every
// two of its units; and then the coupon may take a step less.
func oddUnits(b engine.Basket, f engine.Facts, results ...engine.Result) engine.Minor {
	var n int64
	for _, r := range results {
		for _, a := range r.Applied {
			n += int64(len(b.Lines)+1) / 2
			if a.Kind == engine.KindBundle {
				n += a.Units
			}
		}
	}
	if f.Coupon != nil {
		return engine.Minor(n) + f.Store.Step
	}
	return engine.Minor(n)
}

// oddChoice tells whether an offer chooses units of which one may cost a minor
// unit less than its equals, by the order of the lines: then it may be another
// one, and what comes after it may make a difference of that.
func oddChoice(offers []engine.Offer, f engine.Facts) bool {
	for _, a := range offers {
		if a.Kind.PhaseOf() == engine.PhaseCredit && picks(a) && f.Coupon != nil {
			return true
		}
		for _, b := range offers {
			first, then := a.Kind.PhaseOf(), b.Kind.PhaseOf()
			before := first < then || first == then && first != engine.PhaseSet && a.ID != b.ID
			if before && spreads(a) && picks(b) {
				return true
			}
		}
	}
	return false
}

// spreads tells whether an offer spreads an amount over several lines.
func spreads(o engine.Offer) bool {
	switch o.Kind {
	case engine.KindItemAcross, engine.KindBundle, engine.KindOrderPercent, engine.KindOrderFixed, engine.KindOrderPrice:
		return true
	}
	return o.Caps.Discount > 0 || o.Limits.Budget > 0
}

// picks tells whether an offer chooses units by what they cost.
func picks(o engine.Offer) bool {
	return o.Kind.PhaseOf() == engine.PhaseSet || o.Pick.Units > 0 || o.Limits.Units > 0
}

// One more offer never makes the customer pay more.
func TestAnotherOfferNeverCostsTheCustomer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, f, offers := drawBasket(t), drawFacts(t), drawOffers(t, 5, lawKinds)
		more := append(append([]engine.Offer(nil), offers...), drawOffer(t, len(offers), lawKinds))
		before, after := price(t, b, offers, f), price(t, b, more, f)
		if payable(after) > payable(before) {
			t.Fatalf("%d before, %d after %+v\nwith %+v", payable(before), payable(after), more[len(offers)], offers)
		}
	})
}

// What an offer takes is exactly what it says, of what the others left: not a
// minor unit is lost by spreading it, and what floors keep from some lines the
// others bear.
func TestAmountsAreTakenExactly(t *testing.T) {
	spreading := []engine.Kind{engine.KindOrderFixed, engine.KindOrderPercent, engine.KindOrderPrice, engine.KindCreditFixed, engine.KindCreditPercent}
	rapid.Check(t, func(t *rapid.T) {
		b, offers := drawBasket(t), drawOffers(t, 3, lawKinds[:13])
		for i := range offers {
			offers[i].Stack = engine.Stacking{}
		}
		last := engine.Offer{Title: "Last", Created: 99, Kind: rapid.SampledFrom(spreading).Draw(t, "last"), Stack: engine.Stacking{Sequence: 1}}
		last.ID[0], last.Cut = 9, drawCutOf(t, last.Kind)
		f := engine.Facts{Bound: 1} // nothing is left out
		before, after := price(t, b, offers, f), price(t, b, append(offers, last), f)
		var running, room engine.Minor
		for i, l := range before.Lines {
			if _, floor := piece(b.Lines[i]); !b.Lines[i].NoDiscount {
				running += l.Net
				room += max(0, l.Net-floor*engine.Minor(b.Lines[i].Units))
			}
		}
		want := last.Cut.Amount
		switch last.Cut.By {
		case engine.ByPercent:
			want = (running*engine.Minor(last.Cut.Percent) + 5000) / 10000
		case engine.ByPrice:
			want = max(0, running-want)
		}
		if got := before.Net - after.Net; got != min(want, room) {
			t.Fatalf("%s took %d, not %d (at most %d): %+v", last.Kind, got, want, room, last.Cut)
		}
	})
}

// A gift is outside every sum and count: with it, the sale is what it was.
func TestAGiftCountsForNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kinds := lawKinds[:9]
		b, f, offers := drawBasket(t), drawFacts(t), drawOffers(t, 4, kinds)
		for i := range offers {
			offers[i].Stack.Exclusive = false
		}
		gift := engine.Offer{Title: "Gift", Created: 99, Kind: engine.KindGift, Gift: engine.Gift{SKU: "S0", Name: "More", Units: 3, Value: 700}}
		gift.ID[0] = 9
		one, two := price(t, b, offers, f), price(t, b, append(offers[:len(offers):len(offers)], gift), f)
		if len(two.Gifts) != 1 || two.Gifts[0].Units != 3 {
			t.Fatalf("gifts %+v", two.Gifts)
		}
		if one.Due != two.Due || one.Gross != two.Gross || !reflect.DeepEqual(one.Lines, two.Lines) {
			t.Fatalf("the gift changed the sale: %+v, %+v", one, two)
		}
	})
}

// All of it free is exactly zero, however the rest was discounted before.
func TestAllOffIsZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, f, offers := drawBasket(t), drawFacts(t), drawOffers(t, 3, lawKinds)
		for i := range b.Lines {
			b.Lines[i].Floor, b.Lines[i].NoDiscount = 0, false
		}
		for i := range offers {
			offers[i].Stack.Exclusive = false
		}
		free := engine.Offer{Title: "Free", Created: 99, Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 10000}}
		free.ID[0] = 9
		if r := price(t, b, append(offers, free), f); r.Net != 0 {
			t.Fatalf("%d is left", r.Net)
		}
	})
}
