package store

import "bounceback/engine"

// declareLists builds the statement of every combination of filters of the
// lists of sales and coupons, so that the test of query plans reads them all.
func declareLists() {
	one := engine.ID{6: 0x70, 15: 1}
	st := engine.Store{ID: one, Timezone: "America/Sao_Paulo"}
	for n := range 1 << 6 {
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
		role := engine.Owner
		if n&8 != 0 {
			role = engine.Salesperson
		}
		a := engine.Actor{StoreID: one, StaffID: one, Role: role}
		declareSales(a, st, f, n&16 != 0, n&32 != 0)
		declareCoupons(a, st, f, n&16 != 0, n&32 != 0)
	}
}

func declareSales(a engine.Actor, st engine.Store, f engine.Filter, dated, search bool) {
	if dated {
		f.From = 20_000
	}
	if search {
		f.Search = "NF-1"
	}
	for _, state := range []engine.SaleState{"", engine.SaleVoided} {
		f.State = string(state)
		q, err := salesQuery(a, st, f)
		if err != nil {
			panic(err)
		}
		q.statement(engine.DefaultPage)
	}
}

func declareCoupons(a engine.Actor, st engine.Store, f engine.Filter, ofSale, search bool) {
	var by couponMarks
	if search {
		by.code = []byte{1}
	}
	if ofSale {
		f.SaleID = a.StoreID
	}
	for _, state := range []engine.CouponState{
		"", engine.CouponPending, engine.CouponActive, engine.CouponReserved, engine.CouponRedeemed, engine.CouponExpired,
		engine.CouponVoided,
	} {
		f.State = string(state)
		q, err := couponsQuery(a, st, f, by)
		if err != nil {
			panic(err)
		}
		q.statement(engine.DefaultPage)
	}
}
