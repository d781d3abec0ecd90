package store

import (
	"testing"

	"bounceback/engine"
)

func TestTextsThatHideOrCommandAreRefused(t *testing.T) {
	s := newShop(t, "")
	for _, bad := range []string{"A\x1b[2J1", "A\u009b1", "A\u202e1", "A\u200b1", "A\n1"} {
		for field, d := range map[string]engine.Draft{
			"reference": {Reference: bad}, "source": {Source: bad}, "ad": {Ad: bad}, "channel": {Channel: bad}, "payment": {Payment: bad},
		} {
			d.Amount = 5000
			if _, err := s.RecordSale(bgc, s.owner, d); engine.CodeOf(err) != engine.CodeOddText {
				t.Errorf("%s %q: %v", field, bad, err)
			}
		}
		if _, err := s.Register(bgc, s.store.ID, bad, ""); engine.CodeOf(err) != engine.CodeRegisterName {
			t.Errorf("register %q: %v", bad, err)
		}
		sold := s.sell(s.owner, "+5511987654321", "Maria")
		if _, err := s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: sold.Sale.ID, Reason: bad}); engine.CodeOf(err) != engine.CodeOddText {
			t.Errorf("reason %q: %v", bad, err)
		}
	}
}
