package engine

import (
	"strconv"
	"strings"
)

// Barcode is a barcode as it was read. An in-store barcode carries the number
// of an item and its weight or price beside the GTIN that its digits make.
type Barcode struct {
	GTIN  string // the 14 digits that all ways of writing it share
	Short string // the GTIN of the same 8 digits read as UPC-E, if they fit that too
	Item  string // of an in-store barcode: the shop's number of the product
	Plain string // of an in-store barcode: its GTIN with the value all zeros, as shops register it
	// Weight is in thousandths (grams); 0 if the barcode carries none.
	Weight int64
	// Price is of the whole piece, in minor units; 0 if the barcode carries none.
	Price Minor
}

// CodeBarcodeForm says that a text is no barcode: it has other characters than
// digits, or not 8, 12, 13 or 14 of them; with text.
const CodeBarcodeForm Code = "barcode_form"

// gtinDigits is how many digits a GTIN has where all kinds are compared (GS1
// General Specifications: right-aligned, filled up with zeros at the left).
const gtinDigits = 14

// CheckDigit is the check digit of the digits before it, '0' to '9': from the
// right they count 3, 1, 3, 1 … times, and the check digit makes the sum a
// multiple of ten (GS1 General Specifications, section 7.9). Every single
// wrong digit shows, and every swap of neighbours that do not differ by 5.
func CheckDigit(digits string) byte {
	sum, weight := 0, 3
	for i := len(digits) - 1; i >= 0; i-- {
		sum += weight * int(digits[i]-'0')
		weight = 4 - weight
	}
	return byte('0' + (10-sum%10)%10)
}

// ValidBarcode tells whether a text is an EAN-8, UPC-A, EAN-13 or ITF-14 with
// the right check digit.
func ValidBarcode(digits string) bool {
	switch len(digits) {
	case 8, 12, 13, gtinDigits:
		return isDigits(digits) && checks(digits)
	}
	return false
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func checks(digits string) bool {
	last := len(digits) - 1
	return CheckDigit(digits[:last]) == digits[last]
}

// GTIN is what barcodes are compared by: the digits filled up to 14 with zeros
// at the left, so that a UPC-A and the EAN-13 with a zero before it are one.
func GTIN(digits string) string {
	return strings.Repeat("0", max(gtinDigits-len(digits), 0)) + digits
}

// ExpandUPCE gives the UPC-A that eight digits of a UPC-E stand for; ok is false
// if they are none: the first is not 0 or 1, or the check digit, which is
// that of the UPC-A, is wrong. The seventh says which zeros were left out.
func ExpandUPCE(digits string) (upca string, ok bool) {
	if len(digits) != 8 || !isDigits(digits) || digits[0] > '1' {
		return "", false
	}
	d := digits
	switch d[6] {
	case '0', '1', '2':
		upca = d[:3] + d[6:7] + "0000" + d[3:6] + d[7:]
	case '3':
		upca = d[:4] + "00000" + d[4:6] + d[7:]
	case '4':
		upca = d[:5] + "00000" + d[5:6] + d[7:]
	default:
		upca = d[:6] + "0000" + d[6:]
	}
	return upca, checks(upca)
}

// ReadBarcode reads a barcode as a scanner sends it: EAN-8, UPC-A, EAN-13,
// ITF-14 or UPC-E with all its eight digits. With one of the store's prefixes
// it is an in-store barcode. CodeBarcodeForm if it is none of these,
// CodeBarcode if its check digit does not fit.
func ReadBarcode(text string, s Settings) (Barcode, error) {
	digits := strings.TrimSpace(text)
	if n := len(digits); !isDigits(digits) || n != 8 && n != 12 && n != 13 && n != gtinDigits {
		return Barcode{}, BadInput(CodeBarcodeForm, "text", text)
	}
	upca, isUPCE := ExpandUPCE(digits)
	switch {
	case ValidBarcode(digits):
		b := Barcode{GTIN: GTIN(digits)}
		if isUPCE {
			b.Short = GTIN(upca)
		}
		return b.inStore(s), nil
	case isUPCE:
		return Barcode{GTIN: GTIN(upca)}, nil
	}
	return Barcode{}, BadInput(CodeBarcode, "text", text)
}

// inStore reads what an in-store EAN-13 carries, if it is one by the store's
// settings.
func (b Barcode) inStore(s Settings) Barcode {
	ean := b.GTIN[1:]
	if b.GTIN[0] != '0' || ean[0] != '2' {
		return b
	}
	if l, ok := layoutOf(s.Text(SetWeightCodes), ean); ok {
		b.Item, b.Plain, b.Weight = l.read(ean)
	} else if l, ok := layoutOf(s.Text(SetPriceCodes), ean); ok {
		var price int64
		b.Item, b.Plain, price = l.read(ean)
		b.Price = Minor(price)
	}
	return b
}

// layout is where the digits of an in-store EAN-13 stand: two of the prefix,
// those of the item, those of the value, the check digit. Where item and value
// have nine digits together, the one between them verifies the value (GS1
// General Specifications, section 7.9) and is not looked at, since the
// check digit covers it.
type layout struct {
	prefix      string
	item, value int
}

// standardLayout is item and value of a prefix without a layout of its own.
const standardLayout = "5.5"

// layoutOf finds the layout of a barcode among those of a setting: prefixes
// separated by commas, each followed by its layout or not, as in "21,22:4.6".
func layoutOf(setting, ean string) (layout, bool) {
	for part := range strings.SplitSeq(setting, ",") {
		if l, ok := parseLayout(part); ok && strings.HasPrefix(ean, l.prefix) {
			return l, true
		}
	}
	return layout{}, false
}

func parseLayout(part string) (layout, bool) {
	prefix, digits, given := strings.Cut(strings.TrimSpace(part), ":")
	if !given {
		digits = standardLayout
	}
	item, value, _ := strings.Cut(digits, ".")
	l := layout{prefix: prefix, item: digitCount(item), value: digitCount(value)}
	sum := l.item + l.value
	fits := l.item >= 3 && l.value >= 3 && (sum == 9 || sum == 10)
	return l, fits && isDigits(prefix) && len(prefix) == 2 && prefix[0] == '2'
}

// digitCount reads one digit; 0 if it is none.
func digitCount(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) != 1 {
		return 0
	}
	return n
}

func (l layout) read(ean string) (item, plain string, value int64) {
	itemEnd, valueStart := 2+l.item, len(ean)-1-l.value
	value, _ = strconv.ParseInt(ean[valueStart:len(ean)-1], 10, 64) // at most seven digits
	plain = ean[:itemEnd] + strings.Repeat("0", len(ean)-1-itemEnd)
	return ean[2:itemEnd], GTIN(plain + string(CheckDigit(plain))), value
}

// validLayouts tells whether a text can be a setting of in-store barcodes; a
// prefix may stand in it once.
func validLayouts(setting string) bool {
	if setting == "" {
		return true
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(setting, ",") {
		l, ok := parseLayout(part)
		if !ok || seen[l.prefix] {
			return false
		}
		seen[l.prefix] = true
	}
	return true
}

// checkPrefixes refuses a prefix that stands for weights and prices at once.
func (s Settings) checkPrefixes() error {
	prices := s.Text(SetPriceCodes)
	for part := range strings.SplitSeq(s.Text(SetWeightCodes), ",") {
		if l, ok := parseLayout(part); ok {
			if _, twice := layoutOf(prices, l.prefix); twice {
				return BadInput(CodeBadSetting, "name", string(SetPriceCodes), "value", prices)
			}
		}
	}
	return nil
}
