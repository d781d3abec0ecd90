package engine

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"time"
)

const (
	weekMinutes = 7 * 24 * 60
	mostScenes  = 16 // ways to meet nested alternatives that are followed
	mostNth     = 2000
)

// scene is what is left open once some thresholds are met together: when,
// where, for whom, and how much of what.
type scene struct {
	from, until Day      // until 0 is no bound
	week        []uint64 // minutes of the week, from Sunday on; nil is all of them
	labels      [6][]string
	labelled    [6]bool // only these labels fit
	tiers       []string
	tiered      bool
	groups      []string
	nth         [][]int
	every       []int
	last        span // days since the last sale
	since       Day
	customer    bool
	amounts     map[string]span // by basis and goods
	units       map[string]span
	loose       bool // amounts and units are not looked at
}

// span is a range, inclusive; most 0 is no bound.
type span struct{ least, most int64 }

func (s span) meet(least, most int64) span {
	s.least = max(s.least, least)
	if most != 0 && (s.most == 0 || most < s.most) {
		s.most = most
	}
	return s
}

func (s span) empty() bool { return s.most != 0 && s.most < s.least }

// sceneOf begins with the days on which a campaign runs from today on.
func sceneOf(c Campaign, today Day) scene {
	return scene{from: max(c.StartsOn, today), until: c.EndsOn}
}

// clash says what cannot be met.
type clash struct {
	code  LintCode
	field string
}

// solve gives the scenes in which a threshold can be met too, or the first
// thing that cannot.
func (s scene) solve(t *Threshold, path string) ([]scene, clash) {
	if bad := s.meet(t); bad.code != "" {
		bad.field = path + bad.field
		return nil, bad
	}
	found := []scene{s}
	for i := range t.All {
		var bad clash
		if found, bad = solveEach(found, &t.All[i], fmt.Sprintf("%sall_of[%d].", path, i)); len(found) == 0 {
			return nil, bad
		}
	}
	if len(t.Any) == 0 {
		return found, clash{}
	}
	var either []scene
	var first clash
	for i := range t.Any {
		some, bad := solveEach(found, &t.Any[i], fmt.Sprintf("%sany_of[%d].", path, i))
		either = append(either, some...)
		if first.code == "" {
			first = bad
		}
	}
	return either[:min(len(either), mostScenes)], first
}

func solveEach(scenes []scene, t *Threshold, path string) (found []scene, first clash) {
	for _, s := range scenes {
		some, bad := s.solve(t, path)
		found = append(found, some...)
		if first.code == "" {
			first = bad
		}
	}
	return found[:min(len(found), mostScenes)], first
}

// meet narrows the scene to what a threshold itself allows, and tells if
// nothing is left.
func (s *scene) meet(t *Threshold) clash {
	s.from = max(s.from, t.From)
	if t.Until != 0 && (s.until == 0 || t.Until < s.until) {
		s.until = t.Until
	}
	if s.until != 0 && s.until < s.from {
		return clash{LintDates, "from"}
	}
	if field := s.meetWeek(t); field != "" {
		return clash{LintHours, field}
	}
	if field := s.meetLabels(t); field != "" {
		return clash{LintClash, field}
	}
	if field := s.meetPerson(t); field != "" {
		return clash{LintClash, field}
	}
	if field := s.meetGoods(t); field != "" && !s.loose {
		return clash{LintClash, field}
	}
	return clash{}
}

// meetWeek narrows the moments of the week, and looks whether a day of the
// dates has one.
func (s *scene) meetWeek(t *Threshold) string {
	if len(t.Weekdays) > 0 || len(t.Times) > 0 {
		week := weekOf(t)
		for i := range s.week {
			week[i] &= s.week[i]
		}
		s.week = week
	}
	if _, _, ok := s.moment(); ok {
		return ""
	}
	if len(t.Times) > 0 {
		return "times"
	}
	return "weekdays"
}

// weekOf gives the minutes of the week that weekdays and times of day leave. A
// span over midnight belongs to the day on which it begins.
func weekOf(t *Threshold) []uint64 {
	week := make([]uint64, (weekMinutes+63)/64)
	times := t.Times
	if len(times) == 0 {
		times = []Hours{{0, 24 * 60}}
	}
	for day := range 7 {
		if len(t.Weekdays) > 0 && !slices.Contains(t.Weekdays, time.Weekday(day)) {
			continue
		}
		for _, h := range times {
			to := h.To
			if h.To <= h.From {
				to += 24 * 60
			}
			fillWeek(week, day*24*60+h.From, day*24*60+to)
		}
	}
	return week
}

// fillWeek sets minutes of the week, going on from Saturday to Sunday.
func fillWeek(week []uint64, from, to int) {
	for from < to {
		at := from % weekMinutes
		length := min(64-at%64, to-from, weekMinutes-at)
		week[at/64] |= (1<<length - 1) << (at % 64)
		from += length
	}
}

// firstMinute is the first minute of the week from one on and before another;
// -1 if there is none.
func firstMinute(week []uint64, from, to int) int {
	for from < to {
		if rest := week[from/64] >> (from % 64); rest != 0 {
			if at := from + bits.TrailingZeros64(rest); at < to {
				return at
			}
			return -1
		}
		from += 64 - from%64
	}
	return -1
}

// moment finds the first day and minute that fit.
func (s *scene) moment() (Day, int, bool) {
	for day := s.from; day < s.from+7 && (s.until == 0 || day <= s.until); day++ {
		if s.week == nil {
			return day, 12 * 60, true
		}
		start := int(day.weekday()) * 24 * 60
		if at := firstMinute(s.week, start, start+24*60); at >= 0 {
			return day, at - start, true
		}
	}
	return 0, 0, false
}

func (s *scene) meetLabels(t *Threshold) string {
	names := [...]string{"channel", "payment", "register", "branch", "source", "ad"}
	for i, list := range [...][]string{t.Channels, t.Payments, t.Registers, t.Branches, t.Sources, t.Ads} {
		if len(list) == 0 {
			continue
		}
		s.labels[i], s.labelled[i] = inCommon(s.labels[i], list, s.labelled[i]), true
		if len(s.labels[i]) == 0 {
			return names[i]
		}
	}
	return ""
}

// inCommon gives what two lists share, or the second if the first is no bound.
func inCommon(first, second []string, bound bool) (both []string) {
	if !bound {
		return second
	}
	for _, v := range first {
		if slices.ContainsFunc(second, func(o string) bool { return sameLabel(v, o) }) {
			both = append(both, v)
		}
	}
	return both
}

// sameLabel compares texts as offers do.
func sameLabel(a, b string) bool { return foldText(a) == foldText(b) }

func (s *scene) meetPerson(t *Threshold) string {
	s.customer = s.customer || t.Customer || t.Birthday
	s.since = max(s.since, t.NewSince)
	s.groups = append(slices.Clip(s.groups), t.Groups...)
	if len(t.Tiers) > 0 {
		if s.tiers, s.tiered = inCommon(s.tiers, t.Tiers, s.tiered), true; len(s.tiers) == 0 {
			return "customer_tier"
		}
	}
	s.last = s.last.meet(int64(t.DaysMin), int64(t.DaysMax))
	if s.last.empty() {
		return "days_since_last_min"
	}
	if len(t.NthSale) > 0 {
		s.nth = append(slices.Clip(s.nth), t.NthSale)
	}
	if t.EveryNth > 0 {
		s.every = append(slices.Clip(s.every), t.EveryNth)
	}
	if s.sale() == 0 {
		return "customer_nth_order"
	}
	return ""
}

// sale is a number that the customer's sale may have; 0 if none fits. Numbers
// are looked for among the first and among those that are named; a rhythm too
// long for that is taken to be met.
func (s *scene) sale() int {
	for n := 1; n <= mostNth; n++ {
		if s.fitsSale(n) {
			return n
		}
	}
	if len(s.nth) == 0 {
		return mostNth
	}
	for _, n := range s.nth[0] {
		if s.fitsSale(n) {
			return n
		}
	}
	return 0
}

// fitsSale tells whether the customer's n-th sale fits. The first has none
// before it.
func (s *scene) fitsSale(n int) bool {
	if n == 1 && s.last != (span{}) {
		return false
	}
	for _, list := range s.nth {
		if !slices.Contains(list, n) {
			return false
		}
	}
	for _, every := range s.every {
		if n%every != 0 {
			return false
		}
	}
	return true
}

// meetGoods narrows how much of the same goods, on the same basis, is bought.
func (s *scene) meetGoods(t *Threshold) string {
	goods := goodsKey(t.Of)
	if t.MinAmount != 0 || t.MaxAmount != 0 {
		basis := t.Basis
		if basis == "" {
			basis = BasisGoods
		}
		key := string(basis) + " " + goods
		s.amounts = setSpan(s.amounts, key, s.amounts[key].meet(int64(t.MinAmount), int64(t.MaxAmount)))
		if s.amounts[key].empty() {
			return "min_amount_minor"
		}
	}
	if least := max(t.MinUnits, t.LineUnits, int64(t.Products)); least != 0 || t.MaxUnits != 0 {
		s.units = setSpan(s.units, goods, s.units[goods].meet(least, t.MaxUnits))
		if s.units[goods].empty() {
			return "min_qty"
		}
	}
	return ""
}

// setSpan gives a copy of a map with one entry set: scenes share their maps.
func setSpan(m map[string]span, key string, v span) map[string]span {
	next := make(map[string]span, len(m)+1)
	for k, old := range m {
		next[k] = old
	}
	next[key] = v
	return next
}

// goodsKey is the same for filters that say the same in the same order.
func goodsKey(g Goods) string {
	if g.isZero() {
		return ""
	}
	var b []byte
	for _, list := range [...][]string{g.SKU, g.Category, g.Brand, g.Tag, g.NotSKU, g.NotCategory, g.NotBrand, g.NotTag} {
		for _, text := range list {
			b = append(appendFold(b, text), 0)
		}
		b = append(b, 0)
	}
	b = append(strconv.AppendInt(b, int64(g.PriceMin), 36), 0)
	return string(strconv.AppendBool(strconv.AppendInt(b, int64(g.PriceMax), 36), g.Undiscounted))
}
