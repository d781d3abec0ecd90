package engine

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// PhoneKind says what a number is likely to be, as far as its digits tell.
type PhoneKind int

// The kinds. In some countries, the United States among them, the digits do
// not tell a mobile phone from a landline: that is PhoneEither.
const (
	PhoneMobile PhoneKind = iota + 1
	PhoneFixed
	PhoneEither
	PhoneOther // toll-free, paid service, pager, voice over IP …
)

// Phone is a telephone number that exists as far as its country's numbering
// plan tells.
type Phone struct {
	E164   string // "+5511987654321"
	Region string // ISO 3166-1 alpha-2; "001" for numbers of no country
	Kind   PhoneKind
}

// CodePhoneImpossible says that a text cannot be a telephone number. Its
// error carries text, as typed, and example, a number as it should look.
const CodePhoneImpossible Code = "phone_impossible"

// ParsePhone reads a number as people of a region write it, or with its
// country's calling code. region is an ISO 3166-1 alpha-2 code. The error is
// CodePhoneImpossible, of class Input, for a number that is too short or too
// long or lies in no range of its country, and for a text with letters.
func ParsePhone(text, region string) (Phone, error) {
	region = strings.ToUpper(region)
	if !onlyPhoneMarks(text) {
		return Phone{}, impossiblePhone(text, region)
	}
	n, err := phonenumbers.Parse(text, region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return Phone{}, impossiblePhone(text, region)
	}
	return Phone{
		E164:   phonenumbers.Format(n, phonenumbers.E164),
		Region: phonenumbers.GetRegionCodeForNumber(n),
		Kind:   phoneKind(phonenumbers.GetNumberType(n)),
	}, nil
}

// localPhone tells whether digits are a number of a region that lacks its area
// code, as neighbours say theirs.
func localPhone(digits, region string) bool {
	region = strings.ToUpper(region)
	for _, kind := range []phonenumbers.PhoneNumberType{phonenumbers.MOBILE, phonenumbers.FIXED_LINE} {
		example := phonenumbers.GetExampleNumberForType(region, kind)
		if example == nil {
			continue
		}
		whole := phonenumbers.GetNationalSignificantNumber(example)
		area := phonenumbers.GetLengthOfGeographicalAreaCode(example)
		n, err := phonenumbers.Parse(whole[:area]+digits, region)
		if err == nil && phonenumbers.IsValidNumber(n) {
			return true
		}
	}
	return false
}

// onlyPhoneMarks lets digits through and what people put between them. The
// parser behind it would dial letters and drop extensions.
func onlyPhoneMarks(text string) bool {
	for _, r := range text {
		switch {
		case unicode.IsDigit(r), unicode.Is(unicode.Zs, r), unicode.Is(unicode.Pd, r):
		case strings.ContainsRune("+\uff0b()[].\u2212/\t", r):
		default:
			return false
		}
	}
	return true
}

func impossiblePhone(text, region string) *Error {
	return BadInput(CodePhoneImpossible, "text", text, "example", examplePhone(region))
}

func examplePhone(region string) string {
	n := phonenumbers.GetExampleNumberForType(region, phonenumbers.MOBILE)
	if n == nil {
		return "+55 11 96123-4567"
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

func phoneKind(t phonenumbers.PhoneNumberType) PhoneKind {
	switch t {
	case phonenumbers.MOBILE:
		return PhoneMobile
	case phonenumbers.FIXED_LINE:
		return PhoneFixed
	case phonenumbers.FIXED_LINE_OR_MOBILE:
		return PhoneEither
	default:
		return PhoneOther
	}
}

// Questionable tells whether texts are unlikely to reach the number: a
// landline or a service number.
func (p Phone) Questionable() bool { return p.Kind == PhoneFixed || p.Kind == PhoneOther }

// National is the number for people to read: "+55 11 98765-4321".
func (p Phone) National() string {
	n, err := phonenumbers.Parse(p.E164, "")
	if err != nil {
		return p.E164
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// Masked shows the last four digits alone: "**** 4321".
func (p Phone) Masked() string {
	if len(p.E164) < 4 {
		return "****"
	}
	return "**** " + p.E164[len(p.E164)-4:]
}
