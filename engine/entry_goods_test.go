package engine

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func init() {
	for kind, name := range map[EntryKind]string{
		EntryBarcode: "barcode", EntryGoods: "goods", EntryTimes: "times", EntrySet: "set", EntryOffer: "offer",
	} {
		kindNames[kind] = name
	}
}

// selling is a context of a shop with a catalogue.
func selling(c EntryContext, edit ...func(*EntryContext)) EntryContext {
	c.Goods = true
	for _, e := range edit {
		e(&c)
	}
	return c
}

func lines(c *EntryContext)  { c.HasLines = true }
func naming(c *EntryContext) { c.Naming = true }

func TestReadGoods(t *testing.T) {
	shop, rung, has := selling(brazil), selling(brazil, lines), selling(brazilHas)
	fresh, gun := selling(brazilHas, naming), selling(brazilGun)
	checkEntries(t, []entryRow{
		{"barcode", gun, "7891234567895", "barcode number"},
		{"short barcode", gun, "96385074", "barcode number code"},
		{"American barcode", gun, "036000291452", "barcode number"},
		{"outer carton", gun, "17891234567892", "barcode number"},
		{"shortened barcode", gun, "01234565", "barcode number"},
		{"misread barcode", gun, "7891234567890", "goods number"},
		{"shelf label", gun, "CAFE-12", "goods number"},
		{"phone on a card", gun, "+5511987654321", "phone number"},
		{"coupon", gun, ShowCode(NewCode([7]byte{20, 7, 21, 11, 4, 26, 9})), "code number"},
		{"typed barcode", shop, "7891234567895", "barcode number"},
		{"typed barcode, goods rung up", rung, "7891234567895", "barcode number"},
		{"phone", shop, "11987654321", "phone number goods"},
		{"phone, goods rung up", rung, "11987654321", "phone goods number"},
		{"name or goods", shop, "cafe", "name goods number"},
		{"goods or name, goods rung up", rung, "cafe", "goods name number"},
		{"goods or name, with a customer", has, "cafe", "goods name number"},
		{"name of a new customer", fresh, "maria", "name goods number"},
		{"sku with letters", shop, "NF-10023", "goods number name"},
		{"sku in the form of a coupon", shop, "CLI00042", "goods code:code_typo number name"},
		{"amount", shop, "180", "amount goods number"},
		{"amount with decimals", shop, "180,00", "amount"},
		{"amount with a customer", has, "180", "amount goods"},
		{"sku of digits, goods rung up", rung, "180", "goods amount number"},
		{"sku of four digits", rung, "1001", "last4 goods amount number"},
		{"leading zeros", rung, "000123", "goods number amount"},
		{"amount with decimals, goods rung up", rung, "180,00", "amount"},
		{"sku with a stroke", rung, "000123/45", "goods number"},
		{"reference", shop, "000123/45", "number goods"},
	})
}

func TestReadQuantities(t *testing.T) {
	shop, usa := selling(brazil), selling(states)
	for _, c := range []struct {
		context EntryContext
		text    string
		want    string
		times   int64
		rest    string
	}{
		{shop, "3*", "times", 3000, "3*"},
		{shop, "3 *", "times", 3000, "3 *"},
		{shop, "3x", "times", 3000, "3x"},
		{shop, "3 X", "times", 3000, "3 X"},
		{shop, "3×", "times", 3000, "3×"},
		{shop, "12*cafe", "goods", 12000, "cafe"},
		{shop, "12 x cafe", "goods", 12000, "cafe"},
		{shop, "3* 1001", "goods", 3000, "1001"},
		{shop, "2*7891234567895", "barcode goods", 2000, "7891234567895"},
		{shop, "0,350*", "times", 350, "0,350*"},
		{shop, "0.350*", "times", 350, "0.350*"},
		{shop, "1.000*", "times", 1000_000, "1.000*"},
		{usa, "1.000*", "times", 1000, "1.000*"},
		{usa, "0.35*", "times", 350, "0.35*"},
		{shop, "=5", "set", 5000, "=5"},
		{shop, "=0,5", "set", 500, "=0,5"},
		{shop, "10x15", "name goods number", 0, ""},
		{shop, "0*", "times:entry_quantity", 0, "0*"},
		{shop, "0,3505*", "times:entry_quantity", 0, "0,3505*"},
		{shop, "100001*", "times:entry_quantity", 0, "100001*"},
		{shop, "=", "set:entry_quantity", 0, "="},
		{shop, "*3", "name goods", 0, ""},
	} {
		got := ReadEntry(c.text, c.context)
		if c.times == 0 && c.rest == "" {
			if k := got[0].Kind; k == EntryTimes || k == EntrySet {
				t.Errorf("%q is %s", c.text, kinds(got))
			}
			continue
		}
		if kinds(got) != c.want || got[0].Times != c.times || got[0].Text != c.rest {
			t.Errorf("%q is %s, %+v", c.text, kinds(got), got[0])
		}
	}
}

func TestReadOfferCodes(t *testing.T) {
	asks := func(c EntryContext) EntryContext {
		c.Codes = map[string]bool{"SUMMER10": true, "5": true}
		return c
	}
	checkEntries(t, []entryRow{
		{"as given", asks(brazil), "SUMMER10", "offer number name"},
		{"in small letters, spaced", asks(brazil), " summer 10", "offer number name"},
		{"scanned", asks(brazilGun), "SUMMER10", "offer number"},
		{"of digits", asks(brazil), "5", "offer amount number"},
		{"of another offer", asks(brazil), "SUMMER11", "number name"},
	})
	if got := ReadEntry(" summer 10", asks(brazil))[0]; got.Code != "SUMMER10" {
		t.Errorf("%+v", got)
	}
}

// TestShopsWithoutGoods: without a catalogue nothing is read otherwise than
// with neither lines nor goods known.
func TestShopsWithoutGoods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]EntryContext{brazil, brazilHas, brazilGun, states, japan}).Draw(t, "context")
		text := rapid.OneOf(rapid.StringMatching(`[0-9*x=,. -]{1,14}`), rapid.String()).Draw(t, "text")
		for _, r := range ReadEntry(text, c) {
			if r.Kind > EntryName || r.Times != 0 {
				t.Fatalf("%q is %+v", text, r)
			}
		}
	})
}

// TestGoodsHideNothing: with a catalogue every other way to understand a text
// is still there, in the same order, unless it is a quantity.
func TestGoodsHideNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]EntryContext{brazil, brazilHas, brazilGun, states, japan}).Draw(t, "context")
		text := rapid.OneOf(rapid.StringMatching(`[0-9]{1,14}`), rapid.StringMatching(`[A-Za-z0-9 -]{1,12}`)).Draw(t, "text")
		c.HasLines = rapid.Bool().Draw(t, "lines")
		without := kinds(ReadEntry(text, c))
		with := ReadEntry(text, selling(c))
		if len(with) > 0 && (with[0].Kind == EntryTimes || with[0].Times > 0) {
			return
		}
		var others []Reading
		for _, r := range with {
			if r.Kind != EntryGoods && r.Kind != EntryBarcode {
				others = append(others, r)
			}
		}
		if got := kinds(others); got != without {
			t.Fatalf("%q is %s, without goods %s", text, strings.TrimSpace(got), without)
		}
	})
}
