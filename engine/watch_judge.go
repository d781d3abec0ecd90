package engine

import (
	"bytes"
	"cmp"
	"slices"
)

// rateRule compares what one did with what the rest of the store did.
type rateRule struct {
	rule  WatchRule
	of    func(WatchCounts) Proportion
	rest  func(rest, all WatchCounts) Proportion // nil: of, of the rest
	staff bool
	tills bool
}

// rateRules are the rules that compare people and tills. Only managers void, so
// a person's voids are not counted per sale: what stands out is how many of them
// undo a redemption, beside how many sales redeem.
var rateRules = []rateRule{
	{rule: WatchRedeemed, staff: true, tills: true, of: func(c WatchCounts) Proportion { return Proportion{c.Redeemed, c.Sales} }},
	{
		rule: WatchUndone, staff: true, of: func(c WatchCounts) Proportion { return Proportion{c.RedeemedVoids, c.Voids} },
		rest: func(_, all WatchCounts) Proportion { return Proportion{all.Redeemed, all.Sales} },
	},
	{rule: WatchUndone, tills: true, of: func(c WatchCounts) Proportion { return Proportion{c.RedeemedVoids, c.Redeemed} }},
	{rule: WatchVoid, tills: true, of: func(c WatchCounts) Proportion { return Proportion{c.Voids, c.Sales} }},
	{rule: WatchLastHour, staff: true, tills: true, of: func(c WatchCounts) Proportion { return Proportion{c.LastRedeemed, c.LastSales} }},
	{rule: WatchTyped, staff: true, of: func(c WatchCounts) Proportion { return Proportion{c.TypedRefs, c.Sales - c.NoRefs} }},
	{rule: WatchNoRef, staff: true, of: func(c WatchCounts) Proportion { return Proportion{c.NoRefs, c.Sales} }},
	{rule: WatchWrongCode, staff: true, tills: true, of: func(c WatchCounts) Proportion { return Proportion{c.Misses, c.Misses + c.Sales} }},
	{rule: WatchBackdated, staff: true, of: func(c WatchCounts) Proportion { return Proportion{c.Backdated, c.Known} }},
	{rule: WatchSplit, staff: true, of: func(c WatchCounts) Proportion { return Proportion{c.Splits, c.Earning} }},
}

// judging is a book while it is judged. tests counts the rates that were
// compared: with each of them chance has one more try to stand out, so that the
// surprise is divided by their number (Bonferroni's correction).
type judging struct {
	book  *WatchBook
	tests int64
	found []WatchFinding
}

// Report judges what was gathered over some days.
func (b *WatchBook) Report(from, to Day) WatchReport {
	b.closeDay()
	r := WatchReport{From: from, To: to, Terms: b.terms, Staff: watchRows(b.staff), Registers: watchRows(b.tills), Store: b.store}
	if !b.terms.On {
		return r
	}
	j := &judging{book: b}
	for _, rule := range rateRules {
		if rule.staff {
			j.compare(rule, WatchStaff, r.Staff)
		}
		if rule.tills {
			j.compare(rule, WatchTill, r.Registers)
		}
	}
	j.customers()
	j.ownPhones()
	j.manySplits(r.Staff)
	r.Findings = j.ranked(from, to)
	return r
}

// watchRows lists counts, the most sales first.
func watchRows(of map[ID]WatchCounts) []WatchRow {
	rows := make([]WatchRow, 0, len(of))
	for id, c := range of {
		rows = append(rows, WatchRow{ID: id, WatchCounts: c})
	}
	slices.SortFunc(rows, func(a, b WatchRow) int {
		return cmp.Or(cmp.Compare(b.Sales, a.Sales), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return rows
}

// compare compares each row with all others together.
func (j *judging) compare(rule rateRule, subject WatchSubject, rows []WatchRow) {
	all := j.book.store
	for _, row := range rows {
		others := all.plus(row.WatchCounts, -1)
		own, rest := rule.of(row.WatchCounts), rule.of(others)
		if rule.rest != nil {
			rest = rule.rest(others, all)
		}
		j.judge(own, rest, WatchFinding{Rule: rule.rule, Subject: subject, ID: row.ID, Spots: j.book.spots(rule.rule, row.ID)})
	}
}

// spots are the moments behind a finding, where lists cannot show them.
func (b *WatchBook) spots(r WatchRule, id ID) []WatchSpot {
	switch r { //nolint:exhaustive // the sales of the others can be listed
	case WatchWrongCode:
		return b.misses[id]
	case WatchSplit, WatchManySplits:
		return b.splits[id]
	case WatchBackdated:
		return b.late[id]
	}
	return nil
}

// judge compares a rate with that of the rest.
func (j *judging) judge(own, rest Proportion, f WatchFinding) {
	if own.Of <= 0 || rest.Of <= 0 {
		return // nothing to compare with: a shop with one cashier
	}
	j.tests++
	t := j.book.terms
	f.Hits, f.Chances, f.Expected = own.Hits, own.Of, expectedOf(own.Of, rest)
	if own.Hits < t.Least || own.Hits*1000*wholeBP < f.Expected*int64(wholeBP+t.Excess) {
		return
	}
	f.chance = chance(own.Unlike(rest))
	j.found = append(j.found, f)
}

// customers looks at every customer's coupons, cashiers and days.
func (j *judging) customers() {
	b := j.book
	var all int64
	for _, n := range b.hands {
		all += n
	}
	for id, p := range b.phones {
		if p.redeemed >= b.terms.Least {
			j.sameHands(id, p, all)
		}
		j.over(p.earned, b.terms.PhoneCoupons, WatchFinding{Rule: WatchManyEarned, Subject: WatchCustomer, ID: id, Spots: p.spots})
		j.over(p.most, b.terms.PhoneCashiers, WatchFinding{Rule: WatchManyHands, Subject: WatchCustomer, ID: id, Spots: p.mostDay})
		j.over(p.mostEarns, b.terms.PhoneDay, WatchFinding{Rule: WatchPhoneDay, Subject: WatchCustomer, ID: id, Spots: p.dayEarns})
	}
}

// nearlyAlways is the share of a customer's redemptions with one cashier from
// which on it is looked at.
const nearlyAlways BP = 8000

// sameHands compares a customer's share of redemptions with one cashier with the
// share of all other redemptions that this cashier made. Any of the staff could
// have been the one, so each counts as a comparison.
func (j *judging) sameHands(id ID, p *watchPhone, all int64) {
	var cashier ID
	for who, n := range p.hands {
		if most := p.hands[cashier]; n > most || n == most && bytes.Compare(who[:], cashier[:]) < 0 {
			cashier = who
		}
	}
	j.tests += int64(len(j.book.hands)) - 1
	own := Proportion{p.hands[cashier], p.redeemed}
	if own.Of*int64(nearlyAlways) > own.Hits*wholeBP {
		j.tests++
		return
	}
	rest := Proportion{j.book.hands[cashier] - own.Hits, all - own.Of}
	j.judge(own, rest, WatchFinding{Rule: WatchSameHands, Subject: WatchCustomer, ID: id, OtherID: cashier})
}

// over finds a number above what the shop has set as still usual.
func (j *judging) over(n, usual int64, f WatchFinding) {
	if usual == 0 || n <= usual {
		return
	}
	f.Hits, f.Expected = n, usual*1000
	j.found = append(j.found, f)
}

// ownPhones finds staff who earn coupons on their own phone: once may be their
// own shopping at the wrong till, and is told too.
func (j *judging) ownPhones() {
	for id, spots := range j.book.own {
		n := int64(len(spots))
		f := WatchFinding{Rule: WatchOwnPhone, Subject: WatchStaff, ID: id, Hits: n, Spots: spots}
		j.found = append(j.found, f)
	}
}

// usualSplits is the share of a person's earning sales that may follow another
// to the same customer: somebody forgot something, a family pays apart.
const usualSplits BP = 500

// manySplits finds people who split sales however many of the others do: two of
// them would hide each other in a comparison.
func (j *judging) manySplits(rows []WatchRow) {
	for _, row := range rows {
		usual := max(2*j.book.terms.Least-1, (row.Earning*int64(usualSplits)+wholeBP-1)/wholeBP)
		j.over(row.Splits, usual, WatchFinding{Rule: WatchManySplits, Subject: WatchStaff, ID: row.ID, Spots: j.book.spots(WatchManySplits, row.ID)})
	}
}

// told tells whether a person's splits stand out beside the others' already.
func told(all []WatchFinding, f WatchFinding) bool {
	return f.Rule == WatchManySplits && slices.ContainsFunc(all, func(o WatchFinding) bool { return o.Rule == WatchSplit && o.ID == f.ID })
}

// ranked drops the rates that chance may explain and what says the same twice,
// and puts the rest in order.
func (j *judging) ranked(from, to Day) []WatchFinding {
	var out []WatchFinding
	for _, f := range j.found {
		if f.Rule.Rated() {
			f.Odds = f.chance.odds(j.tests)
		}
		if f.Rule.Rated() && f.Odds < j.book.terms.Surprise {
			continue
		}
		f.From, f.To = from, to
		out = append(out, f)
	}
	all := slices.Clone(out)
	out = slices.DeleteFunc(out, func(f WatchFinding) bool { return f.Subject == WatchTill && saidOfStaff(all, f) || told(all, f) })
	slices.SortFunc(out, WatchFinding.Compare)
	return out
}

// saidOfStaff tells whether a till stands out by what one person did there.
func saidOfStaff(all []WatchFinding, f WatchFinding) bool {
	return slices.ContainsFunc(all, func(o WatchFinding) bool {
		return o.Subject == WatchStaff && o.Rule == f.Rule && o.Hits == f.Hits
	})
}
