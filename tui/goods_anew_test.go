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
