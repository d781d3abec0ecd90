package slip

import (
	"bytes"
	"context"
	"flag"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mattn/go-runewidth"
	"pgregory.net/rapid"

	"bounceback/engine"
	"bounceback/engine/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

func format(t testing.TB, lang, country string) *words.Format {
	t.Helper()
	w, err := words.For(lang)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := engine.CountryByCode(country)
	zone, err := time.LoadLocation(c.Timezone)
	if err != nil {
		t.Fatal(err)
	}
	f, err := words.NewFormat(w, country, c.Currency, zone)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sold is the sale: 250.00, a coupon of 37.00 redeemed, 43.00 earned.
func sold() (engine.Store, engine.Sale, *engine.Coupon) {
	at := engine.InstantOf(time.Date(2026, 11, 20, 15, 4, 0, 0, time.UTC))
	id := engine.NewID(at, [10]byte{9: 7})
	s := engine.Sale{
		ID: id, At: at, Business: engine.DayOf(2026, 11, 20), Gross: 25000, Discount: 3700, Net: 21300, RedeemedCode: "K7PM4T9Q",
		Staff: "Conceição", Register: "Caixa 1", State: engine.SaleCompleted, Reference: "POS-88",
	}
	c := &engine.Coupon{
		Code: "9QX2M0A8", Face: 4300, FirstDay: s.Business, LastDay: engine.DayOf(2027, 1, 4), MaxDiscount: 3000, State: engine.CouponActive,
	}
	return engine.Store{Title: "Padaria São João"}, s, c
}

func TestGolden(t *testing.T) {
	st, s, c := sold()
	mine := *c
	mine.CustomerID = s.ID
	voided := s
	voided.State = engine.SaleVoided
	for name, k := range map[string]struct {
		slip    Slip
		lang    string
		country string
		columns int
	}{
		"bearer":     {Of(st, s, c), "pt-BR", "BR", 32},
		"narrow":     {Of(st, s, c), "pt-BR", "BR", 24},
		"wide":       {Of(st, s, &mine), "en", "BR", 48},
		"nothing":    {Of(st, s, nil), "en", "US", 32},
		"voided":     {Of(st, voided, c), "en", "US", 32},
		"no_decimal": {Of(st, s, &mine), "en", "JP", 32},
	} {
		t.Run(name, func(t *testing.T) {
			f := format(t, k.lang, k.country)
			golden(t, name+".txt", []byte(k.slip.Text(f, k.columns)))
			golden(t, name+".escpos", k.slip.ESCPOS(f, k.columns))
		})
	}
}

func TestVoidedCouponIsLeftOut(t *testing.T) {
	st, s, c := sold()
	c.State = engine.CouponVoided
	if slip := Of(st, s, c); slip.Coupon != nil {
		t.Errorf("it prints %+v", slip.Coupon)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is now\n%q\nnot\n%q", name, got, want)
	}
}

func TestESCPOSCommands(t *testing.T) {
	st, s, c := sold()
	got := Of(st, s, c).ESCPOS(format(t, "pt-BR", "BR"), 32)
	for what, want := range map[string]string{
		"init and code page 858": "\x1b@\x1c.\x1bt\x13",
		"accents of 858":         "Padaria S\xc6o Jo\xc6o",
		"bold":                   "\x1bE\x01Padaria",
		"the code twice as big":  "\x1d!\x119QX2-M0A8\n\x1d!\x00",
		"the QR code's data":     "\x1d(k\x0c\x001P09QX2-M0A8\x1d(k\x03\x001Q0",
	} {
		if !bytes.Contains(got, []byte(want)) {
			t.Errorf("%s: %q is missing in %q", what, want, got)
		}
	}
	if !bytes.HasSuffix(got, []byte{0x1D, 'V', 66, 24}) {
		t.Errorf("it does not end with a cut: %q", got[len(got)-8:])
	}
}

func TestCodePageOfTheText(t *testing.T) {
	// 860 has the peseta sign, 858 does not; both have ã.
	if p := choosePage([]line{{text: "ã ₧"}}); p.number != 3 {
		t.Errorf("page %d", p.number)
	}
	if p := choosePage([]line{{text: "ã € ö"}}); p.number != 19 {
		t.Errorf("page %d", p.number)
	}
	if got := string(codePages[0].encode("ăé猫ő")); got != "a\x82?o" {
		t.Errorf("got %q", got)
	}
}

// TestNoItemIsTooLong holds for any names, units and amounts.
func TestNoItemIsTooLong(t *testing.T) {
	f := format(t, "pt-BR", "BR")
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(24, 64).Draw(t, "columns")
		st, s, c := basket()
		s.Lines[0].Line.Name, s.Offers[0].Title = rapid.StringN(0, 80, -1).Draw(t, "name"), rapid.StringN(0, 60, -1).Draw(t, "title")
		s.Lines[1].Line.Units = rapid.Int64Range(1, engine.MaxUnits).Draw(t, "units")
		s.Lines[2].Line.Price = engine.Minor(rapid.Int64Range(0, int64(engine.MaxAmount)).Draw(t, "price"))
		s.Charges[0].Method = rapid.StringN(0, 40, -1).Draw(t, "method")
		for _, row := range strings.Split(Of(st, s, c).Text(f, columns), "\n") {
			if runewidth.StringWidth(row) > columns {
				t.Fatalf("%q is wider than %d", row, columns)
			}
		}
	})
}

// TestNoLineIsTooLong holds for any names and widths.
func TestNoLineIsTooLong(t *testing.T) {
	f := format(t, "pt-BR", "BR")
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(24, 64).Draw(t, "columns")
		st, s, c := sold()
		st.Title = rapid.StringN(1, 25, -1).Draw(t, "title")
		s.Reference = rapid.StringN(0, 40, -1).Draw(t, "ref")
		s.Staff = rapid.StringN(0, 25, -1).Draw(t, "staff")
		s.Gross = engine.Minor(rapid.Int64Range(0, int64(engine.MaxAmount)).Draw(t, "gross"))
		text := Of(st, s, c).Text(f, columns)
		if !strings.Contains(text, "9QX2-M0A8") {
			t.Fatalf("no code in %q", text)
		}
		for _, row := range strings.Split(text, "\n") {
			if runewidth.StringWidth(row) > columns {
				t.Fatalf("%q is wider than %d", row, columns)
			}
		}
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' }) {
			t.Fatalf("control characters in %q", text)
		}
	})
}

func TestNetworkPrinter(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	got := make(chan []byte, 1)
	go func() {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		data, _ := io.ReadAll(conn)
		got <- data
	}()
	st, s, c := sold()
	f := format(t, "en", "BR")
	settings := engine.Settings{engine.SetPrinter: "tcp://" + ln.Addr().String()}
	if err := Print(context.Background(), Of(st, s, c), settings, f); err != nil {
		t.Fatal(err)
	}
	if data := <-got; !bytes.Equal(data, Of(st, s, c).ESCPOS(f, 32)) {
		t.Errorf("the printer got %q", data)
	}
}

func TestFileIsAppendedTo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "slips.txt")
	st, s, c := sold()
	f := format(t, "en", "BR")
	settings := engine.Settings{engine.SetPrinter: path, engine.SetPrinterFormat: "text", engine.SetPrinterWidth: "40"}
	for range 2 {
		if err := Print(context.Background(), Of(st, s, c), settings, f); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if want := strings.Repeat(Of(st, s, c).Text(f, 40), 2); err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestPrintersThatFail(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "tcp://" + ln.Addr().String()
	ln.Close()
	for target, code := range map[string]engine.Code{
		"":                  CodeNoPrinter,
		"tcp://nowhere":     CodePrinterTarget,
		closed:              CodePrinterOpen,
		t.TempDir():         CodePrinterOpen,
		"/no/such/dir/slip": CodePrinterOpen,
	} {
		err := Print(context.Background(), Slip{Shop: "A"}, engine.Settings{engine.SetPrinter: target}, format(t, "en", "US"))
		if engine.CodeOf(err) != code {
			t.Errorf("%q: %v", target, err)
		}
	}
}

// basket is a sale of lines with each kind of discount, a gift and delivery.
func basket() (engine.Store, engine.Sale, *engine.Coupon) {
	st, s, c := sold()
	coffee, milk := engine.LineResult{Gross: 12000, Item: 2000, Order: 800, Credit: 2300}, engine.LineResult{Gross: 690, Order: 55}
	s.Lines = []engine.SaleLine{
		{No: 1, Line: engine.Line{Name: "Café em grãos da Serra 1 kg", Units: 3, Price: 4000}, Result: coffee},
		{No: 2, Line: engine.Line{SKU: "4711", Units: 1, Price: 690}, Result: milk},
		{No: 3, Line: engine.Line{Name: "Queijo", Units: 1, Weight: 345, Price: 6000}, Result: engine.LineResult{Gross: 2070}},
		{No: 4, Line: engine.Line{Name: "Caneca", Units: 2}, Gift: true},
	}
	s.Offers = []engine.SaleOffer{
		{Title: "Second piece half price", Kind: engine.KindNth, Level: engine.LevelItem, Amount: 2000, Lines: []engine.LineCut{{Line: 0, Amount: 2000}}},
		{Title: "November", Kind: engine.KindOrderPercent, Level: engine.LevelOrder, Amount: 855, Lines: []engine.LineCut{{Line: 0, Amount: 800}, {Line: 1, Amount: 55}}},
		{Title: "Free from 100", Kind: engine.KindDeliveryFree, Level: engine.LevelDelivery, Amount: 1500},
		{Title: "Code TEN", Kind: engine.KindCreditFixed, Level: engine.LevelCredit, Amount: 1000, Lines: []engine.LineCut{{Line: 0, Amount: 1000}}},
	}
	s.Charges = []engine.SaleCharge{{Method: "courier", ChargeResult: engine.ChargeResult{Gross: 1500, Discount: 1500}}}
	s.Levels = engine.Levels{Item: 2000, Order: 855, Credit: 2300, Delivery: 1500}
	s.Gross, s.Discount, s.Net, s.Delivery = 14760, 5155, 9605, 1500
	return st, s, c
}

// TestGoldenBasket prints a sale of lines.
func TestGoldenBasket(t *testing.T) {
	st, s, c := basket()
	open := s
	open.Lines = nil
	open.Offers = []engine.SaleOffer{{Title: "November", Level: engine.LevelOrder, Amount: 3855, Lines: []engine.LineCut{{Amount: 3855}}}, s.Offers[2]}
	for name, k := range map[string]struct {
		sale    engine.Sale
		lang    string
		columns int
	}{
		"lines": {s, "pt-BR", 32}, "lines_narrow": {s, "en", 24}, "lines_wide": {s, "en", 48}, "lines_widest": {s, "en", 64}, "open_amount": {open, "en", 32},
	} {
		t.Run(name, func(t *testing.T) {
			f := format(t, k.lang, "BR")
			golden(t, name+".txt", []byte(Of(st, k.sale, c).Text(f, k.columns)))
			golden(t, name+".escpos", Of(st, k.sale, c).ESCPOS(f, k.columns))
		})
	}
}

// TestSlipAddsUp: what stands on a slip of lines comes to what was paid.
func TestSlipAddsUp(t *testing.T) {
	st, s, c := basket()
	slip := Of(st, s, c)
	left := engine.Minor(0)
	for _, i := range slip.Items {
		left += i.Gross
		for _, cut := range i.Cuts {
			left -= cut.Amount
		}
	}
	if left != s.Net+slip.Took || slip.Took != 1300 || slip.Paid != 9605 || slip.Saved != 6655 {
		t.Errorf("lines come to %d, %d by the coupon, %d paid, %d saved", left, slip.Took, slip.Paid, slip.Saved)
	}
	if got := slip.Gross - slip.Levels.Item - slip.Levels.Order - slip.Levels.Credit + s.Delivery - slip.Levels.Delivery; got != slip.Paid {
		t.Errorf("levels come to %d", got)
	}
}
