package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
)

// TestTwoProcessesSumTheirTills sells at two tills of two processes in the same
// hours, while this one looks on.
func TestTwoProcessesSumTheirTills(t *testing.T) {
	s := openTill(t)
	s.now.Store(time.Now().UnixMilli())
	one, two := startChild(t, s.path, "Till 2"), startChild(t, s.path, "Till 3")
	defer one.end()
	defer two.end()
	const each = 25
	for n := range each {
		one.sell(engine.Draft{Amount: 100_00, Reference: fmt.Sprint("A", n), RefTyped: true})
		two.sell(engine.Draft{Amount: 50_00})
		if err := s.RaiseAlerts(bg); err != nil {
			t.Fatal(err)
		}
	}
	for range each {
		for _, till := range []*child{one, two} {
			if line := till.line(); !strings.HasPrefix(line, "sale ") {
				t.Fatal(line)
			}
		}
	}
	r, err := s.Watch(bg, s.actor, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]engine.TillCounts{}
	for _, row := range r.Registers {
		byName[row.Name] = row.TillCounts
	}
	if c := byName["Till 2"]; c.Sales != each || c.Net != each*100_00 || c.TypedRefs != each || c.Issued != each {
		t.Errorf("Till 2: %+v", c)
	}
	if c := byName["Till 3"]; c.Sales != each || c.Net != each*50_00 || c.NoRefs != each {
		t.Errorf("Till 3: %+v", c)
	}
	s.sound()
}
