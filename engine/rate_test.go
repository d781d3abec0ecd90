package engine

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// near tells whether two statistics agree to so many decimals.
func near(got, want float64, decimals int) bool {
	return math.Abs(got-want) <= 0.5000001*math.Pow10(-decimals)
}

// Table I of Newcombe, Stat. Med. 17 (1998) 857–872, method 3.
func TestWilsonAsPublished(t *testing.T) {
	for _, c := range []struct {
		p         Proportion
		low, high float64
	}{
		{Proportion{81, 263}, 0.2553, 0.3662},
		{Proportion{15, 148}, 0.0624, 0.1605},
		{Proportion{0, 20}, 0, 0.1611},
		{Proportion{1, 29}, 0.0061, 0.1718},
		{Proportion{29, 29}, 0.8830, 1},
	} {
		if i := c.p.Wilson(); !near(i.Low, c.low, 4) || !near(i.High, c.high, 4) {
			t.Errorf("%v: %.4f to %.4f, published %.4f to %.4f", c.p, i.Low, i.High, c.low, c.high)
		}
	}
}

// Table II of Newcombe, Stat. Med. 17 (1998) 873–890, method 10.
func TestNewcombeAsPublished(t *testing.T) {
	for _, c := range []struct {
		p, q      Proportion
		low, high float64
	}{
		{Proportion{56, 70}, Proportion{48, 80}, 0.0524, 0.3339},
		{Proportion{9, 10}, Proportion{3, 10}, 0.1705, 0.8090},
		{Proportion{6, 7}, Proportion{2, 7}, 0.0582, 0.8062},
		{Proportion{5, 56}, Proportion{0, 29}, -0.0381, 0.1926},
		{Proportion{0, 10}, Proportion{0, 20}, -0.1611, 0.2775},
		{Proportion{0, 10}, Proportion{0, 10}, -0.2775, 0.2775},
		{Proportion{10, 10}, Proportion{0, 20}, 0.6791, 1},
		{Proportion{10, 10}, Proportion{0, 10}, 0.6075, 1},
	} {
		d := c.p.Minus(c.q)
		if !near(d.Low, c.low, 4) || !near(d.High, c.high, 4) {
			t.Errorf("%v − %v: %.4f to %.4f, published %.4f to %.4f", c.p, c.q, d.Low, d.High, c.low, c.high)
		}
		if want := float64(c.p.Hits)/float64(c.p.Of) - float64(c.q.Hits)/float64(c.q.Of); d.Value != want {
			t.Errorf("%v − %v is %v, not %v", c.p, c.q, d.Value, want)
		}
	}
}

func TestNothingKnown(t *testing.T) {
	for _, p := range []Proportion{{}, {0, -1}, {3, 2}, {-1, 2}, {1, 0}} {
		if p.Known() || p.Rate() != 0 || p.BP() != 0 || p.Wilson() != (Interval{0, 1}) {
			t.Errorf("%v: known %v, rate %v, %v, %v", p, p.Known(), p.Rate(), p.BP(), p.Wilson())
		}
		for _, d := range []Estimate{p.Minus(Proportion{1, 2}), Proportion{1, 2}.Minus(p)} {
			if d != (Estimate{0, Interval{-1, 1}}) {
				t.Errorf("%v against 1 of 2: %v", p, d)
			}
		}
	}
}

func TestRatesInBasisPoints(t *testing.T) {
	if bp := (Proportion{1, 3}).BP(); bp != 3333 {
		t.Errorf("1 of 3 is %v", bp)
	}
	if bp := (Proportion{1, 8000}).BP(); bp != 1 { // 1.25
		t.Errorf("1 of 8000 is %v", bp)
	}
	if bp := (Proportion{1, 20000}).BP(); bp != 1 { // exactly half
		t.Errorf("1 of 20000 is %v", bp)
	}
	d := Proportion{9, 10}.Minus(Proportion{3, 10})
	if low, high := d.BP(); d.ValueBP() != 6000 || low != 1705 || high != 8090 {
		t.Errorf("%v [%v, %v]", d.ValueBP(), low, high)
	}
	if back := (Proportion{3, 10}).Minus(Proportion{9, 10}); back.ValueBP() != -6000 {
		t.Errorf("the other way %v", back.ValueBP())
	}
}

func anyProportion() *rapid.Generator[Proportion] {
	return rapid.Custom(func(t *rapid.T) Proportion {
		of := rapid.OneOf(rapid.Int64Range(1, 30), rapid.Int64Range(1, 1e9)).Draw(t, "of")
		return Proportion{rapid.Int64Range(0, of).Draw(t, "hits"), of}
	})
}

// A score interval is by definition all rates that the test with the rate's own
// standard error does not reject; searching for where it begins to needs no
// formula of its ends.
func TestWilsonInvertsTheScoreTest(t *testing.T) {
	rejected := func(p Proportion, rate float64) bool {
		d := float64(p.Hits)/float64(p.Of) - rate
		return d*d > z95*z95*rate*(1-rate)/float64(p.Of)
	}
	edge := func(p Proportion, in, out float64) float64 {
		for range 100 {
			if middle := (in + out) / 2; rejected(p, middle) {
				out = middle
			} else {
				in = middle
			}
		}
		return in
	}
	rapid.Check(t, func(t *rapid.T) {
		p := anyProportion().Draw(t, "p")
		i := p.Wilson()
		low, high := edge(p, p.Rate(), 0), edge(p, p.Rate(), 1)
		if math.Abs(i.Low-low) > 1e-7 || math.Abs(i.High-high) > 1e-7 {
			t.Fatalf("%v: %v, by search %v to %v", p, i, low, high)
		}
	})
}

func TestIntervalsAreSane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := anyProportion().Draw(t, "p"), anyProportion().Draw(t, "q")
		if i := p.Wilson(); !i.Holds(p.Rate()) || i.Low < 0 || i.High > 1 {
			t.Fatalf("%v: %v", p, i)
		}
		d, back := p.Minus(q), q.Minus(p)
		if !d.Holds(d.Value) || d.Low < -1 || d.High > 1 {
			t.Fatalf("%v − %v: %v", p, q, d)
		}
		if math.Abs(d.Low+back.High) > 1e-12 || math.Abs(d.High+back.Low) > 1e-12 || d.Value != -back.Value {
			t.Fatalf("%v is not the other way round %v", d, back)
		}
		more := Proportion{p.Hits * 10, p.Of * 10}.Minus(Proportion{q.Hits * 10, q.Of * 10})
		if more.High-more.Low >= d.High-d.Low {
			t.Fatalf("ten times the customers say less: %v, %v", d, more)
		}
	})
}
