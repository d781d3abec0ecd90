package screen

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bounceback/engine"
)

func TestDaysOfTheWeek(t *testing.T) {
	e := country(t, "BR", "BRL")
	for text, want := range map[string][]time.Weekday{
		"mon-fri": {1, 2, 3, 4, 5}, "sat-mon": {6, 0, 1}, "Monday, wednesdays": {1, 3}, "TUE": {2}, " fri - sun ": {5, 6, 0}, "": nil, "mon-mon": {1},
	} {
		if got, err := e.days(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"mo", "mon-", "8", "mon-x", "-fri", "holiday"} {
		if got, err := e.days(text); engine.CodeOf(err) != CodeOfferDays {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
}

// TestTypedDaysAreRead holds for any days in any order.
func TestTypedDaysAreRead(t *testing.T) {
	e := country(t, "BR", "BRL")
	rapid.Check(t, func(t *rapid.T) {
		var days []time.Weekday
		for _, d := range rapid.SliceOfN(rapid.IntRange(0, 6), 1, 9).Draw(t, "days") {
			days = append(days, time.Weekday(d))
		}
		if got, err := e.days(e.typedDays(days)); err != nil || !reflect.DeepEqual(got, days) {
			t.Fatalf("%v are typed as %q and read as %v, %v", days, e.typedDays(days), got, err)
		}
	})
}

func TestHoursOfTheDay(t *testing.T) {
	for text, want := range map[string][]engine.Hours{
		"14:00-17:00": {{From: 840, To: 1020}}, "14-17": {{From: 840, To: 1020}}, "22h-2h30, 9:05 - 10": {{From: 1320, To: 150}, {From: 545, To: 600}},
		"0-24": {{From: 0, To: 1440}}, "": nil,
	} {
		if got, err := hours(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"14", "14-25", "24:01-1", "9:60-10", "-3", "9-", "a-b", "114-15", "9:-1-10"} {
		if got, err := hours(text); engine.CodeOf(err) != CodeOfferHours {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
}

func TestSteps(t *testing.T) {
	e := country(t, "BR", "BRL")
	percent := func(bp engine.BP) engine.Cut { return engine.Cut{Percent: bp} }
	for _, c := range []struct {
		text string
		kind engine.Kind
		want []engine.Tier
	}{
		{"100,00: 5 %; 200,00: 10 %", engine.KindOrderPercent, []engine.Tier{{Amount: 100_00, Cut: percent(500)}, {Amount: 200_00, Cut: percent(1000)}}},
		{"100:5;", engine.KindItemPercent, []engine.Tier{{Amount: 100_00, Cut: percent(500)}}},
		{"3x: 12,5%", engine.KindOrderPercent, []engine.Tier{{Units: 3, Cut: percent(1250)}}},
		{"1.000: 50", engine.KindOrderFixed, []engine.Tier{{Amount: 1000_00, Cut: engine.Cut{By: engine.ByAmount, Amount: 50_00}}}},
		{"6 X: 9,90", engine.KindItemPrice, []engine.Tier{{Units: 6, Cut: engine.Cut{By: engine.ByPrice, Amount: 9_90}}}},
		{"50: 5; 100: 20 %", engine.KindNextCoupon, []engine.Tier{{Amount: 50_00, Cut: engine.Cut{By: engine.ByAmount, Amount: 5_00}}, {Amount: 100_00, Cut: percent(2000)}}},
		{"", engine.KindOrderPercent, nil},
	} {
		if got, err := e.steps(c.text, c.kind); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q is %+v, %v", c.text, got, err)
		}
	}
	for _, text := range []string{"100", "100:", ": 5", "x: 5", "0x: 5", "1e3: 5", "100: five", "100: 5: 6"} {
		if got, err := e.steps(text, engine.KindOrderPercent); engine.CodeOf(err) != CodeOfferSteps {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
}

func TestGoodsInOneLine(t *testing.T) {
	e := country(t, "BR", "BRL")
	for text, want := range map[string]engine.Goods{
		"Drinks/Coffee, brand:Serra, -sku:4711": {Category: []string{"Drinks/Coffee"}, Brand: []string{"Serra"}, NotSKU: []string{"4711"}},
		"-Food, - tag: new , CATEGORY:Home":     {NotCategory: []string{"Food"}, NotTag: []string{"new"}, Category: []string{"Home"}},
		"":                                      {},
	} {
		if got, err := e.goods(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"colour:red", "sku:", "-", "-:x"} {
		if got, err := e.goods(text); engine.CodeOf(err) != CodeOfferGoods {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
	if got, err := e.parts("Drinks + 2 sku:A, sku:B"); err != nil || len(got) != 2 || got[0].Units != 1 || got[1].Units != 2 || len(got[1].Of.SKU) != 2 {
		t.Errorf("parts are %+v, %v", got, err)
	}
	if got, err := e.parts("2 Drinks + "); engine.CodeOf(err) != CodeOfferParts {
		t.Errorf("an empty part is %+v, %v", got, err)
	}
}
