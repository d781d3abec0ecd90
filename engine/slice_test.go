package engine

import (
	"reflect"
	"testing"
)

func TestParseBy(t *testing.T) {
	for _, by := range AllBy {
		if got, err := ParseBy(string(by)); got != by || err != nil {
			t.Errorf("%q is %q, %v", by, got, err)
		}
	}
	for _, text := range []string{"", "Staff", "channel"} {
		if by, err := ParseBy(text); by != "" || CodeOf(err) != CodeByUnknown {
			t.Errorf("%q is %q, %v", text, by, err)
		}
	}
}

func TestSortSlices(t *testing.T) {
	few, many := CouponFigures{Issued: 1}, CouponFigures{Issued: 9}
	months := []Slice{{Key: "2026-11", Month: 20_700, CouponFigures: few}, {Key: "2026-10", Month: 20_600, CouponFigures: few}, {Key: "2026-12", Month: 20_800, CouponFigures: many}}
	others := []Slice{{Name: "Bia", CouponFigures: few}, {Name: "Ana", Key: "2", CouponFigures: few}, {Name: "Zoe", CouponFigures: many}, {Name: "Ana", Key: "1", CouponFigures: few}}
	for _, c := range []struct {
		all  []Slice
		want []string
	}{{months, []string{"2026-10", "2026-11", "2026-12"}}, {others, []string{"Zoe", "Ana1", "Ana2", "Bia"}}} {
		SortSlices(c.all)
		var got []string
		for _, s := range c.all {
			got = append(got, s.Name+s.Key)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
}

func TestGainAfterTexts(t *testing.T) {
	f := CouponFigures{Redeemed: 1, RedeemingNet: 187_00, DiscountGiven: 31_00}
	if gain, ok := f.Gain(TextUse{Texts: 4, TextCost: 200_000}, 4000, 2); gain != 56_00 || !ok {
		t.Errorf("a gain of %d, %v", gain, ok)
	}
	if gain, ok := f.Gain(TextUse{}, 0, 2); gain != 0 || ok {
		t.Errorf("a gain of %d without a margin", gain)
	}
}

func TestWeeks(t *testing.T) {
	sunday := DayOf(2026, 11, 1)
	got := Weeks([]DayFigures{
		{Day: sunday, Sales: 1, Issued: 1, Gross: 10, Net: 8, Discount: 2},
		{Day: sunday + 1, Sales: 2, Redeemed: 1},
		{Day: sunday + 7, Sales: 4, Issued: 2, Net: 5},
		{Day: sunday + 22, Sales: 8},
	})
	want := []DayFigures{
		{Day: sunday - 6, Sales: 1, Issued: 1, Gross: 10, Net: 8, Discount: 2},
		{Day: sunday + 1, Sales: 6, Issued: 2, Redeemed: 1, Net: 5},
		{Day: sunday + 8},
		{Day: sunday + 15},
		{Day: sunday + 22, Sales: 8},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := Weeks(nil); got != nil {
		t.Errorf("no days are %+v", got)
	}
}
