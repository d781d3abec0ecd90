package engine

import "testing"

func TestTellsCount(t *testing.T) {
	for _, c := range []struct {
		now, before int64
		want        bool
	}{{15, 8, false}, {8, 15, false}, {150, 80, true}, {80, 150, true}, {0, 0, false}, {4, 0, false}, {5, 0, true}, {0, 5, true}, {1000, 1000, false}} {
		if got := TellsCount(c.now, c.before); got != c.want {
			t.Errorf("%d after %d: %v", c.now, c.before, got)
		}
	}
}

func TestTellsAmount(t *testing.T) {
	for _, c := range []struct {
		now, before         Minor
		salesNow, salesBefo int64
		want                bool
	}{
		{842_10, 793_00, 9, 8, false},
		{2_000_00, 1_000_00, 20, 10, false},
		{2_000_00, 1_000_00, 200, 100, true},
		{1_000_00, 2_000_00, 100, 200, true},
		{1_000_00, 0, 10, 0, false},
		{0, 1_000_00, 0, 10, false},
	} {
		if got := TellsAmount(c.now, c.before, c.salesNow, c.salesBefo); got != c.want {
			t.Errorf("%d of %d after %d of %d: %v", c.now, c.salesNow, c.before, c.salesBefo, got)
		}
	}
}
