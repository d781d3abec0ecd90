package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

func TestCheckDigit(t *testing.T) {
	for _, digits := range []string{
		"4006381333931", "5901234123457", "7891000315507", "9780306406157", // EAN-13
		"96385074", "73513537", "00000000", // EAN-8
		"036000291452", "042100005264", "614141000036", // UPC-A
		"15400141288763", "10614141000415", "00012345600012", // ITF-14
	} {
		last := len(digits) - 1
		if got := engine.CheckDigit(digits[:last]); got != digits[last] {
			t.Errorf("%s: check digit %c", digits, got)
		}
		if !engine.ValidBarcode(digits) {
			t.Errorf("%s is not valid", digits)
		}
	}
	for _, text := range []string{
		"", "4006381333930", "400638133393", "40063813339311", "4006381x33931", "7", "00", "96385074 ", "１２３４５６７０", "-4006381333931",
		"0000000000000000",
	} {
		if engine.ValidBarcode(text) {
			t.Errorf("%q is valid", text)
		}
	}
}

// drawBarcode draws a barcode of any kind with the right check digit.
func drawBarcode(t *rapid.T) string {
	length := rapid.SampledFrom([]int{8, 12, 13, 14}).Draw(t, "length")
	digits := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), length-1, length-1, -1).Draw(t, "digits")
	return digits + string(engine.CheckDigit(digits))
}

func TestEverySlipOfOneDigitShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := drawBarcode(t)
		for i := range code {
			for d := byte('0'); d <= '9'; d++ {
				slip := code[:i] + string(d) + code[i+1:]
				if engine.ValidBarcode(slip) != (d == code[i]) {
					t.Fatalf("%s for %s", slip, code)
				}
			}
		}
	})
}

// TestSwapsOfNeighbours sees that a swap shows unless the two digits differ by
// five: then their weights, which differ by two, differ by ten together.
func TestSwapsOfNeighbours(t *testing.T) {
	missed := 0
	rapid.Check(t, func(t *rapid.T) {
		code := drawBarcode(t)
		for i := range len(code) - 1 {
			a, b := code[i], code[i+1]
			swapped := code[:i] + string(b) + string(a) + code[i+2:]
			blind := a == b || a+5 == b || b+5 == a
			if engine.ValidBarcode(swapped) != blind {
				t.Fatalf("%s for %s", swapped, code)
			}
			if blind && a != b {
				missed++
			}
		}
	})
	if missed == 0 {
		t.Error("no swap of digits five apart was drawn")
	}
}

func TestExpandUPCE(t *testing.T) {
	for _, c := range []struct{ short, long string }{
		{"04252614", "042100005264"}, // 1: two digits, 100, 00, three digits
		{"06543217", "065100004327"},
		{"01234505", "012000003455"}, // 0
		{"01234523", "012200003453"}, // 2
		{"01234531", "012300000451"}, // 3
		{"01234543", "012340000053"}, // 4
		{"01234558", "012345000058"}, // 5
		{"01234565", "012345000065"}, // 6
		{"01234596", "012345000096"}, // 9
		{"11234562", "112345000062"}, // number system 1
	} {
		got, ok := engine.ExpandUPCE(c.short)
		if got != c.long || !ok {
			t.Errorf("%s: %s, %t, want %s", c.short, got, ok, c.long)
		}
	}
	for _, text := range []string{"", "04252613", "24252614", "4252614", "0425261x", "042526144"} {
		if _, ok := engine.ExpandUPCE(text); ok {
			t.Errorf("%q is one", text)
		}
	}
}

// withCheck adds the check digit.
func withCheck(digits string) string { return digits + string(engine.CheckDigit(digits)) }

func TestReadBarcode(t *testing.T) {
	scale := engine.Settings{engine.SetWeightCodes: "21, 22:4.6,27:4.5", engine.SetPriceCodes: "20,23:6.4"}
	for _, c := range []struct {
		text string
		want engine.Barcode
	}{
		{"4006381333931", engine.Barcode{GTIN: "04006381333931"}},
		{" 4006381333931\n", engine.Barcode{GTIN: "04006381333931"}},
		{"036000291452", engine.Barcode{GTIN: "00036000291452"}},
		{"0036000291452", engine.Barcode{GTIN: "00036000291452"}}, // the same as EAN-13
		{"96385074", engine.Barcode{GTIN: "00000096385074"}},
		{"15400141288763", engine.Barcode{GTIN: "15400141288763"}},
		{"04252614", engine.Barcode{GTIN: "00042100005264"}},                          // fits UPC-E alone
		{"00000000", engine.Barcode{GTIN: "00000000000000", Short: "00000000000000"}}, // fits both
		// Weights in grams.
		{withCheck("210012301234"), engine.Barcode{GTIN: "0" + withCheck("210012301234"), Item: "00123", Plain: "0" + withCheck("210012300000"), Weight: 1234}},
		{withCheck("221234000567"), engine.Barcode{GTIN: "0" + withCheck("221234000567"), Item: "1234", Plain: "0" + withCheck("221234000000"), Weight: 567}},
		// One digit verifies the value and is not looked at.
		{withCheck("271234900567"), engine.Barcode{GTIN: "0" + withCheck("271234900567"), Item: "1234", Plain: "0" + withCheck("271234000000"), Weight: 567}},
		// Prices in minor units.
		{withCheck("200012301234"), engine.Barcode{GTIN: "0" + withCheck("200012301234"), Item: "00123", Plain: "0" + withCheck("200012300000"), Price: 1234}},
		{withCheck("231234561999"), engine.Barcode{GTIN: "0" + withCheck("231234561999"), Item: "123456", Plain: "0" + withCheck("231234560000"), Price: 1999}},
		// A prefix the shop does not use, and a UPC-A that begins with 21.
		{withCheck("290012301234"), engine.Barcode{GTIN: "0" + withCheck("290012301234")}},
		{withCheck("21001230123"), engine.Barcode{GTIN: "00" + withCheck("21001230123")}},
		{withCheck("0210012301234"), engine.Barcode{ // ITF-14 of an in-store number is the number itself
			GTIN: withCheck("0210012301234"), Item: "00123", Plain: "0" + withCheck("210012300000"), Weight: 1234,
		}},
		{withCheck("1210012301234"), engine.Barcode{GTIN: withCheck("1210012301234")}},
	} {
		got, err := engine.ReadBarcode(c.text, scale)
		if err != nil || got != c.want {
			t.Errorf("%q: %+v, want %+v: %v", c.text, got, c.want, err)
		}
	}
	for text, code := range map[string]engine.Code{
		"": engine.CodeBarcodeForm, "1234567": engine.CodeBarcodeForm, "123456789": engine.CodeBarcodeForm, "40063813339x1": engine.CodeBarcodeForm,
		"400638133393100": engine.CodeBarcodeForm, "4006381333932": engine.CodeBarcode, "96385075": engine.CodeBarcode, "036000291453": engine.CodeBarcode,
	} {
		if _, err := engine.ReadBarcode(text, scale); engine.CodeOf(err) != code {
			t.Errorf("%q: %v, want %s", text, err, code)
		}
	}
	if b, err := engine.ReadBarcode(withCheck("210012301234"), nil); err != nil || b.Item != "" || b.Weight != 0 {
		t.Errorf("without prefixes: %+v, %v", b, err)
	}
}

// TestInStoreBarcodes writes a label as a scale does and reads it back.
func TestInStoreBarcodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := rapid.IntRange(20, 29).Draw(t, "prefix")
		items := rapid.IntRange(3, 7).Draw(t, "digits of the item")
		item := rapid.Int64Range(0, pow10(items)-1).Draw(t, "item")
		value := rapid.Int64Range(0, pow10(10-items)-1).Draw(t, "value")
		layout := fmt.Sprintf("%d:%d.%d", prefix, items, 10-items)
		code := withCheck(fmt.Sprintf("%d%0*d%0*d", prefix, items, item, 10-items, value))
		name := rapid.SampledFrom([]engine.Setting{engine.SetWeightCodes, engine.SetPriceCodes}).Draw(t, "kind")
		s := engine.Settings{name: layout}
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		b, err := engine.ReadBarcode(code, s)
		if err != nil || b.Item != fmt.Sprintf("%0*d", items, item) || b.Weight+int64(b.Price) != value {
			t.Fatalf("%s as %s: %+v, %v", code, layout, b, err)
		}
		plain, err := engine.ReadBarcode(b.Plain[1:], s)
		if err != nil || plain.Item != b.Item || plain.Weight != 0 || plain.Price != 0 || plain.Plain != b.Plain {
			t.Fatalf("without value %s: %+v, %v", b.Plain, plain, err)
		}
	})
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

func TestBarcodePrefixes(t *testing.T) {
	for value, good := range map[string]bool{
		"": true, "20": true, "20,29": true, "21:5.5": true, "21 , 22:6.4": true, "24:3.6": true,
		"19": false, "30": false, "2": false, "200": false, "2x": false, "20,": false, ",": false, "20,20": false, "21:5": false, "21:5.6": false,
		"21:2.8": false, "21:8.2": false, "21:": false, "21:4.4": false, "21:+5.5": false, "20;21": false,
	} {
		err := engine.Settings{engine.SetWeightCodes: value}.Check()
		if (err == nil) != good || err != nil && engine.CodeOf(err) != engine.CodeBadSetting {
			t.Errorf("%q: %v", value, err)
		}
	}
	both := engine.Settings{engine.SetWeightCodes: "20,21", engine.SetPriceCodes: "22,21:4.6"}
	if err := both.Check(); engine.CodeOf(err) != engine.CodeBadSetting {
		t.Errorf("a prefix for both: %v", err)
	}
}

func FuzzReadBarcode(f *testing.F) {
	for _, s := range []string{"4006381333931", "04252614", "2100123012345", "036000291452", strings.Repeat("9", 14), "x", "２"} {
		f.Add(s)
	}
	settings := engine.Settings{engine.SetWeightCodes: "20,21:4.5", engine.SetPriceCodes: "22"}
	f.Fuzz(func(t *testing.T, text string) {
		b, err := engine.ReadBarcode(text, settings)
		if err != nil {
			if c := engine.CodeOf(err); c != engine.CodeBarcode && c != engine.CodeBarcodeForm {
				t.Fatal(err)
			}
			return
		}
		if !engine.ValidBarcode(b.GTIN) || b.Weight < 0 || b.Price < 0 {
			t.Fatalf("%q: %+v", text, b)
		}
		if again, err := engine.ReadBarcode(b.GTIN, settings); err != nil || again.GTIN != b.GTIN || again.Item != b.Item {
			t.Fatalf("%q: %+v, then %+v, %v", text, b, again, err)
		}
	})
}
