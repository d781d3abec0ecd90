package engine

import "testing"

// Where groups of a bundle overlap, units go where they let most bundles be
// made that save something, in whatever order the lines come.
func TestOverlappingGroups(t *testing.T) {
	ab, a, any2 := Group{Of: of("a", "b"), Units: 1}, Group{Of: of("a"), Units: 1}, Group{Units: 2}
	for _, c := range []struct {
		name   string
		lines  []Line
		offer  Offer
		saved  Minor
		bundle int64
	}{
		{"dear units only one group can use", []Line{goods("a", 2, 1000), goods("b", 2, 500)}, bundle(offAmount(100), ab, a), 200, 2},
		{"fewer bundles that save more", []Line{goods("a", 2, 1000), goods("b", 2, 500)}, bundle(forPrice(1200), ab, a), 800, 1},
		{"cheap ones only one can use", []Line{goods("a", 2, 500), goods("b", 2, 1000)}, bundle(forPrice(1200), ab, a), 600, 2},
		{"a group of all", []Line{goods("a", 2, 500), goods("b", 2, 500), goods("c", 2, 900)}, bundle(offAmount(10), any2, a), 20, 2},
		{"none to spare", []Line{goods("a", 1, 500), goods("c", 5, 900)}, bundle(offAmount(10), any2, a), 10, 1},
	} {
		for range 2 {
			r := sell(t, basketOf(c.lines...), Facts{}, c.offer)
			if r.Discount != c.saved || timesOf(r) != c.bundle {
				t.Errorf("%s: %d saved by %d", c.name, r.Discount, timesOf(r))
			}
			for i, j := 0, len(c.lines)-1; i < j; i, j = i+1, j-1 {
				c.lines[i], c.lines[j] = c.lines[j], c.lines[i]
			}
		}
	}
}

// With very many ways of fitting groups bundles are put together one by one.
func TestManyOverlappingGroups(t *testing.T) {
	var lines []Line
	var groups []Group
	for i := range 12 {
		groups = append(groups, Group{Of: Goods{Tag: []string{string(rune('a' + i))}}, Units: 1})
		for j := range 3 {
			l := goods(string(rune('a'+i))+string(rune('a'+j)), 1, Minor(100+i))
			l.Tags = []string{string(rune('a' + i)), string(rune('a' + (i+j)%12))}
			lines = append(lines, l)
		}
	}
	r := sell(t, basketOf(lines...), Facts{}, bundle(offAmount(120), groups...))
	if timesOf(r) != 3 || r.Discount != 360 {
		t.Errorf("%d times, %d off", timesOf(r), r.Discount)
	}
}

// Which of two equal prices is chosen does not depend on the order in which
// they were rung up.
func TestEqualPricesInAnyOrder(t *testing.T) {
	offers := func() []Offer {
		return []Offer{nth(2, free), with(order(KindOrderPercent, Cut{Percent: 5000}), func(o *Offer) { o.Target = of("b") })}
	}
	one := sell(t, basketOf(goods("a", 1, 500), goods("b", 1, 500)), Facts{}, offers()...)
	two := sell(t, basketOf(goods("b", 1, 500), goods("a", 1, 500)), Facts{}, offers()...)
	if one.Due != 500 || one.Due != two.Due {
		t.Errorf("%d, then %d", one.Due, two.Due)
	}
}
