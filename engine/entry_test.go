package engine

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var kindNames = map[EntryKind]string{
	EntryAmount: "amount", EntryPhone: "phone", EntryLast4: "last4", EntryCode: "code", EntryNumber: "number", EntryName: "name",
	EntryAd: "ad",
}

// kinds writes readings as their kinds in order, failed ones with their code.
func kinds(readings []Reading) string {
	var out []string
	for _, r := range readings {
		s := kindNames[r.Kind]
		if r.Err != nil {
			s += ":" + string(CodeOf(r.Err))
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

var (
	brazil    = EntryContext{Marks: brl, Region: "BR"}
	brazilHas = EntryContext{Marks: brl, Region: "BR", HasCustomer: true}
	brazilGun = EntryContext{Marks: brl, Region: "BR", Scanned: true}
	states    = EntryContext{Marks: usd, Region: "US"}
	statesHas = EntryContext{Marks: usd, Region: "US", HasCustomer: true}
	japan     = EntryContext{Marks: yen, Region: "JP"}
	japanHas  = EntryContext{Marks: yen, Region: "JP", HasCustomer: true}
	iceland   = EntryContext{Marks: Marks{Decimal: ',', Group: '.'}, Region: "IS"}
	kuwait    = EntryContext{Marks: dinar, Region: "KW"}
	hongkong  = EntryContext{Marks: usd, Region: "HK"}
	hongHas   = EntryContext{Marks: usd, Region: "HK", HasCustomer: true}
	indonesia = EntryContext{Marks: brl, Region: "ID"}
	indoHas   = EntryContext{Marks: brl, Region: "ID", HasCustomer: true}
	colombia  = EntryContext{Marks: brl, Region: "CO"}
	france    = EntryContext{Marks: Marks{Decimal: ',', Group: '\u202f', Exponent: 2}, Region: "FR"}
)

// entryRow is a text and how it is to be read: first kind, then all of them.
type entryRow struct {
	name    string
	context EntryContext
	text    string
	want    string
}

func checkEntries(t *testing.T, rows []entryRow) {
	t.Helper()
	for _, row := range rows {
		got := ReadEntry(row.text, row.context)
		if kinds(got) != row.want {
			t.Errorf("%s: %q is\n\t%s, want\n\t%s", row.name, row.text, kinds(got), row.want)
		}
	}
}

func TestReadPhones(t *testing.T) {
	checkEntries(t, []entryRow{
		{"as written", brazil, "(11) 98765-4321", "phone number"},
		{"plain", brazil, "11987654321", "phone number"},
		{"with zero", brazil, "011987654321", "phone number"},
		{"with a dash", brazil, "11 98765-4321", "phone number"},
		{"with spaces", brazil, "11 98765 4321", "phone number"},
		{"international", brazil, "+55 11 98765-4321", "phone number"},
		{"abroad", brazil, "+1 212 555 2368", "phone number"},
		{"landline", brazil, "1133334444", "phone number"},
		{"with a customer", brazilHas, "11987654321", "phone number"},
		{"as written, with a customer", brazilHas, "(11) 98765-4321", "phone number"},
		{"without area code", brazil, "987654321", "phone:phone_impossible number"},
		{"without area code, with a dash", brazil, "98765-4321", "phone:phone_impossible number"},
		{"the same, with a customer", brazilHas, "98765-4321", "phone:phone_impossible number"},
		{"landline without area code", brazil, "3333-4444", "phone:phone_impossible number"},
		{"eight digits", brazil, "33334444", "phone:phone_impossible number amount"},
		{"a digit short, as written", brazil, "(11) 98765-432", "phone:phone_impossible number"},
		{"a digit short, with spaces", brazil, "11 98765 432", "phone:phone_impossible number"},
		{"a plus alone", brazil, "+", "phone:phone_impossible number"},
		{"American", states, "(212) 555-2368", "phone number"},
		{"American, plain", states, "2125552368", "phone number"},
		{"American, with points", states, "212.555.2368", "phone number"},
		{"American without area code", states, "555-2368", "phone:phone_impossible number"},
		{"the same, plain", states, "5552368", "phone:phone_impossible number amount"},
		{"Japanese", japan, "090-1234-5678", "phone number"},
		{"Japanese, plain", japan, "09012345678", "phone number amount"},
		{"Kuwaiti", kuwait, "51234567", "phone number"},
		{"of eight digits", hongkong, "91234567", "phone number amount"},
		{"of eight digits, with a customer", hongHas, "91234567", "phone number amount"},
		{"of eight digits ending in 00, with a customer", hongHas, "91234500", "amount phone number"},
		{"of eight digits, with a dash", hongkong, "9123-4567", "phone number"},
		{"of eight digits, with points", hongkong, "91.234.567", "amount phone"},
		{"Japanese ending in 00, with a customer", japanHas, "09012345600", "phone number amount"},
		{"Icelandic landline", iceland, "5551234", "phone number amount"},
		{"Icelandic, ending in 00", iceland, "5551200", "amount number phone"},
		{"French, in pairs", france, "06 12 34 56 78", "phone number"},
		{"French, with points", france, "06.12.34.56.78", "phone number"},
	})
	for _, text := range []string{"(11) 98765-4321", "11987654321", "+5511987654321", "011 98765 4321"} {
		if got := ReadEntry(text, brazil)[0]; got.Phone.E164 != "+5511987654321" {
			t.Errorf("%q is %+v", text, got)
		}
	}
}

func TestReadAmounts(t *testing.T) {
	checkEntries(t, []entryRow{
		{"plain", brazil, "180", "amount number"},
		{"with decimals", brazil, "180,00", "amount"},
		{"with a point", brazil, "180.00", "amount"},
		{"thousands", brazil, "1.234", "amount"},
		{"both marks", brazil, "1.234,56", "amount"},
		{"the other way", brazil, "1,234.56", "amount"},
		{"with a customer", brazilHas, "180", "amount"},
		{"five digits", brazil, "18000", "amount number"},
		{"six digits", brazil, "180050", "amount number"},
		{"four digits with a customer", brazilHas, "5000", "amount"},
		{"four digits", brazil, "5000", "last4 amount number"},
		{"four digits and decimals", brazil, "5000,00", "amount"},
		{"in the States", states, "1,234", "amount"},
		{"yen", japan, "180", "amount number"},
		{"dinars", kuwait, "1.250", "amount"},
		{"a million, in rupiah", indonesia, "1500000", "amount number phone"},
		{"a million, with a customer", indoHas, "1500000", "amount phone number"},
		{"a million, in pesos", colombia, "2549900", "amount number"},
		{"grouped millions", indonesia, "1.549.950", "amount"},
		{"spaces between millions", france, "1 234 567", "amount"},
		{"a space between thousands", france, "1 234,50", "amount"},
		{"five digits with a customer", brazilHas, "18000", "amount number"},
		{"negative", brazil, "-5", "amount:amount_negative number"},
		{"negative, with a customer", brazilHas, "-180,00", "amount:amount_negative number"},
		{"nothing", brazil, "0", "amount:sale_amount number"},
		{"nothing, with decimals", brazilHas, "0,00", "amount:sale_amount number"},
		{"too many decimals", brazil, "180,123", "amount:amount_decimals number"},
		{"decimals of yen", japan, "180.00", "amount:amount_decimals number"},
		{"marks", brazilHas, "1,2,3", "amount:amount_marks number"},
		{"a space for a mark", brazil, "180 00", "amount:amount_marks number"},
		{"an exponent", brazil, "1e9", "amount:amount_letters number name"},
		{"an exponent, with a customer", brazilHas, "1E9", "amount:amount_letters number name"},
		{"a letter in it", brazilHas, "18o", "amount:amount_letters number name"},
		{"a currency", brazil, "R$ 50", "amount:amount_letters number name"},
		{"a currency behind", france, "50 €", "amount:amount_letters number name"},
		{"too large", brazilHas, "999999999999", "amount:amount_too_large number"},
	})
	if got := ReadEntry("1.234,56", brazil)[0]; got.Amount != 123456 {
		t.Errorf("%+v", got)
	}
}

func TestReadNumbers(t *testing.T) {
	checkEntries(t, []entryRow{
		{"reference", brazil, "NF-10023", "number name"},
		{"reference with a customer", brazilHas, "NF-10023", "number name"},
		{"reference of digits", brazil, "2026-000123", "number"},
		{"reference of nine digits", brazil, "987-654321", "number"},
		{"reference with a stroke", brazilHas, "000123/45", "number"},
		{"leading zeros", brazil, "000123", "number amount"},
		{"leading zeros, with a customer", brazilHas, "000123", "number amount"},
		{"leading zero of four", brazil, "0431", "last4 number amount"},
		{"four zeros", brazil, "0000", "last4 number"},
		{"a card", states, "1002345", "number amount"},
		{"a card, with a customer", statesHas, "1002345", "amount number"},
		{"a taxpayer", brazil, "52998224725", "number"},
		{"a barcode of goods", brazil, "7891234567895", "number"},
		{"a year of receipts", brazil, "12A-33", "number name"},
		{"eight symbols", brazil, "CLI00042", "code:code_typo number name"},
		{"eight symbols, with dashes", brazil, "NF-1-00234", "number name code:code_typo"},
	})
}

func TestReadNames(t *testing.T) {
	checkEntries(t, []entryRow{
		{"beginning", brazil, "mar", "name number"},
		{"with an accent", brazil, "João", "name number"},
		{"with an apostrophe", brazil, "D'Ávila", "name number"},
		{"with a curly one", brazil, "Sant’Anna", "name number"},
		{"whole", brazil, "Maria da Conceição", "name number"},
		{"with a customer", brazilHas, "Maria Souza", "name number"},
		{"with a dash", brazil, "Jean-Paul", "name number"},
		{"with a title", brazil, "Dra. Ana", "name number"},
		{"in other letters", brazil, "Ольга", "name number"},
		{"with a digit", brazil, "Maria 2", "number name"},
		{"of a firm", brazil, "3M do Brasil", "number name"},
		{"of a firm, with a customer", brazilHas, "99 Pop", "number name"},
		{"eight letters", brazil, "Fernando", "name number code:code_typo"},
		{"eight letters, no capital", brazil, "fernando", "name number code:code_typo"},
		{"two fours", brazil, "jose lima", "name number code:code_typo"},
		{"two fours with a dash", brazil, "Rose-Lima", "code:code_typo name number"},
		{"in capitals", brazil, "CAROLINE", "name number code:code_typo"},
	})
}

func TestReadOddEntries(t *testing.T) {
	long := strings.Repeat("a", 121)
	checkEntries(t, []entryRow{
		{"nothing", brazil, "", ""},
		{"spaces", brazil, " \u00a0 ", ""},
		{"spaces around", brazil, "  180  ", "amount number"},
		{"longest", brazil, long[:120], "name number"},
		{"too long", brazil, long, "number:entry_long"},
		{"control", brazil, "18\x1b[A0", "number:entry_long"},
		{"C1 control", brazil, "a\u009bb", "number:entry_long"},
		{"no text", brazil, "a\xff", "number:entry_long"},
		{"a point", brazil, ".", "amount:amount_letters number"},
		{"a minus", brazil, "-", "amount:amount_negative number"},
		{"brackets", brazil, "()", "phone:phone_impossible number"},
		{"stars", brazil, "***", "name number"},
		{"other digits", brazil, "١٨٠", "name number"},
	})
	if got := ReadEntry("  ana  ", brazil); got[0].Text != "ana" || got[1].Text != "ana" {
		t.Errorf("%+v", got)
	}
}

func TestReadScans(t *testing.T) {
	code, allDigits := NewCode([7]byte{20, 7, 21, 11, 4, 26, 9}), digitCode(t)
	slip := code[:7] + "0"
	if slip == code {
		slip = code[:7] + "1"
	}
	checkEntries(t, []entryRow{
		{"coupon", brazilGun, ShowCode(code), "code number"},
		{"coupon without its dash", brazilGun, code, "code number"},
		{"eight other symbols", brazilGun, slip, "number"},
		{"coupon of digits", brazilGun, ShowCode(allDigits), "code number"},
		{"card that fits a code by chance", brazilGun, allDigits, "number code"},
		{"goods", brazilGun, "7891234567895", "number"},
		{"phone", brazilGun, "+5511987654321", "phone number"},
		{"phone, plain", brazilGun, "11987654321", "phone number"},
		{"receipt", brazilGun, "POS-4711", "number"},
		{"digits", brazilGun, "180", "number"},
		{"letters", brazilGun, "maria", "number"},
	})
}

// digitCode finds a good code that is all digits, ends in 00 nowhere and is no
// phone of Brazil.
func digitCode(t testing.TB) string {
	t.Helper()
	for n := range byte(100) {
		code := NewCode([7]byte{1, 0, 0, 3, 5, n / 10, n % 10})
		if countDigits(code) == CodeSymbols {
			return code
		}
	}
	t.Fatal("no code of digits")
	return ""
}

// A code of digits alone is one with its dash, or on Tab.
func TestReadCodesOfDigits(t *testing.T) {
	code := digitCode(t)
	checkEntries(t, []entryRow{
		{"with its dash", brazil, ShowCode(code), "code number"},
		{"with its dash, with a customer", brazilHas, ShowCode(code), "code number"},
		{"plain", brazil, code, "number amount code"},
		{"plain, with a customer", brazilHas, code, "amount code number"},
	})
}

// A good code is read as one however it is written, except where it is written
// as a name is; with a slip in it, it is not looked up as anything else first.
func TestReadCodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := codes().Draw(t, "code")
		has := rapid.SampledFrom([]EntryContext{brazil, brazilHas, states, statesHas, japan}).Draw(t, "context")
		if countDigits(code) == CodeSymbols {
			return // it may be a phone as well
		}
		written := rapid.SampledFrom([]string{
			code, ShowCode(code), strings.ToLower(code), strings.ToLower(ShowCode(code)), " " + ShowCode(code) + " ",
		}).Draw(t, "written")
		got := ReadEntry(written, has)
		if r := got[0]; r.Err != nil || r.Kind != EntryCode || r.Code != code {
			t.Fatalf("%q is %s", written, kinds(got))
		}
		slip := []byte(ShowCode(code))
		at := rapid.SampledFrom([]int{0, 1, 2, 3, 5, 6, 7, 8}).Draw(t, "at")
		slip[at] = Alphabet[rapid.IntRange(10, 31).Draw(t, "symbol")] // a letter
		if string(slip) == ShowCode(code) {
			return
		}
		got = ReadEntry(string(slip), has)
		if r := got[0]; CodeOf(r.Err) != CodeTypo || r.Kind != EntryCode {
			t.Fatalf("%q is %s", slip, kinds(got))
		}
	})
}

// Names that happen to fit as a code are names when they are written so.
func TestNamesThatFitAsCodes(t *testing.T) {
	found := 0
	for _, last := range []string{"LIMA", "MELO", "DIAS", "REIS", "MOTA", "PAES", "SAES", "VAZE", "ROSA", "NERI"} {
		for _, first := range []string{"JOSE", "ROSA", "JOAO", "CAIO", "YARA", "IARA", "LEDA", "VERA", "NARA", "ENZO"} {
			if _, err := ParseCode(first + last); err != nil {
				continue
			}
			found++
			for _, text := range []string{first + " " + last, strings.ToLower(first + " " + last), first[:1] + strings.ToLower(first[1:]+last)} {
				if got := kinds(ReadEntry(text, brazil)); got != "name number code" {
					t.Errorf("%q is %s", text, got)
				}
			}
			if got := kinds(ReadEntry(strings.ToLower(first+last), brazil)); got != "code name number" {
				t.Errorf("%q is %s", strings.ToLower(first+last), got)
			}
		}
	}
	if found == 0 {
		t.Error("none of the names fits as a code")
	}
}

// In no country is a round amount taken for a phone once there is a customer.
func TestRoundAmountsAreAmounts(t *testing.T) {
	for _, c := range Countries() {
		m := Marks{Decimal: '.', Group: ',', Exponent: c.Exponent}
		for _, text := range []string{"5", "50", "500", "5000", "12500", "99900", "250000", "1250000", "2500000", "7500000"} {
			got := ReadEntry(text, EntryContext{Marks: m, Region: c.Code, HasCustomer: true})
			if got[0].Kind != EntryAmount {
				t.Errorf("%s in %s is %s", text, c.Code, kinds(got))
			}
		}
	}
}

func FuzzReadEntry(f *testing.F) {
	for _, s := range []string{
		"(11) 98765-4321", "11987654321", "98765-4321", "180", "180,00", "1234", "0000", "K7PM-4T9Q", "k7pm4t9q", "maria",
		"D'Ávila", "NF-10023", "-5", "1e9", "R$ 50", "180 00", "1 234,50", "+", "()", "-", "−", ".", "'", "a\xff", "ſſſſ-ſſſſ", "R2D2 C3PO", "bb:instagram/spring", "https://x.y/?source=a",
	} {
		for context := range byte(8) {
			f.Add(s, context)
		}
	}
	regions := []EntryContext{brazil, states}
	f.Fuzz(func(t *testing.T, text string, context byte) {
		c := regions[context&1]
		c.HasCustomer, c.Scanned = context&2 != 0, context&4 != 0
		readings := ReadEntry(text, c)
		trimmed := strings.TrimSpace(text)
		if (len(readings) == 0) != (trimmed == "") {
			t.Fatalf("%q has %d readings", text, len(readings))
		}
		checkReadings(t, text, c, readings)
		if again := ReadEntry(trimmed, c); kinds(again) != kinds(readings) {
			t.Fatalf("%q is %s, trimmed %s", text, kinds(readings), kinds(again))
		}
	})
}

func checkReadings(t *testing.T, text string, c EntryContext, readings []Reading) {
	seen := map[EntryKind]bool{}
	for i, r := range readings {
		if i > 0 && r.Err != nil && (r.Kind != EntryCode || i < len(readings)-1) {
			t.Fatalf("%q: %s", text, kinds(readings))
		}
		if seen[r.Kind] || c.Scanned && (r.Kind == EntryAmount || r.Kind == EntryName || r.Kind == EntryLast4) ||
			c.HasCustomer && r.Kind == EntryLast4 {
			t.Fatalf("%q: %s", text, kinds(readings))
		}
		seen[r.Kind] = true
		if r.Err != nil {
			if ClassOf(r.Err) != Input {
				t.Fatalf("%q: %v", text, r.Err)
			}
			continue
		}
		checkGood(t, text, c, r)
	}
}

func checkGood(t *testing.T, text string, c EntryContext, r Reading) {
	if r.Text != strings.TrimSpace(text) || len(r.Text) > 120 && r.Kind != EntryAd {
		t.Fatalf("%q is kept as %q", text, r.Text)
	}
	switch r.Kind {
	case EntryAmount:
		if again, err := ParseAmount(text, c.Marks); r.Amount <= 0 || r.Amount > MaxAmount || err != nil || again != r.Amount {
			t.Fatalf("%q is %d", text, r.Amount)
		}
	case EntryPhone:
		if !strings.HasPrefix(r.Phone.E164, "+") {
			t.Fatalf("%q is %+v", text, r.Phone)
		}
	case EntryCode:
		if again, err := ParseCode(r.Code); err != nil || again != r.Code {
			t.Fatalf("%q is %q, %v", text, r.Code, err)
		}
	case EntryLast4:
		if len(r.Text) != 4 || strings.Trim(r.Text, "0123456789") != "" {
			t.Fatalf("%q are four digits", text)
		}
	case EntryAd:
		if r.Ad.IsZero() || r.Ad.Check() != nil {
			t.Fatalf("%q is the ad %+v", text, r.Ad)
		}
	case EntryNumber, EntryName:
	}
}
