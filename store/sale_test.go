package store_test

import (
	"context"
	"strings"
	"testing"

	"bounceback/engine"
)

var bg = context.Background()

func TestSaleEarnsAndCouponComesBack(t *testing.T) {
	s := openTill(t)
	first := s.sell(toMaria(181_00))
	if first.Issued == nil || first.Issued.Face != 37_00 || first.Issued.MaxDiscount != 3000 {
		t.Fatalf("181.00 at 20 %% issued %+v, want a face of 37.00 at most 30 %%", first.Issued)
	}
	if got := first.Issued.LastDay.String(); got != "2027-01-04" {
		t.Errorf("last day %s, want 2027-01-04", got)
	}
	if first.Message == nil || !strings.Contains(first.Message.Body, engine.ShowCode(first.Issued.Code)) || first.Message.State != "queued" {
		t.Errorf("text %+v, want it queued with the code", first.Message)
	}
	s.at("2026-12-02 10:00:00.000")
	second := s.sell(redeeming(toMaria(250_00), first.Issued))
	if second.Sale.Discount != 37_00 || second.Sale.Net != 213_00 || second.Issued == nil || second.Issued.Face != 43_00 {
		t.Errorf("250.00 took %d, due %d, earned %+v; want 37.00, 213.00, 43.00", second.Sale.Discount, second.Sale.Net, second.Issued)
	}
	view, err := s.Customer(bg, s.actor, second.Sale.CustomerID)
	if err != nil || view.Customer.Visits != 2 || view.Customer.Spent != 394_00 || len(view.Coupons) != 1 || view.Coupons[0].Code != second.Issued.Code {
		t.Errorf("customer %+v, %v", view, err)
	}
	msg, err := s.Message(bg, s.actor, first.Message.ID)
	if err != nil || msg.State != "cancelled" {
		t.Errorf("text of the redeemed coupon is %s (%v), want cancelled", msg.State, err)
	}
	s.sound()
}

func TestRedeemedPartOfASale(t *testing.T) {
	cases := []struct{ gross, takes, due engine.Minor }{
		{100_00, 30_00, 70_00},
		{101_50, 31_00, 70_50}, // 30.45 rounded up to the step
		{250_00, 37_00, 213_00},
	}
	for _, c := range cases {
		s := openTill(t)
		coupon := s.sell(toMaria(181_00)).Issued
		got := s.sell(redeeming(toMaria(c.gross), coupon))
		if got.Sale.Discount != c.takes || got.Sale.Net != c.due || got.Redeemed.RedeemedMinor != c.takes {
			t.Errorf("on %d the coupon took %d, due %d; want %d, %d", c.gross, got.Sale.Discount, got.Sale.Net, c.takes, c.due)
		}
		s.sound()
	}
}

func TestCouponEndsWithItsLastDay(t *testing.T) {
	s := openTill(t)
	coupon := s.sell(toMaria(181_00)).Issued
	s.at("2027-01-05 00:00:00.000")
	_, err := s.RecordSale(bg, s.actor, redeeming(toMaria(100_00), coupon))
	s.refused(err, engine.CodeCouponExpired)
	s.at("2027-01-04 23:59:59.999")
	if got, err := s.RecordSale(bg, s.actor, redeeming(toMaria(100_00), coupon)); err != nil || got.Sale.Discount != 30_00 {
		t.Errorf("on its last millisecond: %+v, %v", got.Sale, err)
	}
}

func TestRefusedRedemptionsRecordNothing(t *testing.T) {
	s := openTill(t)
	coupon := s.sell(toMaria(181_00)).Issued
	s.sell(redeeming(toMaria(100_00), coupon))
	joao := engine.Draft{Customer: engine.CustomerRef{Phone: "+5511912345678"}, Amount: 50_00}
	held := s.sell(joao).Issued
	voided := s.sell(joao).Issued
	if _, err := s.VoidCoupon(bg, s.actor, voided.ID, "printed twice"); err != nil {
		t.Fatal(err)
	}
	before, err := s.Sales(bg, s.actor, engine.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	typo := []byte(held.Code)
	typo[2] = engine.Alphabet[(strings.IndexByte(engine.Alphabet, typo[2])+1)%32]
	cases := []struct {
		code string
		want engine.Code
	}{
		{coupon.Code, engine.CodeCouponRedeemed},
		{held.Code, engine.CodeCouponOthers},
		{voided.Code, engine.CodeCouponOthers},
		{string(typo), engine.CodeTypo},
		{engine.NewCode([7]byte{1, 2, 3, 4, 5, 6, 7}), engine.CodeCouponUnknown},
		{"hello", engine.CodeNoCode},
	}
	for _, c := range cases {
		_, err := s.RecordSale(bg, s.actor, engine.Draft{Customer: engine.CustomerRef{Phone: maria}, Amount: 10_00, Use: engine.UseCode, Code: c.code})
		s.refused(err, c.want)
	}
	after, err := s.Sales(bg, s.actor, engine.Filter{})
	if err != nil || len(after.Items) != len(before.Items) {
		t.Errorf("%d sales after refusals, want %d (%v)", len(after.Items), len(before.Items), err)
	}
	s.sound()
}

func TestBearerCoupon(t *testing.T) {
	s := openTill(t)
	first := s.sell(engine.Draft{Amount: 100_00})
	if first.Issued == nil || !first.Issued.CustomerID.IsZero() || first.Message != nil {
		t.Fatalf("sale without a customer gave %+v and text %+v", first.Issued, first.Message)
	}
	got := s.sell(redeeming(toMaria(100_00), first.Issued))
	if got.Sale.Discount != 20_00 {
		t.Errorf("bearer's coupon took %d, want 20.00", got.Sale.Discount)
	}
}

func TestSameKeyIsOneSale(t *testing.T) {
	s := openTill(t)
	d := toMaria(181_00)
	d.Key = "till-1-0001"
	first, again := s.sell(d), s.sell(d)
	if !again.Repeated || again.Sale.ID != first.Sale.ID || again.Issued == nil || again.Issued.Code != first.Issued.Code || again.Message == nil {
		t.Errorf("the same key gave %+v after %+v", again, first)
	}
	d.Amount = 180_00
	_, err := s.RecordSale(bg, s.actor, d)
	s.refused(err, engine.CodeKeyReused)
	s.sound()
}

func TestReferenceIsUnique(t *testing.T) {
	s := openTill(t)
	d := toMaria(181_00)
	d.Reference = "NF-1001"
	s.sell(d)
	_, err := s.RecordSale(bg, s.actor, d)
	s.refused(err, engine.CodeReferenceUsed)
	got, err := s.SaleByReference(bg, s.actor, "NF-1001")
	if err != nil || got.Gross != 181_00 {
		t.Errorf("by reference: %+v, %v", got, err)
	}
}

func TestBusinessDateWindow(t *testing.T) {
	s := openTill(t)
	today := s.store.Today(engine.Instant(s.now.Load()))
	for day, want := range map[engine.Day]engine.Code{today - 16: engine.CodeDateTooOld, today - 15: "", today + 1: "", today + 2: engine.CodeDateAhead} {
		d := toMaria(10_00)
		d.Business = day
		if _, err := s.RecordSale(bg, s.actor, d); engine.CodeOf(err) != want {
			t.Errorf("business date %s: %v, want %q", day, err, want)
		}
	}
	s.sound()
}

func TestClockThatWentBackAsks(t *testing.T) {
	s := openTill(t)
	s.sell(toMaria(10_00))
	s.at("2026-11-20 14:25:00.000")
	s.sell(toMaria(10_00))
	s.at("2026-11-19 14:25:00.000")
	d := toMaria(10_00)
	_, err := s.RecordSale(bg, s.actor, d)
	s.refused(err, engine.CodeClockBack)
	d.ClockConfirmed = true
	s.sell(d)
	s.sell(toMaria(10_00)) // asked once, not for ever
}

func TestVoidGivesEverythingBack(t *testing.T) {
	s := openTill(t)
	coupon := s.sell(toMaria(181_00)).Issued
	s.at("2026-11-25 10:00:00.000")
	second := s.sell(redeeming(toMaria(250_00), coupon))
	s.at("2026-11-25 10:05:00.000")
	got, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: second.Sale.ID, Reason: "wrong amount"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Refund != 213_00 || got.GivenBack == nil || got.VoidedCoupon == nil || got.Sale.State != engine.SaleVoided {
		t.Fatalf("void gave %+v", got)
	}
	if got.GivenBack.LastDay != coupon.LastDay || got.GivenBack.State != engine.CouponActive {
		t.Errorf("coupon came back as %+v, want active with its old last day", got.GivenBack)
	}
	_, err = s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: second.Sale.ID, Reason: "again"})
	s.refused(err, engine.CodeSaleVoided)
	s.at("2026-11-25 10:10:00.000")
	s.sell(redeeming(toMaria(250_00), coupon))
	_, history, err := s.Coupon(bg, s.actor, coupon.ID)
	kinds := []string{}
	for _, e := range history {
		kinds = append(kinds, e.Kind)
	}
	if want := "issued text redeemed given_back redeemed"; err != nil || strings.Join(kinds, " ") != want {
		t.Errorf("history %v (%v), want %s", kinds, err, want)
	}
	s.sound()
}

func TestVoidOfASpentEarning(t *testing.T) {
	for policy, want := range map[string]engine.Minor{"deduct": 181_00 - 37_00, "absorb": 181_00, "ask": 0} {
		s := openTill(t, func(st *engine.Store) { st.Settings = engine.Settings{engine.SetReturnSpent: policy} })
		first := s.sell(toMaria(181_00))
		s.sell(redeeming(toMaria(250_00), first.Issued))
		ask := engine.Reversal{SaleID: first.Sale.ID, Reason: "brought back"}
		seen, err := s.PreviewReturn(bg, s.actor, ask)
		if err != nil || seen.Asks != (policy == "ask") || seen.Spent != 37_00 {
			t.Errorf("%s: preview %+v, %v", policy, seen, err)
		}
		got, err := s.ReverseSale(bg, s.actor, ask)
		if policy == "ask" {
			s.refused(err, engine.CodeSpentAsk)
			ask.Spent = engine.SpentDeduct
			if seen, err = s.PreviewReturn(bg, s.actor, ask); err != nil || seen.Asks {
				t.Errorf("answered: preview %+v, %v", seen, err)
			}
			got, err = s.ReverseSale(bg, s.actor, ask)
			want = 181_00 - 37_00
		}
		if err != nil || got.Refund != want || seen.Payout() != want || seen.Deducted != got.Deducted {
			t.Errorf("%s: refund %d (%v), preview %+v, want %d", policy, got.Refund, err, seen, want)
		}
		s.sound()
	}
}

func TestPartialReturnsSumToWhatWasPaid(t *testing.T) {
	s := openTill(t)
	coupon := s.sell(toMaria(181_00)).Issued
	sale := s.sell(redeeming(toMaria(100_01), coupon))
	var back engine.Minor
	for _, part := range []engine.Minor{33_33, 33_33, 33_35} {
		got, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: sale.Sale.ID, Amount: part, Reason: "too small"})
		if err != nil {
			t.Fatal(err)
		}
		back += got.Refund
		s.sound()
	}
	if back != sale.Sale.Net {
		t.Errorf("refunds sum to %d, want %d", back, sale.Sale.Net)
	}
	got, err := s.Sale(bg, s.actor, sale.Sale.ID)
	if err != nil || got.State != engine.SaleReturned {
		t.Errorf("state %s (%v), want returned", got.State, err)
	}
	view, err := s.Customer(bg, s.actor, sale.Sale.CustomerID)
	if err != nil || len(view.Coupons) != 1 || view.Coupons[0].ID != coupon.ID {
		t.Errorf("after all came back the customer holds %+v (%v), want the redeemed coupon", view.Coupons, err)
	}
	_, err = s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: sale.Sale.ID, Amount: 1, Reason: "more"})
	s.refused(err, engine.CodeReturnTooMuch)
}

func TestPartialReturnLowersTheCoupon(t *testing.T) {
	s := openTill(t)
	sale := s.sell(toMaria(181_00))
	ask := engine.Reversal{SaleID: sale.Sale.ID, Amount: 81_00, Reason: "one too many", Key: "return-1"}
	got, err := s.ReverseSale(bg, s.actor, ask)
	if err != nil || got.Lowered == nil || got.Lowered.Face != 20_00 || got.Refund != 81_00 {
		t.Fatalf("return gave %+v, %v; want a face of 20.00", got, err)
	}
	again, err := s.ReverseSale(bg, s.actor, ask)
	if err != nil || again.Sale.Returned != 81_00 {
		t.Errorf("the same return twice took back %d (%v)", again.Sale.Returned, err)
	}
	s.sound()
}

func TestReservedAtAnotherTill(t *testing.T) {
	s := openTill(t)
	coupon := s.sell(toMaria(181_00)).Issued
	two := s.other("Till 2")
	if err := s.Reserve(bg, two, coupon.ID); err != nil {
		t.Fatal(err)
	}
	_, err := s.RecordSale(bg, s.actor, redeeming(toMaria(100_00), coupon))
	s.refused(err, engine.CodeCouponReserved)
	s.refused(s.Reserve(bg, s.actor, coupon.ID), engine.CodeCouponReserved)
	if err := s.Release(bg, two, coupon.ID); err != nil {
		t.Fatal(err)
	}
	s.sell(redeeming(toMaria(100_00), coupon))
	s.sound()
}

func TestReservationEndsByItself(t *testing.T) {
	s := openTill(t)
	coupon := s.sell(toMaria(181_00)).Issued
	if err := s.Reserve(bg, s.other("Till 2"), coupon.ID); err != nil {
		t.Fatal(err)
	}
	s.at("2026-11-20 14:40:00.001")
	s.sell(redeeming(toMaria(100_00), coupon))
}

func TestGuards(t *testing.T) {
	s := openTill(t, func(st *engine.Store) {
		st.Settings = engine.Settings{engine.SetPerCustomer: "1", engine.SetPerRegister: "2"}
	})
	var coupons []*engine.Coupon
	for range 3 {
		coupons = append(coupons, s.sell(toMaria(100_00)).Issued)
	}
	s.sell(redeeming(toMaria(100_00), coupons[0]))
	_, err := s.RecordSale(bg, s.actor, redeeming(toMaria(100_00), coupons[1]))
	s.refused(err, engine.CodeGuardCustomer)
	bearer := s.sell(engine.Draft{Amount: 100_00}).Issued
	s.sell(redeeming(engine.Draft{Amount: 100_00}, bearer))
	bearer = s.sell(engine.Draft{Amount: 100_00}).Issued
	_, err = s.RecordSale(bg, s.actor, redeeming(engine.Draft{Amount: 100_00}, bearer))
	s.refused(err, engine.CodeGuardRegister)
}

func TestStaffDoNotRedeemToThemselves(t *testing.T) {
	s := openTill(t)
	coupon := s.sell(toMaria(181_00)).Issued
	phone := maria
	if _, err := s.SaveStaff(bg, s.actor, engine.StaffEdit{ID: s.actor.StaffID, Name: "Ana", Role: engine.Owner, Phone: &phone, Active: true}); err != nil {
		t.Fatal(err)
	}
	_, err := s.RecordSale(bg, s.actor, redeeming(toMaria(100_00), coupon))
	s.refused(err, engine.CodeCouponStaff)
}

func TestCampaignsByNetPaid(t *testing.T) {
	s := openTill(t)
	a, err := s.SaveCampaign(bg, s.actor, engine.Campaign{Title: "A", State: engine.CampaignActive, Terms: engine.Terms{Cashback: 1000, MaxDiscount: 10000, Lifetime: 45}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.SaveCampaign(bg, s.actor, engine.Campaign{Title: "B", State: engine.CampaignActive, Terms: engine.Terms{Cashback: 2500, MaxDiscount: 10000, Lifetime: 45, MinSale: 100_00, MaxSale: 500_00}})
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Campaigns(bg, s.actor, engine.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list.Items { // the ready one would win outside B
		if c.ID != a.ID && c.ID != b.ID {
			if _, err := s.SetCampaignState(bg, s.actor, c.ID, engine.CampaignPaused); err != nil {
				t.Fatal(err)
			}
		}
	}
	for gross, want := range map[engine.Minor]engine.ID{99_99: a.ID, 100_00: b.ID, 500_00: b.ID, 500_01: a.ID} {
		if got := s.sell(engine.Draft{Amount: gross}); got.Issued == nil || got.Issued.CampaignID != want {
			t.Errorf("%d earned under %+v", gross, got.Issued)
		}
	}
	coupon := s.sell(toMaria(310_00 - 6_00)).Issued // 25 %: 76.00
	if coupon.CampaignID != b.ID {
		t.Fatal("not under B")
	}
	got := s.sell(redeeming(toMaria(110_00), coupon))
	if got.Sale.Net != 34_00 || got.Issued.CampaignID != a.ID {
		t.Errorf("net %d earned under %s, want A: the net amount paid decides", got.Sale.Net, got.Issued.Campaign)
	}
	s.sound()
}

func TestVoidingBothSalesLeavesNoFreeCoupon(t *testing.T) {
	for policy, want := range map[engine.Spent]engine.CouponState{
		engine.SpentAbsorb: engine.CouponVoided,
		engine.SpentDeduct: engine.CouponActive, // its value was taken from the refund: it is paid for
	} {
		s := openTill(t)
		first := s.sell(toMaria(100_00))
		second := s.sell(redeeming(toMaria(200_00), first.Issued))
		if _, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: first.Sale.ID, Reason: "back", Spent: policy}); err != nil {
			t.Fatal(err)
		}
		got, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: second.Sale.ID, Reason: "back too"})
		if err != nil || got.Refund != second.Sale.Net {
			t.Fatalf("%s: %+v, %v", policy, got, err)
		}
		c, _, err := s.Coupon(bg, s.actor, first.Issued.ID)
		if err != nil || c.State != want || (got.GivenBack != nil) != (want == engine.CouponActive) {
			t.Errorf("%s: the coupon is %s (%v), want %s; given back %v", policy, c.State, err, want, got.GivenBack)
		}
		s.sound()
	}
}
