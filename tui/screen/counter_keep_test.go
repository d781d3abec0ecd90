package screen

import (
	"testing"

	"bounceback/engine"
)

func TestKeptIsJoined(t *testing.T) {
	first := &Kept{carts: []cart{{key: "a"}, {key: "b"}}, sold: &sold{who: "Maria"}}
	second := &Kept{carts: []cart{{key: "c"}}}
	all := first.Join(second)
	if len(all.carts) != 3 || all.carts[0].key != "a" || all.carts[2].key != "c" || all.sold != first.sold {
		t.Errorf("%+v", all)
	}
	if len(first.carts) != 2 {
		t.Error("joining changed what was joined")
	}
	var none *Kept
	if none.Join(second) != second || second.Join(nil) != second || none.Join(nil) != nil {
		t.Error("nothing and something is not the something")
	}
}

func TestKeepingACounter(t *testing.T) {
	key := ""
	c := &Counter{gear: Gear{NewKey: func() string { key += "k"; return key }}}
	c.cart = c.newCart()
	if got := c.Keep(); got != nil {
		t.Errorf("nothing rung up is kept: %+v", got)
	}
	c.cart.amount = engine.Minor(180_00)
	c.parked = []cart{{key: "aside", amount: 1}}
	if got := c.Keep(); len(got.carts) != 2 || got.carts[0].unknown || got.carts[0].key != c.cart.key || got.carts[1].key != "aside" {
		t.Errorf("%+v", got)
	}
	c.recording = true // the answer never came
	if got := c.Keep(); !got.carts[0].unknown || got.carts[0].key != c.cart.key {
		t.Errorf("a sale under way: %+v", got)
	}
}
