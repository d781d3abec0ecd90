package delivery

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bounceback/engine"
)

// real are the values to show a template with: those of its coupons, or of an
// example.
func (t Trial) real() Fields {
	items, first := t.Items, t.First
	if len(items) == 0 {
		items, first = t.example(), exampleName
	}
	if t.Step == StepSeveral {
		return fieldsOfSeveral(t.Format, t.Store, first, items)
	}
	return fieldsOf(t.Format, t.Store, first, items[0])
}

// What an example says.
const (
	exampleName  = "Maria"
	exampleUnits = 215 // whole units of the sale
)

// terms are those of the campaign, or what the store's are usually.
func (t Trial) terms() engine.Terms {
	if t.Campaign.Terms.Lifetime == 0 {
		return t.Store.Settings.StandardTerms()
	}
	return t.Campaign.Terms
}

// example makes two coupons of a sale of now.
func (t Trial) example() []Item {
	terms, day := t.terms(), t.Store.Today(t.Now)
	face, err := engine.MulBPStep(exampleUnits*t.large()*engine.WholeUnit(t.Store.Exponent), terms.Cashback, t.Store.Step, engine.Up)
	if err != nil { // of a step that no store has
		face = t.Store.Step
	}
	c := engine.Coupon{
		Code: "K7PM4T9Q", Face: face, MaxDiscount: terms.MaxDiscount, Issued: t.Now,
		FirstDay: day + engine.Day(terms.ValidAfter), LastDay: day + engine.Day(terms.Lifetime), //nolint:gosec // days of a setting
	}
	other := c
	other.Code, other.Face = "9QX2M0A8", t.Store.Step*12
	item := Item{Coupon: c, Offer: t.Campaign.OfferText, Link: t.Campaign.Link}
	return []Item{item, {Coupon: other, Link: item.Link}}
}

// longest are values as long as they usually get: a face of four digits, a day
// with two, a long first name. The shop's name, the offer and the link are what
// they are.
func (t Trial) longest() Fields {
	now := engine.InstantOf(time.Date(2026, time.November, 10, 12, 0, 0, 0, t.Store.Zone()))
	long := Trial{Format: t.Format, Store: t.Store, Campaign: t.Campaign, Now: now}.example()[0]
	long.Coupon.Code = "WWWWWWWW"
	long.Coupon.Face = longUnits * t.large() * engine.WholeUnit(t.Store.Exponent)
	if t.Store.Step%engine.WholeUnit(t.Store.Exponent) != 0 {
		long.Coupon.Face += t.Store.Step
	}
	if t.Step != StepSeveral {
		return fieldsOf(t.Format, t.Store, longName, long)
	}
	f := fieldsOfSeveral(t.Format, t.Store, longName, []Item{long, long})
	f.Count = strconv.Itoa(longCount)
	return f
}

// What is long.
const (
	longName  = "Maximiliana"
	longUnits = 1234
	longCount = 2
)

// smallUnits are the currencies with decimals whose whole unit buys little, so
// that amounts have more digits.
var smallUnits = strings.Fields("ALL AMD AOA ARS CDF COP CRC DZD HUF IDR IRR JMD KHR KZT LAK LBP LKR MGA MMK MNT MWK NGN PKR RSD SDG SLE SOS SYP TZS UZS YER ZMW")

// large is by how much amounts of the store's currency are greater than those
// of others.
func (t Trial) large() engine.Minor {
	if t.Store.Exponent == 0 || slices.Contains(smallUnits, t.Store.Currency) {
		return 100
	}
	return 1
}
