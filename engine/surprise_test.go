package engine

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// exactFisher adds the terms up as whole numbers.
func exactFisher(k, hits, group, all int64) float64 {
	sum := new(big.Int)
	for i := max(k, 0); i <= min(hits, group); i++ {
		sum.Add(sum, new(big.Int).Mul(new(big.Int).Binomial(hits, i), new(big.Int).Binomial(all-hits, group-i)))
	}
	f, _ := new(big.Rat).SetFrac(sum, new(big.Int).Binomial(all, group)).Float64()
	return f
}

func alike(got, want float64) bool { return math.Abs(got-want) <= 1e-10*want+1e-300 }

func TestFisherTailIsTheSumOfItsTerms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.Int64Range(1, 300).Draw(t, "all")
		hits := rapid.Int64Range(0, all).Draw(t, "hits")
		group := rapid.Int64Range(0, all).Draw(t, "group")
		k := rapid.Int64Range(-1, group+1).Draw(t, "k")
		got, want := FisherTail(k, hits, group, all), exactFisher(k, hits, group, all)
		if math.Abs(got-want) > 1e-9*want+1e-11 {
			t.Errorf("got %g, want %g", got, want)
		}
	})
}

func TestTailsOfTheDocumentation(t *testing.T) {
	for name, c := range map[string]struct{ got, want float64 }{
		"tea":            {FisherTail(3, 4, 4, 8), 17. / 70},
		"poisson":        {PoissonTail(20, 10), 0.0034543419758567007},
		"poisson, below": {PoissonTail(3, 10), 1 - math.Exp(-10)*(1+10+50)},
		"unlike":         {Proportion{15, 200}.Unlike(Proportion{10, 600}), exactFisher(15, 25, 200, 800)},
		"no others":      {Proportion{15, 200}.Unlike(Proportion{}), 1},
		"far out":        {FisherTail(900, 1000, 1000, 9000), exactFisher(900, 1000, 1000, 9000)},
		"more than all":  {Proportion{15, 10}.Unlike(Proportion{0, 10}), exactFisher(15, 15, 15, 25)},
		"none asked":     {PoissonTail(0, 0), 1},
		"never":          {PoissonTail(1, 0), 0},
	} {
		if !alike(c.got, c.want) && c.got != c.want {
			t.Errorf("%s: %g, want %g", name, c.got, c.want)
		}
	}
}

func TestOddsAreBounded(t *testing.T) {
	for c, want := range map[chance]int64{0: MostOdds, 1e-12: MostOdds, .001: 100, .5: 1} {
		if got := c.odds(10); got != want {
			t.Errorf("chance %g in 10 tries: 1 in %d, want %d", float64(c), got, want)
		}
	}
}
