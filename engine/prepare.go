package engine

import (
	"cmp"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Prepared is a set of offers, ready to price baskets: sorted, and indexed by
// what they are for, so that those no line is meant by cost almost nothing. It
// never changes and may be used by several goroutines.
type Prepared struct {
	offers  []ready // in the order they are applied; rebates last, the next-sale coupons by rank
	filters []filter
	words   vocabulary
	bySKU   [][]int32 // filters, by number of a word they name
	byCat   [][]int32
	byBrand [][]int32
	byTag   [][]int32

	gated  [][]int32 // offers, by a filter that some line must pass
	always bits64    // offers without such a filter or a code
	coded  bits64    // offers that ask for a code
	byCode map[string][]int32
	absent []Rejected // of each offer, if no line passes its filter or its code is missing

	pool sync.Pool
}

// scope is Goods as an offer refers to them.
type scope struct {
	filter int32 // openFilter lets every line pass
	fresh  bool  // only lines from which nothing was taken yet
	goods  *Goods
}

const openFilter = int32(0)

// all tells whether every line is meant.
func (s scope) all() bool { return s.filter == openFilter && !s.fresh }

// named gives the goods for an answer; nil if everything is meant.
func (s scope) named() *Goods {
	if s.all() {
		return nil
	}
	return s.goods
}

// ready is an offer made ready.
type ready struct {
	Offer
	phase  Phase
	target scope
	of     scope   // of sets: what is given
	groups []scope // of bundles
	gates  []int32 // filters of which some line must pass one; none: every basket is looked at
	group  int32   // number of its stacking group; -1 is none
	when   condition
	method []string // folded
	gift   string   // its sku, folded
	manner manner
	risky  bool // what is applied before it may cost the customer more than it saves
	looks  bool // at what other offers took off
}

// condition is a Threshold made ready.
type condition struct {
	*Threshold
	of       scope
	weekdays uint8 // bits
	texts    [8][]string
	rule     *SaleRule
	moving   bool // what it looks at changes as offers are applied
	goods    bool // it asks for amounts or quantities
	labels   bool // it asks for labels of the sale
	personal bool // it asks for a customer
	timed    bool // it asks for the day or the hour
	plain    bool // it asks for nothing
	all, any []condition
}

// The texts of a condition, in the order they are judged.
const (
	textChannel = iota
	textPayment
	textTill
	textBranch
	textSource
	textAd
	textTier
	textGroup
)

// Prepare makes offers ready. An error names the field of the first offer that
// cannot be evaluated; what Offer.Check refuses besides is left alone.
func Prepare(offers []Offer) (*Prepared, error) {
	p := &Prepared{
		words:  vocabulary{sku: words{}, category: words{}, brand: words{}, tag: words{}},
		byCode: map[string][]int32{}, filters: make([]filter, 1, 8),
	}
	order := make([]*Offer, len(offers))
	for i := range offers {
		if err := usable(&offers[i]); err != nil {
			return nil, err
		}
		order[i] = &offers[i]
	}
	slices.SortStableFunc(order, compareOffers)
	p.offers = make([]ready, len(offers))
	known, groups := map[string]int32{}, map[string]int32{}
	for i := range p.offers {
		p.offers[i].Offer, p.offers[i].phase = *order[i], order[i].Kind.PhaseOf()
		if err := p.compile(&p.offers[i], known, groups); err != nil {
			return nil, err
		}
	}
	p.index()
	return p, nil
}

// compareOffers orders offers as they are applied. Next-sale coupons come last
// and by rank.
func compareOffers(a, b *Offer) int {
	if c := cmp.Or(cmp.Compare(a.Kind.PhaseOf(), b.Kind.PhaseOf()), cmp.Compare(a.Kind.last(), b.Kind.last())); c != 0 {
		return c
	}
	if a.Kind.last() == 1 {
		return compareRank(a, b)
	}
	return cmp.Or(
		cmp.Compare(a.Stack.Sequence, b.Stack.Sequence), cmp.Compare(b.Stack.Priority, a.Stack.Priority),
		cmp.Compare(a.Created, b.Created), slices.Compare(a.ID[:], b.ID[:]),
	)
}

// last is 1 for the kinds that come after all others.
func (k Kind) last() int {
	if k == KindNextCoupon || k == "" {
		return 1
	}
	return 0
}

func (p *Prepared) compile(r *ready, known, groups map[string]int32) error {
	r.target = p.scope(&r.Target, known)
	r.of = r.target
	if r.Sets.Of != nil {
		r.of = p.scope(r.Sets.Of, known)
	}
	for i := range r.Sets.Groups {
		r.groups = append(r.groups, p.scope(&r.Sets.Groups[i].Of, known))
	}
	r.method, r.group, r.gift = foldAll(r.Method), -1, foldText(r.Gift.SKU)
	if r.Stack.Group != "" {
		key := foldText(r.Stack.Group)
		n, ok := groups[key]
		if !ok {
			n = int32(len(groups)) //nolint:gosec // at most as many as offers
			groups[key] = n
		}
		r.group = n
	}
	var err error
	r.when, err = p.condition(&r.When, known)
	r.gates = p.gates(r)
	r.manner = r.mannerOf()
	r.risky, r.looks = r.manner >= mannerWhole, r.looksAtOthers()
	return err
}

// scope numbers the filter of goods; equal ones share theirs.
func (p *Prepared) scope(g *Goods, known map[string]int32) scope {
	s := scope{filter: openFilter, fresh: g.Undiscounted, goods: g}
	if g.isZero() {
		return s
	}
	f := p.words.filter(*g)
	if f.open() {
		return s
	}
	var key []byte
	for _, list := range [][]int32{f.sku, f.category, f.brand, f.tag, f.notSKU, f.notCategory, f.notBrand, f.notTag} {
		for _, n := range list {
			key = append(strconv.AppendInt(key, int64(n), 36), ' ')
		}
		key = append(key, ';')
	}
	key = append(strconv.AppendInt(key, int64(f.least), 36), ' ')
	key = strconv.AppendInt(key, int64(f.most), 36)
	n, ok := known[string(key)]
	if !ok {
		n = int32(len(p.filters)) //nolint:gosec // a few an offer
		known[string(key)] = n
		p.filters = append(p.filters, f)
	}
	s.filter = n
	return s
}

func (p *Prepared) condition(t *Threshold, known map[string]int32) (condition, error) {
	c := condition{Threshold: t, of: p.scope(&t.Of, known)}
	for _, day := range t.Weekdays {
		c.weekdays |= 1 << (uint(day) % 8) //nolint:gosec // a weekday
	}
	for i, list := range [...][]string{t.Channels, t.Payments, t.Registers, t.Branches, t.Sources, t.Ads, t.Tiers, t.Groups} {
		c.texts[i] = foldAll(list)
	}
	c.goods = t.MinAmount|t.MaxAmount != 0 || t.MinUnits|t.MaxUnits|t.LineUnits != 0 || t.Products != 0
	c.moving = c.goods && (c.of.fresh || t.Basis == BasisRunning || t.Basis == BasisNet)
	if t.Expression != "" {
		var err error
		if c.rule, err = CompileRule(t.Expression); err != nil {
			return c, err
		}
	}
	for _, part := range []struct {
		from []Threshold
		to   *[]condition
	}{{t.All, &c.all}, {t.Any, &c.any}} {
		for i := range part.from {
			inner, err := p.condition(&part.from[i], known)
			if err != nil {
				return c, err
			}
			c.moving = c.moving || inner.moving
			*part.to = append(*part.to, inner)
		}
	}
	c.sort()
	return c, nil
}

// sort notes which kinds of questions the condition asks.
func (c *condition) sort() {
	for i, list := range c.texts {
		c.labels = c.labels || len(list) > 0 && i < textTier
		c.personal = c.personal || len(list) > 0 && i >= textTier
	}
	c.personal = c.personal || c.Customer || len(c.NthSale) > 0 || c.EveryNth > 0 || c.DaysMin > 0 || c.DaysMax > 0 || c.Birthday || c.NewSince != 0
	c.timed = c.From != 0 || c.Until != 0 || c.weekdays != 0 || len(c.Times) > 0
	c.plain = !c.labels && !c.personal && !c.timed && !c.goods && c.rule == nil && len(c.all)+len(c.any) == 0
}

func foldAll(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, foldText(t))
	}
	return out
}

// gates are filters without a line for any of which the offer cannot apply. A
// set is looked at if only a part of it is there, to tell what is missing.
func (p *Prepared) gates(r *ready) []int32 {
	scopes := []scope{r.target}
	switch {
	case r.Kind == KindBundle:
		scopes = r.groups
	case r.phase == PhaseSet:
		scopes = append(scopes, r.of)
	case r.phase == PhaseDelivery, r.phase == PhaseRebate, r.Kind == KindGift && r.Gift.PerAmount == 0 && r.Gift.PerUnits == 0:
		scopes = nil
	}
	if gates := p.named(scopes); gates != nil {
		return gates
	}
	if r.When.MinAmount > 0 || r.When.MinUnits > 0 || r.When.LineUnits > 0 || r.When.Products > 0 {
		return p.named([]scope{r.when.of})
	}
	return nil
}

// named gives the filters of scopes, if the index knows all of them.
func (p *Prepared) named(scopes []scope) []int32 {
	var out []int32
	for _, s := range scopes {
		if !p.filters[s.filter].named() {
			return nil
		}
		if !slices.Contains(out, s.filter) {
			out = append(out, s.filter)
		}
	}
	return out
}

// index files the filters under the words they name and the offers under their
// filters and codes.
func (p *Prepared) index() {
	p.bySKU, p.byCat = make([][]int32, len(p.words.sku)), make([][]int32, len(p.words.category))
	p.byBrand, p.byTag = make([][]int32, len(p.words.brand)), make([][]int32, len(p.words.tag))
	for i := range p.filters {
		p.file(int32(i)) //nolint:gosec // a few an offer
	}
	p.gated = make([][]int32, len(p.filters))
	p.always, p.coded = make(bits64, words64(len(p.offers))), make(bits64, words64(len(p.offers)))
	p.absent = make([]Rejected, len(p.offers))
	for i := range p.offers {
		p.enter(int32(i)) //nolint:gosec // as many as offers
	}
}

// file puts a filter under one kind of word it names: a line that passes has
// one of them.
func (p *Prepared) file(n int32) {
	f := &p.filters[n]
	list, by := f.sku, p.bySKU
	switch {
	case len(f.sku) > 0:
	case len(f.category) > 0:
		list, by = f.category, p.byCat
	case len(f.brand) > 0:
		list, by = f.brand, p.byBrand
	default:
		list, by = f.tag, p.byTag
	}
	for _, word := range list {
		by[word] = append(by[word], n)
	}
}

func (p *Prepared) enter(n int32) {
	r := &p.offers[n]
	p.absent[n] = p.absence(r)
	switch {
	case r.Code != "":
		p.coded.add(n)
		code := FoldOfferCode(r.Code)
		p.byCode[code] = append(p.byCode[code], n)
		p.absent[n] = Rejected{OfferID: r.ID, Key: r.Key, Title: r.Title, Kind: r.Kind, Reason: ReasonCode}
	case len(r.gates) > 0:
		for _, gate := range r.gates {
			p.gated[gate] = append(p.gated[gate], n)
		}
	default:
		p.always.add(n)
	}
}

// absence tells why an offer does not apply to a basket without a line that
// passes one of its gates.
func (p *Prepared) absence(r *ready) Rejected {
	out := Rejected{OfferID: r.ID, Key: r.Key, Title: r.Title, Kind: r.Kind, Reason: ReasonTarget}
	for _, s := range append([]scope{r.target, r.of}, r.groups...) {
		if slices.Contains(r.gates, s.filter) {
			out.Of = s.goods
			return out
		}
	}
	if v := r.when.enough(counted{}); slices.Contains(r.gates, r.when.of.filter) && !v.ok() {
		out.Reason, out.Missing, out.Units, out.Of = v.reason, v.missing, v.units, v.of
	}
	return out
}

// zoneDay is an instant as the store's clock shows it.
type zoneDay struct {
	day     Day
	weekday time.Weekday
	minute  int // of the day
}

func (s Store) zoneDay(now Instant) zoneDay {
	at := now.In(s.Zone())
	return zoneDay{day: DayOf(at.Date()), weekday: at.Weekday(), minute: at.Hour()*60 + at.Minute()}
}
