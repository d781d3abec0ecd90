package tui_test

import (
	"testing"
	"time"

	"bounceback/engine"
)

// once is 5,00 off with a code, for one sale in all.
var once = engine.Offer{
	Kind: engine.KindOrderFixed, Code: "UMA", Cut: engine.Cut{By: engine.ByAmount, Amount: 5_00}, Limits: engine.Limits{Total: 1},
}

// elsewhere records a sale of two sugars with codes at another till.
func (k *till) elsewhere(a engine.Actor, codes ...string) {
	k.t.Helper()
	second, err := k.db.Register(bg, a.StoreID, "Till 2", "")
	if err != nil {
		k.t.Fatal(err)
	}
	a.RegisterID, a.Register = second.ID, second.Name
	line := engine.Line{SKU: "S1", Name: "Sugar 1 kg", Units: 2, Price: 4_50}
	if _, err := k.db.RecordSale(bg, a, engine.Draft{Key: "elsewhere", Lines: []engine.Line{line}, Codes: codes}); err != nil {
		k.t.Fatal(err)
	}
}

// TestCodeUsedUpWhileItStands: the good news of a code goes when another till
// takes the code, and Enter does not sell before that was put away.
func TestCodeUsedUpWhileItStands(t *testing.T) {
	for _, c := range []struct {
		then   func(k *till)
		before int // Enters that do not sell
	}{
		{func(*till) {}, 1},
		{func(k *till) { k.scan(sugar) }, 2}, // it takes the words away: they are said again
	} {
		k, a := openShop(t)
		k.offer(a, "Once", once)
		k.pass(2 * time.Second)
		k.scan(coffee)
		k.enter("UMA")
		k.shows("✓ Once", "13,90")
		k.elsewhere(a, "UMA")
		k.pass(3 * time.Second)
		k.hides("✓")
		k.shows("✗ UMA no longer applies: 5,00 more to pay", "18,90")
		c.then(k)
		for range c.before {
			k.press("enter")
		}
		if len(k.sales(a)) != 1 {
			t.Fatal("sold before the news was put away")
		}
		k.press("enter")
		if s := k.sales(a); len(s) != 2 || s[0].Discount != 0 {
			t.Errorf("recorded %+v", s)
		}
	}
}

// TestTotalChangesWhileItStands: an offer that begins, and a sale put aside
// meanwhile.
func TestTotalChangesWhileItStands(t *testing.T) {
	k, a := openShop(t)
	k.scan(coffee)
	k.offer(a, "Tenth off", engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 1000}})
	k.pass(3 * time.Second)
	k.shows("✗ The total changed from R$ 18,90 to R$ 17,01")
	k.press("enter")
	k.hides("✗")
	k.press("f4")
	c := k.offer(a, "Half off", engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 5000}})
	k.pass(3 * time.Second)
	k.press("f4")
	k.shows("✗ The total changed from R$ 17,01 to R$ ")
	k.press("enter")
	if _, err := k.db.SetCampaignState(bg, a, c.ID, engine.CampaignPaused); err != nil {
		t.Fatal(err)
	}
	k.pass(3 * time.Second)
	k.shows("✗ Half off no longer applies")
	k.press("enter")
	if len(k.sales(a)) != 0 {
		t.Fatal("the first Enter sold")
	}
	k.press("enter")
	if s := k.sales(a); len(s) != 1 {
		t.Errorf("recorded %+v", s)
	}
}

// TestGiftOfAnOpenAmount is shown, can be refused and is named once it is sold.
func TestGiftOfAnOpenAmount(t *testing.T) {
	for _, refuse := range []bool{false, true} {
		k, a := openShop(t)
		k.offer(a, "Free mug", freeMug)
		k.pass(2 * time.Second)
		k.enter("40,00")
		k.hides("gift")
		k.enter("250,00")
		k.shows("> 1 × gift: Mug", "0,00", "250,00")
		if refuse {
			k.press("-")
			k.shows("gift refused")
			k.press("right")
			k.hides("gift refused")
			k.press("delete")
		}
		k.press("enter")
		s, err := k.db.Sale(bg, a, k.sales(a)[0].ID)
		if given := err == nil && len(s.Lines) == 1 && s.Lines[0].Gift; given == refuse {
			t.Errorf("refused %v, recorded %+v, %v", refuse, s, err)
		}
		if refuse {
			k.hides("Gift to hand over")
			continue
		}
		k.shows("Gift to hand over: 1 × Mug")
	}
}

// TestCouponsBesideAGift: Tab goes from the gift of an open amount to the
// coupons and back.
func TestCouponsBesideAGift(t *testing.T) {
	k, a := openShop(t)
	k.offer(a, "Free mug", freeMug)
	k.pass(2 * time.Second)
	k.meet(maria, "181")
	k.enter(maria)
	k.enter("250,00")
	k.shows("> 1 × gift: Mug", "takes 37,00")
	k.press("tab", "down", "tab")
	k.shows("without a coupon", "> 1 × gift: Mug")
}

func TestGiftsOfGoodsAreNamedOnceSold(t *testing.T) {
	k, a := openShop(t)
	k.offer(a, "Free mug", freeMug)
	k.pass(2 * time.Second)
	k.write("3*")
	k.scan(coffee)
	k.press("enter")
	k.shows("Gift to hand over: 1 × Mug")
}

// TestWeightOfWhatIsSoldByThePiece: a label of the scales does not ring up one
// whole piece.
func TestWeightOfWhatIsSoldByThePiece(t *testing.T) {
	k, a := openShop(t, with(engine.SetWeightCodes, "20"))
	p := engine.Product{SKU: "00018", Name: "Salame kg", Price: 80_00, Active: true}
	if _, err := k.db.SaveProduct(bg, a, p); err != nil {
		t.Fatal(err)
	}
	k.scan(ean("200001801250"))
	k.shows("!!!!!", "The label carries 1,25 kg, but Salame kg is sold by the piece")
	k.press("f8")
	k.hides("Salame", "DUE")
}

// TestMistypedCode: in a shop with codes, what becomes the receipt's number
// instead of a code says so.
func TestMistypedCode(t *testing.T) {
	k, a := openShop(t)
	k.scan(coffee)
	k.enter("NADA77")
	k.shows("Reference")
	k.hides("no offer has this code")
	k.offer(a, "Once", once)
	k.pass(2 * time.Second)
	k.enter("NADA78")
	k.shows("NADA78 is noted as the receipt number; no offer has this code.")
	k.enter("4711471")
	k.hides("no offer has this code")
}

// TestDimKeysSayWhy: a key that can do nothing now answers what it lacks.
func TestDimKeysSayWhy(t *testing.T) {
	k, _ := openShop(t)
	for key, want := range map[string]string{
		"f3": "No customer yet: type the phone", "f4": "Nothing to put aside", "f8": "Nothing to print",
		"f10": "no coupon to leave out", "f11": "No customer yet", "ctrl+s": "asks for no payment",
	} {
		k.press(key)
		k.shows(want)
	}
	k.scan(coffee)
	k.enter(maria)
	k.press("y", "f3")
	k.shows("This customer is new")
}
