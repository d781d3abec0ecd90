package engine

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Consent is what a customer said about texts.
type Consent string

// The answers.
const (
	ConsentUnknown Consent = "unknown"
	ConsentYes     Consent = "yes"
	ConsentNo      Consent = "no"
)

// Customer is a person who buys: a phone, or the shop's own number, or both.
type Customer struct {
	ID        ID
	Phone     Phone // zero if only the shop's number is known, or forgotten
	Number    string
	Name      string
	Consent   Consent
	ConsentAt Instant
	Visits    int
	FirstDay  Day // of the first sale; 0 if none
	LastDay   Day // of the last sale; 0 if none
	BeforeDay Day // of the sale before the last, on the same day perhaps; 0 if none
	Spent     Minor
	Created   Instant
	Forgotten Instant // when the person asked to be erased; 0 if not
	Groups    []string
	Tier      string
	Birth     int // month of birth, 1 to 12; 0 is unknown
}

// Buyer is what segments ask of the customer.
func (c Customer) Buyer() Buyer {
	return Buyer{Last: c.LastDay, Before: c.BeforeDay, Sales: int64(c.Visits), Spent: c.Spent}
}

// Person is what offers may ask of the customer on a day of the store.
func (c Customer) Person(today Day) Person {
	p := Person{Known: true, Groups: c.Groups, Tier: c.Tier, Sales: c.Visits, Last: c.LastDay, Since: c.FirstDay, Birth: c.Birth}
	if p.Since == 0 {
		p.Since = today
	}
	return p
}

// Label is how lists and screens call a customer: name, else masked phone,
// else the shop's number.
func (c Customer) Label() string {
	switch {
	case c.Name != "":
		return c.Name
	case c.Phone.E164 != "":
		return c.Phone.Masked()
	}
	return c.Number
}

// CustomerRef names the customer of a sale: by id, or by what identifies a
// customer who may be new. The zero value is a sale without a customer.
type CustomerRef struct {
	ID      ID
	Phone   string // E.164
	Number  string // the shop's own customer number
	Name    string // for a new customer
	Consent Consent
	Wording string // what the customer was asked, recorded with the answer
	Verify  string // the code typed back, when the setting asks for it
}

// None tells whether the sale has no customer.
func (r CustomerRef) None() bool { return r.ID.IsZero() && r.Phone == "" && r.Number == "" }

// CustomerEdit changes a customer; nil fields stay.
type CustomerEdit struct {
	ID      ID
	Name    *string
	Number  *string
	Phone   *string // E.164; empty removes it
	Consent *Consent
	Wording string
	Groups  *[]string
	Tier    *string
	Birth   *int // month, 0 takes it away
}

// CustomerView is a customer with what the counter shows.
type CustomerView struct {
	Customer   Customer
	Coupons    []Coupon        // not redeemed, voided or expired; at most MaxHeld, the soonest to expire first
	Usage      map[ID]Usage    // of this customer, by campaign: Customer and CustomerToday
	Suppressed Origin          // who said that the number is to get no texts, if anybody did
	Consents   []ConsentRecord // newest first, at most MaxConsents
}

// MaxConsents is how many answers about texts a customer is shown with.
const MaxConsents = 20

// MaxHeld is how many open coupons of one customer the counter shows.
const MaxHeld = 50

// CustomerQuery asks for customers by exactly one of its fields.
type CustomerQuery struct {
	Phone  string // E.164
	Last4  string // last four digits of the phone
	Number string
	Name   string // beginning of any word of the name, folded by the store
	Limit  int
}

// Codes of customers.
const (
	CodeCustomerUnknown Code = "customer_unknown"
	CodeCustomerName    Code = "customer_name"
	CodeCustomerNumber  Code = "customer_number"
	CodePhoneTaken      Code = "phone_taken"
	CodeNumberTaken     Code = "number_taken"
	CodeForgotten       Code = "customer_forgotten"
	CodePhoneLandline   Code = "phone_landline"
	CodeVerifyWrong     Code = "verify_wrong"
	CodeCustomerGroup   Code = "customer_group" // a group or tier: too long, with control characters, or too many; with most, many
	CodeCustomerBirth   Code = "customer_birth" // no month
)

// MaxGroups is the most groups of one customer. Their names, and that of a
// tier, have at most MaxOfferLabel characters, since offers name them.
const MaxGroups = 20

// TidyGroups gives groups as they are kept: without spaces too many, empty ones
// and those that are there twice, whatever their case.
func TidyGroups(groups []string) []string { return tidyList(groups, strings.ToLower) }

// CheckTraits tells what is wrong with groups and a tier, as TidyGroups gives
// them, or with a month of birth; 0 is none.
func CheckTraits(groups []string, tier string, birth int) error {
	bad := len(groups) > MaxGroups
	for _, name := range append([]string{tier}, groups...) {
		bad = bad || tooLong(name, MaxOfferLabel)
	}
	if bad {
		return BadInput(CodeCustomerGroup, "most", MaxOfferLabel, "many", MaxGroups)
	}
	if birth < 0 || birth > 12 {
		return BadInput(CodeCustomerBirth)
	}
	return nil
}

// MaxName and MaxNumber bound a customer's name and shop number, in characters.
const (
	MaxName   = 80
	MaxNumber = 40
)

// CheckName tells whether a text can be a customer's name; empty is allowed.
func CheckName(name string) error {
	if utf8.RuneCountInString(name) > MaxName || !CleanText(name) {
		return BadInput(CodeCustomerName, "most", MaxName)
	}
	return nil
}

// CheckNumber tells whether a text can be a shop's customer number; empty is
// allowed.
func CheckNumber(number string) error {
	if utf8.RuneCountInString(number) > MaxNumber || !CleanText(number) {
		return BadInput(CodeCustomerNumber, "most", MaxNumber)
	}
	return nil
}

// FoldWords folds a name for searching: lower case, without accents, cut into
// its words. "João da Silva" gives joao, da, silva.
func FoldWords(name string) []string {
	plain := strings.ToLower(name)
	if strings.ContainsFunc(plain, func(r rune) bool { return r >= utf8.RuneSelf }) {
		plain = norm.NFC.String(strings.Map(dropMark, norm.NFD.String(plain)))
	}
	return strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// dropMark takes a mark that stands on the letter before it away.
func dropMark(r rune) rune {
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}

// FirstName is the first word of the name, for texts.
func (c Customer) FirstName() string {
	if words := strings.Fields(c.Name); len(words) > 0 {
		return words[0]
	}
	return ""
}
