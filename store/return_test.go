package store_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"bounceback/engine"
)

func (s *till) back(id engine.ID, lines ...engine.ReturnLine) engine.Reversed {
	s.t.Helper()
	ask := engine.Reversal{SaleID: id, Lines: lines, Reason: "did not fit"}
	seen, err := s.PreviewReturn(bg, s.actor, ask)
	if err != nil {
		s.t.Fatal(err)
	}
	got, err := s.ReverseSale(bg, s.actor, ask)
	if err != nil {
		s.t.Fatal(err)
	}
	if seen.Payout() != got.Refund || seen.Deducted != got.Deducted || seen.EarnedVoid != (got.VoidedCoupon != nil) || (seen.EarnedFace > 0) != (got.Lowered != nil) {
		s.t.Errorf("the preview said %+v, given back are %d and %d deducted", seen, got.Refund, got.Deducted)
	}
	return got
}

func (s *till) today() engine.DayDiscounts {
	s.t.Helper()
	days, err := s.Discounts(bg, s.actor, 0, 0)
	if err != nil || len(days) != 1 {
		s.t.Fatalf("%v, %v", days, err)
	}
	return days[0]
}

func TestReturnOfLinesGivesBackWhatTheUnitsPaid(t *testing.T) {
	s := openTill(t)
	s.runs("Third free", engine.Offer{
		Kind: engine.KindBuyGet, Target: engine.Goods{Category: []string{"Drinks"}}, Sets: engine.Sets{Buy: 2, Get: 1}, Cut: engine.Cut{Percent: 10000},
	})
	s.runs("Two off", amountOff(engine.KindOrderFixed, 2_00)) // 1.45 of coffee, 0.55 of bread
	sold := s.sell(theBasket())
	if sold.Sale.Net != 53_00 {
		t.Fatalf("net %d", sold.Sale.Net)
	}
	free := s.back(sold.Sale.ID, engine.ReturnLine{No: 1, Units: 1})
	if free.Refund != 0 || free.Sale.Lines[0].Returned != 1 || free.Sale.Returned != 20_00 {
		t.Errorf("the free one gives %+v", free)
	}
	if day := s.today(); day.Levels != (engine.Levels{Order: 2_00}) || day.Gross != 55_00 || day.Net != 53_00 {
		t.Errorf("after the free one the day has %+v", day)
	}
	rest := s.back(sold.Sale.ID, engine.ReturnLine{No: 2, Units: 2}, engine.ReturnLine{No: 1, Units: 2})
	if rest.Refund != 53_00 || rest.Sale.State != engine.SaleReturned || rest.Sale.Refunded != 53_00 {
		t.Errorf("the rest gives %+v", rest)
	}
	if day := s.today(); day.Levels != (engine.Levels{}) || day.Gross != 0 || day.Net != 0 {
		t.Errorf("with all back the day has %+v", day)
	}
	_, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: sold.Sale.ID, Lines: []engine.ReturnLine{{No: 1, Units: 1}}, Reason: "again"})
	s.refused(err, engine.CodeReturnTooMuch)
	s.sound()
}

func TestReturnThatBreaksAnOfferIsSeenBefore(t *testing.T) {
	for policy, want := range map[engine.ReturnPolicy]engine.Minor{engine.ReturnKeep: 36_00, engine.ReturnRecompute: 28_00} {
		t.Run(string(policy), func(t *testing.T) {
			s := openTill(t)
			cup := s.product(engine.Product{SKU: "CUP", Name: "Cup", Price: 9_00, Counted: true, Stock: 5})
			onReturn := func(c *engine.Campaign) { c.OnReturn = policy }
			tenth := percent(engine.KindOrderPercent, 1000)
			tenth.When.MinAmount = 50_00
			c := s.runs("Tenth", tenth, onReturn)
			gift := engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{SKU: "CUP", Name: "Cup", Units: 1}}
			gift.When.MinAmount = 60_00
			g := s.runs("Cup", gift, onReturn)
			sold := s.sell(engine.Draft{Lines: []engine.Line{coffee(4)}}) // 72.00
			if _, err := s.SetCampaignState(bg, s.actor, c.ID, engine.CampaignEnded); err != nil {
				t.Fatal(err)
			}
			ask := engine.Reversal{SaleID: sold.Sale.ID, Lines: []engine.ReturnLine{{No: 1, Units: 2}}}
			p, err := s.PreviewReturn(bg, s.actor, ask)
			if err != nil {
				t.Fatal(err)
			}
			// What stays is 40.00 without the tenth: 72.00 less that is 32.00.
			if policy == engine.ReturnRecompute {
				want = 32_00
			}
			if p.Goods != 40_00 || p.Stored != 36_00 || p.Refund != want || len(p.Broken) != 2 || p.Broken[0].OfferID != c.ID || p.Broken[1].OfferID != g.ID {
				t.Errorf("preview %+v, want a refund of %d", p, want)
			}
			if lines := len(p.Lines); (lines == 2) != (policy == engine.ReturnRecompute) || len(p.Gifts) != 2-lines {
				t.Errorf("%d lines come back: %+v; gifts that stay: %+v", lines, p.Lines, p.Gifts)
			}
			s.back(sold.Sale.ID, ask.Lines...)
			if left := s.stock(cup); (left == 5) != (policy == engine.ReturnRecompute) {
				t.Errorf("%d cups are on stock", left)
			}
			if r := s.back(sold.Sale.ID, ask.Lines...); r.Sale.Refunded != 72_00 || r.Sale.State != engine.SaleReturned {
				t.Errorf("with all back %d are refunded: %+v", r.Sale.Refunded, r.Sale)
			}
			s.sound()
		})
	}
}

// TestGiftComesBackForNothing takes a gift back that its campaign would let the
// customer keep.
func TestGiftComesBackForNothing(t *testing.T) {
	s := openTill(t)
	cup := s.product(engine.Product{SKU: "CUP", Name: "Cup", Price: 9_00, Counted: true, Stock: 5})
	s.runs("Cup", engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{SKU: "CUP", Name: "Cup", Units: 1}})
	sold := s.sell(engine.Draft{Lines: []engine.Line{coffee(2)}}).Sale
	got := s.back(sold.ID, engine.ReturnLine{No: 2, Units: 1})
	if got.Refund != 0 || got.Sale.Lines[1].Returned != 1 || got.Sale.State != engine.SaleCompleted || s.stock(cup) != 5 {
		t.Errorf("%+v; %d cups are on stock", got, s.stock(cup))
	}
	if rest := s.back(sold.ID, engine.ReturnLine{No: 1, Units: 2}); rest.Refund != sold.Net || s.stock(cup) != 5 {
		t.Errorf("the rest gives %+v; %d cups are on stock", rest, s.stock(cup))
	}
	s.sound()
}

func TestReturnAsksForWhatTheSaleHas(t *testing.T) {
	s := openTill(t)
	lined, amount := s.sell(theBasket()).Sale.ID, s.sell(engine.Draft{Amount: 75_00}).Sale.ID
	one := []engine.ReturnLine{{No: 1, Units: 1}}
	for name, c := range map[string]struct {
		ask  engine.Reversal
		code engine.Code
	}{
		"an amount of lines":   {engine.Reversal{SaleID: lined, Amount: 10_00}, engine.CodeReturnLines},
		"both":                 {engine.Reversal{SaleID: lined, Amount: 10_00, Lines: one}, engine.CodeReturnLines},
		"lines of an amount":   {engine.Reversal{SaleID: amount, Lines: one}, engine.CodeLineUnknown},
		"no such line":         {engine.Reversal{SaleID: lined, Lines: []engine.ReturnLine{{No: 3, Units: 1}}}, engine.CodeLineUnknown},
		"too many of a line":   {engine.Reversal{SaleID: lined, Lines: []engine.ReturnLine{{No: 1, Units: 4}}}, engine.CodeReturnUnits},
		"no units":             {engine.Reversal{SaleID: lined, Lines: []engine.ReturnLine{{No: 1}}}, engine.CodeQuantity},
		"another store's sale": {engine.Reversal{SaleID: engine.ID{7}, Lines: one}, engine.CodeSaleUnknown},
	} {
		c.ask.Reason = "typing"
		if _, err := s.ReverseSale(bg, s.actor, c.ask); engine.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
		if _, err := s.PreviewReturn(bg, s.actor, c.ask); engine.CodeOf(err) != c.code {
			t.Errorf("preview of %s: %v, want %s", name, err, c.code)
		}
	}
	s.back(lined, one...)
	_, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: lined, Reason: "all"})
	s.refused(err, engine.CodeSaleWithReturns)
	s.sound()
}

func TestSameKeyIsOneReturnOfLines(t *testing.T) {
	s := openTill(t)
	sold := s.sell(theBasket()).Sale.ID
	ask := engine.Reversal{SaleID: sold, Lines: []engine.ReturnLine{{No: 2, Units: 1}, {No: 1, Units: 1}}, Reason: "size", Key: "once"}
	first, err := s.ReverseSale(bg, s.actor, ask)
	if err != nil {
		t.Fatal(err)
	}
	ask.Lines = []engine.ReturnLine{{No: 1, Units: 1}, {No: 2, Units: 1}}
	again, err := s.ReverseSale(bg, s.actor, ask)
	if err != nil || !reflect.DeepEqual(again.Sale, first.Sale) || again.Refund != first.Refund {
		t.Errorf("again %+v, %v; first %+v", again, err, first)
	}
	ask.Lines[0].Units = 2
	_, err = s.ReverseSale(bg, s.actor, ask)
	s.refused(err, engine.CodeKeyReused)
	s.sound()
}

func TestVoidOfABasketGivesDeliveryBackToo(t *testing.T) {
	s := openTill(t)
	s.runs("Courier", percent(engine.KindDeliveryPercent, 5000))
	sold := s.sell(theBasket())
	got, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: sold.Sale.ID, Reason: "typing"})
	if err != nil || got.Refund != 81_00 {
		t.Errorf("given back %d of %d, %v", got.Refund, sold.Sale.Paid(), err)
	}
	if day := s.today(); day.Sales != 0 || day.Levels != (engine.Levels{}) {
		t.Errorf("the day has %+v", day)
	}
	s.sound()
}

func TestReturnOfLinesLowersTheCoupon(t *testing.T) {
	s := openTill(t)
	d := toMaria(0)
	d.Lines = []engine.Line{coffee(5)}
	sold := s.sell(d) // 100.00 earns 20.00
	got := s.back(sold.Sale.ID, engine.ReturnLine{No: 1, Units: 2})
	if sold.Issued.Face != 20_00 || got.Lowered == nil || got.Lowered.Face != 12_00 {
		t.Errorf("a coupon of %d became %+v, want 12.00", sold.Issued.Face, got.Lowered)
	}
	all := s.back(sold.Sale.ID, engine.ReturnLine{No: 1, Units: 3})
	if all.VoidedCoupon == nil {
		t.Errorf("with all back the coupon is still good: %+v", all)
	}
	s.sound()
}

func TestCouponRedeemedInABasketComesBackWithAllOfIt(t *testing.T) {
	s := openTill(t)
	earned := s.sell(toMaria(100_00)).Issued
	d := redeeming(toMaria(0), earned)
	d.Lines = []engine.Line{coffee(2), bread(2)} // 55.00 less 17.00: 30 %, rounded up
	sold := s.sell(d)
	first := s.back(sold.Sale.ID, engine.ReturnLine{No: 1, Units: 2})
	if first.GivenBack != nil {
		t.Error("the coupon is given back with a part")
	}
	second := s.back(sold.Sale.ID, engine.ReturnLine{No: 2, Units: 2})
	if second.GivenBack == nil || first.Refund+second.Refund != 38_00 {
		t.Errorf("given back %d and %d, coupon %v", first.Refund, second.Refund, second.GivenBack)
	}
	s.sound()
}

// TestReturnsOfAnOpenAmountByLevel takes an amount back in parts of which the
// order's and the credit's discount cannot be told apart.
func TestReturnsOfAnOpenAmountByLevel(t *testing.T) {
	s := openTill(t)
	s.runs("Tenth", percent(engine.KindOrderPercent, 1000))
	s.runs("Credit", amountOff(engine.KindCreditFixed, 5_00))
	sold := s.sell(engine.Draft{Amount: 100_00}) // 10.00 and 5.00 off
	for i, want := range []engine.DayDiscounts{
		{Gross: 70_00, Net: 59_50, Levels: engine.Levels{Order: 7_00, Credit: 3_50}},
		{Gross: 69_99, Net: 59_49, Levels: engine.Levels{Order: 7_00, Credit: 3_50}},
		{},
	} {
		part := []engine.Minor{30_00, 1, 69_99}[i]
		if _, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: sold.Sale.ID, Amount: part, Reason: "size"}); err != nil {
			t.Fatal(err)
		}
		day := s.today()
		if want.Day, want.Sales = day.Day, 1; day != want {
			t.Errorf("after %d the day has %+v, want %+v", part, day, want)
		}
	}
	s.sound()
}

// TestReturnsInRandomOrderSumExactly sells baskets under offers of every level
// and takes them back in parts, some at one till and some at another.
func TestReturnsInRandomOrderSumExactly(t *testing.T) {
	rounds := 60
	if testing.Short() {
		rounds = 10
	}
	s := openTill(t, func(st *engine.Store) {
		st.Settings = engine.Settings{engine.SetReturnSpent: "absorb", engine.SetPerCustomer: "1000", engine.SetPerRegister: "1000"}
	})
	everyOffer(s)
	random := rand.New(rand.NewPCG(3, 5))
	for n := range rounds {
		d := engine.Draft{Use: engine.UseBest}
		d.Customer.Phone = fmt.Sprintf("+55119876500%02d", random.IntN(5))
		for i := range 1 + random.IntN(5) {
			d.Lines = append(d.Lines, engine.Line{
				SKU: fmt.Sprintf("S%d", i), Name: "Thing", Category: []string{"Drinks", "Food"}[random.IntN(2)],
				Units: 1 + random.Int64N(6), Price: engine.Minor(random.IntN(40_00)),
			})
		}
		s.returnAll(random, s.sell(d).Sale)
		s.now.Add(60_000)
		if n%20 == 0 {
			s.sound()
		}
	}
	s.sound()
	if day := s.today(); day.Gross != 0 || day.Net != 0 || day.Levels != (engine.Levels{}) {
		t.Errorf("all came back and the day has %+v", day)
	}
}

func everyOffer(s *till) {
	recompute := func(c *engine.Campaign) { c.OnReturn = engine.ReturnRecompute }
	s.runs("Drinks", ofCoffee(percent(engine.KindItemPercent, 1500)))
	s.runs("Third free", engine.Offer{
		Kind: engine.KindBuyGet, Target: engine.Goods{Category: []string{"Food"}}, Sets: engine.Sets{Buy: 2, Get: 1}, Cut: engine.Cut{Percent: 10000},
	}, recompute)
	steps := engine.Offer{Kind: engine.KindOrderPercent, Tiers: []engine.Tier{
		{Amount: 30_00, Cut: engine.Cut{Percent: 300}}, {Amount: 90_00, Cut: engine.Cut{Percent: 700}},
	}}
	s.runs("Steps", steps, recompute)
	s.runs("Cup", engine.Offer{
		Kind: engine.KindGift, Gift: engine.Gift{SKU: "CUP", Name: "Cup", Units: 1}, When: engine.Threshold{MinAmount: 50_00},
	}, recompute)
	s.runs("Credit", amountOff(engine.KindCreditFixed, 1_11))
}

// returnAll takes a sale back in parts, until nothing is left.
func (s *till) returnAll(random *rand.Rand, sold engine.Sale) {
	s.t.Helper()
	var refunded engine.Minor
	for now := s.read(sold.ID); now.State != engine.SaleReturned; now = s.read(sold.ID) {
		var left []engine.SaleLine
		for _, l := range now.Bought() {
			if l.Returned < l.Line.Units {
				left = append(left, l)
			}
		}
		l := left[random.IntN(len(left))]
		got := s.back(sold.ID, engine.ReturnLine{No: l.No, Units: 1 + random.Int64N(l.Line.Units-l.Returned)})
		refunded += got.Refund
	}
	if refunded != sold.Net {
		s.t.Errorf("sale of %d: given back %d", sold.Net, refunded)
	}
}
