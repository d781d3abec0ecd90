package report

import (
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/words"
)

func penOf(t *testing.T, lang string) Pen {
	t.Helper()
	w, err := words.For(lang)
	if err != nil {
		t.Fatal(err)
	}
	st, err := engine.NewStore("Casa Azul", "BR")
	if err != nil {
		t.Fatal(err)
	}
	f, err := words.NewFormat(w, st.Country, st.Currency, st.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return Pen{Words: w, Format: f, Store: st, Today: 20_800}
}

// compared is a comparison of so many customers.
func compared(treated, control engine.Proportion, change func(*engine.Comparison)) engine.Comparison {
	c := engine.Comparison{
		Campaign: "Spring", Share: 1000, Since: 20_700,
		Counts: engine.ControlCounts{Treated: treated, Control: control, Held: 1000, Days: 90, Cost: 13_950_00, Least: 200},
	}
	if change != nil {
		change(&c)
	}
	c.Report = c.Counts.Report()
	return c
}

func TestControlSaysIt(t *testing.T) {
	many, few := engine.Proportion{Hits: 1170, Of: 9000}, engine.Proportion{Hits: 80, Of: 1000}
	for name, c := range map[string]struct {
		of   engine.Comparison
		says []string
		not  []string
	}{
		"brings back early": {
			compared(many, few, nil),
			[]string{"Because of the coupon: +5 points, +1,9 to +7,5.", "The planned number of customers is not reached yet", "about 450 extra sales ["},
			[]string{"95 % certainty", "Too early"},
		},
		"brings back": {
			compared(many, few, func(c *engine.Comparison) { c.Counts.Least = 400 }),
			[]string{
				"Spring: 10 % of customers get no coupon", "Because of the coupon: +5 points. Of 100 customers that many more come back; with 95 % certainty +3 to +6,7.",
				"about 450 extra sales [273 to 601]. Each extra sale cost R$ 31,00 [R$ 23,19 to R$ 51,12].",
				"with coupons      9.000       1.170     13 %  12,3 % to 13,7 %", "held back      8 %  ####",
			},
			[]string{"Too early", "difference of", "counts later", "planned number"},
		},
		"too few": {
			compared(engine.Proportion{Hits: 103, Of: 800}, engine.Proportion{Hits: 8, Of: 100}, func(c *engine.Comparison) { c.Counts.Days = 10 }),
			[]string{"Too early to tell: +4,9 points so far, and it may still be −", "Whoever looks at such figures again and again", "To be sure of a difference of 2 points takes about", "more customers: some 33 weeks at this pace."},
			[]string{"extra sale", "certainty"},
		},
		"too few for years": {
			compared(engine.Proportion{Hits: 103, Of: 800}, engine.Proportion{Hits: 8, Of: 100}, nil),
			[]string{"more than five years"},
			[]string{"months", "at this pace."},
		},
		"paused": {
			compared(engine.Proportion{Hits: 103, Of: 800}, engine.Proportion{Hits: 8, Of: 100}, func(c *engine.Comparison) { c.Counts.Days, c.Share = 0, 0 }),
			[]string{"To be sure of a difference of 2 points takes about", "more customers.", "nobody is held back any more"},
			[]string{"pace"},
		},
		"never": {
			compared(engine.Proportion{Hits: 1, Of: 8}, engine.Proportion{Hits: 0, Of: 1}, func(c *engine.Comparison) { c.Counts.Held, c.Counts.Least = 1, 1 }),
			[]string{"will never show"},
			nil,
		},
		"no effect": {
			compared(engine.Proportion{Hits: 4000, Of: 40000}, engine.Proportion{Hits: 1000, Of: 10000}, nil),
			[]string{"no difference that could not be chance: 0 points; with 95 % certainty −"},
			[]string{"Each extra sale", "more customers"},
		},
		"keeps away": {
			compared(engine.Proportion{Hits: 40, Of: 1000}, engine.Proportion{Hits: 60, Of: 400}, nil),
			[]string{"With the coupon fewer customers come back: −11 points, −17,3 to −5,9. The planned number"},
			[]string{"Each extra sale"},
		},
		"one group": {
			compared(engine.Proportion{Hits: 1, Of: 8}, engine.Proportion{}, nil),
			[]string{"Only one of the two groups", "held back             0           0        –  –"},
			[]string{"####"},
		},
		"nobody": {compared(engine.Proportion{}, engine.Proportion{}, nil), []string{"No customer has taken part"}, []string{"Group"}},
		"running": {
			compared(engine.Proportion{}, engine.Proportion{}, func(c *engine.Comparison) { c.Running = engine.Running{Treated: 9, Held: 1, Last: 20_845} }),
			[]string{"Nothing can be said yet", "10 more customers still have time and count later, the last of them from 27/01/2027 on."},
			[]string{"Group"},
		},
	} {
		for _, lang := range []string{"en", "pt-BR"} {
			var out strings.Builder
			if err := WriteText(&out, penOf(t, lang).Control([]engine.Comparison{c.of}, 0, 0)); err != nil {
				t.Fatal(err)
			}
			said := out.String()
			if strings.ContainsAny(said, "{}⟦") {
				t.Errorf("%s: a hole in %s", name, said)
			}
			if lang != "en" {
				continue
			}
			for _, w := range c.says {
				if !strings.Contains(said, w) {
					t.Errorf("%s does not say %q:\n%s", name, w, said)
				}
			}
			for _, w := range c.not {
				if strings.Contains(said, w) {
					t.Errorf("%s says %q:\n%s", name, w, said)
				}
			}
		}
	}
}
