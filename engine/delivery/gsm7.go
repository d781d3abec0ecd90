package delivery

// Encoding is how a text is written on its way to a phone.
type Encoding int

// The encodings. A text is GSM7 while every character of it is in the GSM
// 03.38 tables, and UCS2 as soon as one is not.
const (
	GSM7 Encoding = iota + 1
	UCS2
)

// String is the encoding's usual name: "GSM-7" or "UCS-2".
func (e Encoding) String() string {
	switch e {
	case GSM7:
		return "GSM-7"
	case UCS2:
		return "UCS-2"
	default:
		return ""
	}
}

// gsm7Basic is the default alphabet of GSM 03.38 in the order of its codes,
// without code 0x1B, which leads to the extension table.
const gsm7Basic = "@£$¥èéùìòÇ\nØø\rÅå" +
	"Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ" +
	" !\"#¤%&'()*+,-./" +
	"0123456789:;<=>?" +
	"¡ABCDEFGHIJKLMNO" +
	"PQRSTUVWXYZÄÖÑÜ§" +
	"¿abcdefghijklmno" +
	"pqrstuvwxyzäöñüà"

// gsm7Extension is the extension table: an escape and a code, two septets.
const gsm7Extension = "\f^{}\\[~]|€"

// septetsOf holds what each character of GSM-7 costs.
var septetsOf = func() map[rune]int {
	m := make(map[rune]int, 137)
	for _, r := range gsm7Basic {
		m[r] = 1
	}
	for _, r := range gsm7Extension {
		m[r] = 2
	}
	return m
}()

// InGSM7 tells whether every character of text can be written in GSM-7.
func InGSM7(text string) bool {
	for _, r := range text {
		if septetsOf[r] == 0 {
			return false
		}
	}
	return true
}
