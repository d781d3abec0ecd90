package engine

import "testing"

func TestSpanBefore(t *testing.T) {
	for _, c := range [][4]string{
		{"2026-11-01", "2026-11-20", "2026-10-01", "2026-10-20"},
		{"2026-11-01", "2026-11-30", "2026-10-01", "2026-10-31"},
		{"2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"},
		{"2026-03-01", "2026-03-30", "2026-02-01", "2026-02-28"},
		{"2026-01-01", "2026-01-01", "2025-12-01", "2025-12-01"},
		{"2026-11-10", "2026-11-12", "2026-11-07", "2026-11-09"},
		{"2026-10-01", "2026-11-30", "2026-08-01", "2026-09-30"},
	} {
		from, to := SpanBefore(parsed(t, c[0]), parsed(t, c[1]))
		if from.String() != c[2] || to.String() != c[3] {
			t.Errorf("before %s to %s come %s to %s, want %s to %s", c[0], c[1], from, to, c[2], c[3])
		}
	}
}

func TestSpanTo(t *testing.T) {
	today := parsed(t, "2026-11-20")
	for _, c := range []struct {
		from, to         Day
		wantFrom, wantTo string
	}{
		{0, 0, "2026-11-01", "2026-11-20"},
		{0, parsed(t, "2026-02-28"), "2026-02-01", "2026-02-28"},
		{parsed(t, "2026-09-09"), 0, "2026-09-09", "2026-11-20"},
		{parsed(t, "2026-12-09"), 0, "2026-12-09", "2026-12-09"},
	} {
		from, to := SpanTo(c.from, c.to, today)
		if from.String() != c.wantFrom || to.String() != c.wantTo {
			t.Errorf("%s to %s is %s to %s", c.from, c.to, from, to)
		}
	}
}

func parsed(t *testing.T, text string) Day {
	t.Helper()
	d, err := ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
