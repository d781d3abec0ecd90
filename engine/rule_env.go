package engine

import (
	"reflect"
	"strings"
)

// RuleEnv is what a rule may ask of a sale: whole numbers and texts. Amounts
// are in minor units and, like units and products, of the goods before
// discounts. Texts are in lower case.
type RuleEnv struct {
	Amount   int `expr:"amount"`
	Units    int `expr:"units"`
	Products int `expr:"products"` // different ones
	Delivery int `expr:"delivery"` // all charges together

	Date    string `expr:"date"` // 2026-11-20, the day of the store
	Month   int    `expr:"month"`
	Day     int    `expr:"day"`     // of the month
	Weekday string `expr:"weekday"` // mon … sun
	Hour    int    `expr:"hour"`
	Minute  int    `expr:"minute"`

	Channel string `expr:"channel"`
	Payment string `expr:"payment"`
	Source  string `expr:"source"`
	Ad      string `expr:"ad"`
	Till    string `expr:"till"`
	Branch  string `expr:"branch"`

	Customer bool   `expr:"customer"`        // there is one
	Tier     string `expr:"tier"`            //
	Sales    int    `expr:"sales"`           // completed before this one
	DaysLast int    `expr:"days_since_last"` // days since the last sale; -1 if there was none
	DaysKnow int    `expr:"customer_days"`   // days since the customer is one; -1 if unknown
	Birth    int    `expr:"birth_month"`     // 0 if unknown

	UnitsOf  func(category string) int `expr:"units_of"`  // units("Drinks"), what is below it too
	AmountOf func(category string) int `expr:"amount_of"` // amount("Drinks")
	Has      func(sku string) bool     `expr:"has"`
	InGroup  func(group string) bool   `expr:"in_group"`
}

// ruleVariables are the names in rules that are no functions.
var ruleVariables = func() map[string]struct{} {
	names := map[string]struct{}{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[RuleEnv]()) {
		if f.Type.Kind() != reflect.Func {
			names[f.Tag.Get("expr")] = struct{}{}
		}
	}
	return names
}()

var weekdayNames = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// NewRuleEnv gathers what rules may ask of a sale.
func NewRuleEnv(sale Basket, f Facts) (RuleEnv, error) {
	at := f.Now.In(f.Store.Zone())
	today := DayOf(at.Date())
	env := RuleEnv{
		Amount: int(sale.Amount),
		Date:   today.String(), Month: int(at.Month()), Day: at.Day(),
		Weekday: weekdayNames[at.Weekday()], Hour: at.Hour(), Minute: at.Minute(),
		Channel: foldRule(sale.Channel), Payment: foldRule(sale.Payment), Source: foldRule(sale.Source), Ad: foldRule(sale.Ad),
		Till: foldRule(f.Till), Branch: foldRule(f.Branch),
		Customer: f.Person.Known, Tier: foldRule(f.Person.Tier), Sales: f.Person.Sales, Birth: f.Person.Birth,
		DaysLast: daysSince(f.Person.Last, today), DaysKnow: daysSince(f.Person.Since, today),
		InGroup: func(group string) bool { return containsFolded(f.Person.Groups, group) },
	}
	for _, c := range sale.Delivery {
		env.Delivery += int(c.Amount)
	}
	return env, env.goods(sale.Lines)
}

func daysSince(then, today Day) int {
	if then == 0 {
		return -1
	}
	return int(today - then)
}

// goods counts the lines and gives the functions that look at them. The
// functions are asked with text that the rule has folded.
func (e *RuleEnv) goods(lines []Line) error {
	gross := make([]int, len(lines))
	category := make([]string, len(lines))
	skus := map[string]bool{}
	for i, l := range lines {
		amount, err := l.Gross()
		if err != nil {
			return err
		}
		gross[i], category[i] = int(amount), foldRule(l.Category)
		e.Amount += int(amount)
		e.Units += int(l.Units)
		skus[foldRule(l.SKU)] = true
	}
	e.Products = len(skus)
	e.Has = func(sku string) bool { return skus[sku] }
	sum := func(of string, each func(i int) int) (n int) {
		for i, c := range category {
			if c == of || strings.HasPrefix(c, of+"/") {
				n += each(i)
			}
		}
		return n
	}
	e.UnitsOf = func(of string) int { return sum(of, func(i int) int { return int(lines[i].Units) }) }
	e.AmountOf = func(of string) int { return sum(of, func(i int) int { return gross[i] }) }
	return nil
}

func containsFolded(all []string, folded string) bool {
	for _, one := range all {
		if foldRule(one) == folded {
			return true
		}
	}
	return false
}
