package store

import (
	"fmt"
	"testing"
	"time"

	"bounceback/engine"
)

// upheaval is a shop in which, besides all that sliceLaw does, two processes
// sell in turn, share and labels of the campaign change, customers are erased,
// sales are sent again and the time zone is corrected.
type upheaval struct {
	*sliceLaw
	other *DB
}

func (u *upheaval) step() {
	if u.random.IntN(3) == 0 {
		u.DB, u.other = u.other, u.DB
	}
	switch n := u.random.IntN(30); {
	case n < 2:
		u.change()
	case n == 2:
		u.move()
	case n == 3:
		u.forget()
	case n == 4:
		u.again()
	default:
		u.sliceLaw.step()
	}
	u.wait(1 + u.random.Int64N(time.Minute.Milliseconds()))
}

// change sets the campaign's share and labels anew.
func (u *upheaval) change() {
	page, err := u.Campaigns(bgc, u.owner, engine.Filter{})
	u.ok(err)
	c := pick(u.random, page.Items...)
	c.Holdback, c.Source, c.Ad = pick[engine.BP](u.random, 0, 2500, 5000, 5000), pick(u.random, "", "radio", "x"), pick(u.random, "", "y")
	_, err = u.SaveCampaign(bgc, u.owner, c)
	u.ok(err)
}

func (u *upheaval) move() {
	u.store.Timezone = pick(u.random, "America/Sao_Paulo", "Pacific/Auckland", "America/Anchorage", "UTC")
	var err error
	u.store, err = u.SaveStore(bgc, u.owner, u.store)
	u.ok(err)
}

func (u *upheaval) forget() {
	if len(u.sold) > 0 {
		if c := pick(u.random, u.sold...).Sale.CustomerID; !c.IsZero() {
			u.may(u.ForgetCustomer(bgc, u.owner, c, "asked"))
		}
	}
}

// again records one sale twice.
func (u *upheaval) again() {
	d := engine.Draft{
		Amount: 90_00, Key: fmt.Sprint("key ", u.clock()), Use: engine.UseBest,
		Customer: engine.CustomerRef{Phone: fmt.Sprintf("+551198765432%d", u.random.IntN(9))},
	}
	first, err := u.RecordSale(bgc, u.owner, d)
	u.ok(err)
	u.wait(days)
	second, err := u.other.RecordSale(bgc, u.owner, d)
	u.ok(err)
	if !second.Repeated || second.Sale.ID != first.Sale.ID {
		u.t.Errorf("%+v, again %+v", first.Sale, second.Sale)
	}
}

// TestSumsSurviveUpheaval looks that every sum is still that of the rows.
func TestSumsSurviveUpheaval(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			u := &upheaval{sliceLaw: newSliceLaw(t, seed)}
			u.ok(u.flushing(bgc, "OFF"))
			other, err := Open(bgc, u.path, Options{Clock: u.clock})
			u.ok(err)
			u.other = other
			t.Cleanup(func() { _ = u.other.Close() })
			for i := range 300 {
				u.step()
				if i%30 == 29 {
					u.sound()
					if t.Failed() {
						t.Fatal("at step", i)
					}
				}
			}
			u.compare()
			if n := u.count("SELECT count(*) FROM trial WHERE came > 0 OR cost > 0"); n == 0 {
				t.Error("the test proves little")
			}
		})
	}
}
