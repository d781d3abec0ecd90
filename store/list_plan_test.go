package store

import (
	"regexp"
	"strings"
	"testing"

	"bounceback/engine"
)

// TestListPlans reads the plan of every combination of filters and sees that
// the narrowest index is walked.
func TestListPlans(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	s := newShop(t, "")
	for q := range listStatements() {
		for _, fault := range planFaults(t, s.writer.db, q) {
			t.Errorf("%s\n%s", fault, q)
		}
		plan := strings.Join(explainPlan(t, s.writer.db, q), "\n")
		if want := indexFor(string(q)); !regexp.MustCompile(`SEARCH [xc] USING (INDEX )?` + want).MatchString(plan) {
			t.Errorf("does not walk %s:\n%s\n%s", want, q, plan)
		}
	}
}

// indexFor is the index that leaves the fewest rows of a list to look at.
func indexFor(q string) string {
	for _, c := range []struct{ condition, index string }{
		{"c.code_hash = ", "coupon_by_code"},
		{"x.reference = ", "sale_by_reference"},
		{"c.id IN (", `(PRIMARY KEY|coupon_by_customer|coupon_rare) \(.*id=\?\)`},
		{"c.customer_id = $", "coupon_by_customer"},
		{"x.customer_id = $", "sale_by_customer"},
		{"IN ('reserved', 'voided')", "coupon_rare"},
	} {
		if strings.Contains(q, c.condition) {
			return c.index
		}
	}
	return "PRIMARY KEY"
}

// listStatements builds the statement of every combination of filters of the
// lists of sales and coupons.
func listStatements() map[statement]bool {
	all := map[statement]bool{}
	one := engine.ID{6: 0x70, 15: 1}
	st := engine.Store{ID: one, Timezone: "America/Sao_Paulo"}
	for n := range 1 << 7 {
		f := engine.Filter{}
		if n&1 != 0 {
			f.CustomerID = one
		}
		if n&2 != 0 {
			f.CampaignID = one
		}
		if n&4 != 0 {
			f.StaffID = one
		}
		if n&64 != 0 {
			f.RegisterID, f.Source, f.Ad = one, "web", "spring"
		}
		role := engine.Owner
		if n&8 != 0 {
			role = engine.Salesperson
		}
		a := engine.Actor{StoreID: one, StaffID: one, Role: role}
		addSales(all, a, st, f, n&16 != 0, n&32 != 0)
		addCoupons(all, a, st, f, n&16 != 0, n&32 != 0)
	}
	return all
}

func addSales(all map[statement]bool, a engine.Actor, st engine.Store, f engine.Filter, dated, search bool) {
	if dated {
		f.From = 20_000
	}
	if search {
		f.Search = "NF-1"
	}
	for _, state := range []engine.SaleState{"", engine.SaleVoided, engine.SalesKept, engine.SalesRedeeming} {
		f.State = string(state)
		q, err := salesQuery(a, st, f)
		if err != nil {
			panic(err)
		}
		text, _ := q.statement(engine.DefaultPage)
		all[text] = true
	}
}

func addCoupons(all map[statement]bool, a engine.Actor, st engine.Store, f engine.Filter, ofSale, search bool) {
	var by couponMarks
	if search {
		by.code = []byte{1}
	}
	if ofSale {
		f.SaleID = a.StoreID
	}
	for _, state := range []engine.CouponState{
		"", engine.CouponPending, engine.CouponActive, engine.CouponReserved, engine.CouponRedeemed, engine.CouponExpired,
		engine.CouponVoided, engine.CouponsKept,
	} {
		f.EndTo = f.From
		f.State = string(state)
		q, err := couponsQuery(a, st, f, by)
		if err != nil {
			panic(err)
		}
		text, _ := q.statement(engine.DefaultPage)
		all[text] = true
	}
}
