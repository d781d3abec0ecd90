package engine

import (
	"cmp"
	"slices"
)

// PastSale is a recorded sale as it is priced again: what was bought at the
// prices of that time, and what was known of the customer then.
type PastSale struct {
	ID       ID
	Basket   Basket
	Register ID
	Till     string
	Branch   string
	Customer ID
	Number   int32 // of the customer, counted from 0 in order of appearance; -1: nobody
	Person   Person
	Texts    bool // the customer may be sent texts
}

// Replay prices past sales under one draft and the campaigns beside it. The
// draft counts as running all the time, whatever its dates, and its code as
// given in every sale; the others run on the days of their dates. Coupons and
// discounts that the sales really had are left aside. Limits are counted from
// nothing at the first sale.
type Replay struct {
	store   Store
	draft   Campaign
	offer   Offer
	codes   []string
	spans   []replaySpan
	limited []Offer
}

// replaySpan is the offers from a day on.
type replaySpan struct {
	from     Day
	prepared *Prepared
}

// NewReplay begins the replay of a draft. Others are active campaigns; one that
// is the draft itself is left out. A draft that is no campaign yet counts as
// made at now: an equally good older campaign comes before it.
func NewReplay(store Store, draft Campaign, others []Campaign, now Instant) (*Replay, error) {
	if draft.ID.IsZero() {
		draft.ID, draft.Created = FirstID(now), now
	}
	r := &Replay{store: store, draft: draft, offer: draft.Offer()}
	r.offer.When.From, r.offer.When.Until = 0, 0
	if r.offer.Code != "" {
		r.codes = []string{r.offer.Code}
	}
	others = slices.DeleteFunc(slices.Clone(others), func(c Campaign) bool { return c.ID == draft.ID })
	for _, c := range others {
		r.limit(c.Offer())
	}
	r.limit(r.offer)
	for _, day := range turns(others) {
		prepared, err := Prepare(append(Offers(others, day), r.offer))
		if err != nil {
			return nil, err
		}
		r.spans = append(r.spans, replaySpan{day, prepared})
	}
	return r, nil
}

func (r *Replay) limit(o Offer) {
	if o.Limits != (Limits{}) {
		r.limited = append(r.limited, o)
	}
}

// turns are the days from which on other campaigns run than the day before.
func turns(campaigns []Campaign) []Day {
	days := []Day{0}
	for _, c := range campaigns {
		if c.StartsOn > 0 {
			days = append(days, c.StartsOn)
		}
		if c.EndsOn > 0 {
			days = append(days, c.EndsOn+1)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// on gives the offers of a day.
func (r *Replay) on(day Day) *Prepared {
	at, found := slices.BinarySearchFunc(r.spans, day, func(s replaySpan, d Day) int { return cmp.Compare(s.from, d) })
	if !found && at > 0 {
		at--
	}
	return r.spans[at].prepared
}

// InOrder tells whether the sales must be priced one after the other, since
// what one uses of a limit another no longer has.
func (r *Replay) InOrder() bool { return len(r.limited) > 0 }

// Tally adds up what a draft would have done in some of the sales. Tallies of
// one replay may be filled by different goroutines, and then be joined.
type Tally struct {
	replay    *Replay
	sum       SimulatedDraft
	unpriced  int64
	customers []uint64 // bits, by number
	reasons   map[Code]int64
	lost      map[ID]*SimulatedRival
	taken     map[ID]*SimulatedRival
	months    map[Day]*SimulatedMonth
	month     *SimulatedMonth // of the sale before
	until     Day             // the first day after it
	used      map[ID]*replayUse
	usage     map[ID]Usage
}

// Tally begins an empty tally.
func (r *Replay) Tally() *Tally {
	t := &Tally{
		replay: r, reasons: map[Code]int64{}, lost: map[ID]*SimulatedRival{}, taken: map[ID]*SimulatedRival{},
		months: map[Day]*SimulatedMonth{},
	}
	t.sum.Campaign = r.draft
	if r.InOrder() {
		t.used, t.usage = map[ID]*replayUse{}, map[ID]Usage{}
		for _, o := range r.limited {
			t.used[o.ID] = newReplayUse(o)
		}
	}
	return t
}

// Add prices a sale and adds up what came of it. If the replay is InOrder, all
// sales go to one tally, in the order of time. It gives what the sale was found
// to be.
func (t *Tally) Add(s *PastSale) Result {
	r := t.replay
	basket := s.Basket
	basket.Codes = r.codes
	facts := Facts{
		Now: s.ID.Instant(), Store: r.store, Register: s.Register, Till: s.Till, Branch: s.Branch,
		Customer: s.Customer, Person: s.Person,
	}
	today := Day(0)
	if t.used != nil {
		today = r.store.Today(facts.Now)
		facts.Usage = t.foresee(s, today)
	}
	res, err := r.on(basket.Business).Evaluate(basket, facts)
	if err != nil {
		t.unpriced++
		return Result{}
	}
	if t.used != nil {
		t.use(s, today, res)
	}
	t.count(s, res)
	return res
}

// count adds up what came of a sale.
func (t *Tally) count(s *PastSale, res Result) {
	month := t.monthOf(s.Basket.Business)
	month.Sales++
	draft := t.replay.draft.ID
	if res.Earned != nil && res.Earned.OfferID == draft {
		t.coupon(s, res, month)
		return
	}
	if res.Held != nil && res.Held.OfferID == draft {
		t.sum.Held++
		return
	}
	for i := range res.Applied {
		if a := &res.Applied[i]; a.OfferID == draft {
			t.applied(s, res, a, month)
			return
		}
	}
	for i := range res.Rejected {
		if no := &res.Rejected[i]; no.OfferID == draft {
			t.rejected(no, res)
			return
		}
	}
}

func (t *Tally) monthOf(day Day) *SimulatedMonth {
	if t.month != nil && day >= t.month.First && day < t.until {
		return t.month
	}
	at := day.Date()
	first := DayOf(at.Year(), at.Month(), 1)
	m := t.months[first]
	if m == nil {
		m = &SimulatedMonth{First: first}
		t.months[first] = m
	}
	t.month, t.until = m, DayOf(at.Year(), at.Month()+1, 1)
	return m
}

// hit counts a sale in which the draft earned or applied.
func (t *Tally) hit(s *PastSale, res Result, month *SimulatedMonth, given Minor) {
	d := &t.sum
	d.Sales, d.Goods, d.Paid = d.Sales+1, d.Goods+res.Gross, d.Paid+res.Net
	month.Hits, month.Given = month.Hits+1, month.Given+given
	if s.Number < 0 {
		d.Unknown++
		return
	}
	word := int(s.Number >> 6)
	for len(t.customers) <= word {
		t.customers = append(t.customers, 0)
	}
	t.customers[word] |= 1 << (s.Number & 63)
}

func (t *Tally) coupon(s *PastSale, res Result, month *SimulatedMonth) {
	d, e := &t.sum, res.Earned
	t.hit(s, res, month, e.Face)
	d.Face, d.FaceMost = d.Face+e.Face, max(d.FaceMost, e.Face)
	if exact, err := MulBP(res.Net, e.Terms.Cashback, HalfUp); err == nil && e.Terms.Cashback > 0 {
		d.Rounding += max(0, e.Face-exact)
	}
	if takes, err := (Coupon{Face: e.Face, MaxDiscount: e.MaxDiscount}).Takes(res.Net, t.replay.store.Step); err == nil {
		d.Worst += takes
	}
	if s.Texts {
		d.Texts.Coupons++
	}
	t.displaced(res)
}

func (t *Tally) applied(s *PastSale, res Result, a *Application, month *SimulatedMonth) {
	d := &t.sum
	t.hit(s, res, month, a.Amount)
	d.Off, d.Units = d.Off+a.Amount, d.Units+a.Units
	if a.Kind == KindPoints {
		rate := t.replay.offer.Points
		d.Points += a.Times * rate.Points
	}
	t.displaced(res)
}

// displaced counts the campaigns that gave way to the draft.
func (t *Tally) displaced(res Result) {
	for i := range res.Rejected {
		if no := &res.Rejected[i]; no.By == t.replay.draft.ID {
			rival(t.taken, no.OfferID, no.Title)
		}
	}
}

func rival(in map[ID]*SimulatedRival, id ID, title string) {
	if in[id] == nil {
		in[id] = &SimulatedRival{ID: id, Title: title}
	}
	in[id].Sales++
}

// rejected counts why the draft did nothing.
func (t *Tally) rejected(no *Rejected, res Result) {
	t.reasons[no.Reason]++
	if !no.By.IsZero() {
		rival(t.lost, no.By, no.ByTitle)
		return
	}
	if nearMiss(no, res.Net) {
		t.sum.Near++
	}
}

// nearMiss tells whether a sale missed an offer by little: one piece, or an
// amount of at most a quarter of what was paid, so that at least four fifths of
// a threshold of all goods were reached.
func nearMiss(no *Rejected, paid Minor) bool {
	return no.Missing > 0 && no.Missing <= paid/4 || no.Units == 1
}

// Join adds another tally of the same replay.
func (t *Tally) Join(o *Tally) {
	a, b := &t.sum, &o.sum
	a.Sales, a.Unknown, a.Goods, a.Paid = a.Sales+b.Sales, a.Unknown+b.Unknown, a.Goods+b.Goods, a.Paid+b.Paid
	a.Face, a.FaceMost, a.Rounding, a.Worst = a.Face+b.Face, max(a.FaceMost, b.FaceMost), a.Rounding+b.Rounding, a.Worst+b.Worst
	a.Off, a.Units, a.Points, a.Near = a.Off+b.Off, a.Units+b.Units, a.Points+b.Points, a.Near+b.Near
	a.Held, a.Texts.Coupons = a.Held+b.Held, a.Texts.Coupons+b.Texts.Coupons
	t.unpriced += o.unpriced
	for i, word := range o.customers {
		if i == len(t.customers) {
			t.customers = append(t.customers, 0)
		}
		t.customers[i] |= word
	}
	for reason, n := range o.reasons {
		t.reasons[reason] += n
	}
	joinRivals(t.lost, o.lost)
	joinRivals(t.taken, o.taken)
	for first, m := range o.months {
		if t.months[first] == nil {
			t.months[first] = &SimulatedMonth{First: first}
		}
		to := t.months[first]
		to.Sales, to.Hits, to.Given = to.Sales+m.Sales, to.Hits+m.Hits, to.Given+m.Given
	}
}

func joinRivals(to, from map[ID]*SimulatedRival) {
	for id, r := range from {
		if to[id] == nil {
			to[id] = &SimulatedRival{ID: id, Title: r.Title}
		}
		to[id].Sales += r.Sales
	}
}

// Sum gives what the draft would have done in all sales of the tally, and how
// many could not be priced.
func (t *Tally) Sum() (d SimulatedDraft, unpriced int64) {
	d = t.sum
	for _, word := range t.customers {
		d.Customers += int64(bits64{word}.count())
	}
	for reason, n := range t.reasons {
		d.Reasons = append(d.Reasons, SimulatedReason{reason, n})
	}
	slices.SortFunc(d.Reasons, func(a, b SimulatedReason) int {
		return cmp.Or(cmp.Compare(b.Sales, a.Sales), cmp.Compare(a.Reason, b.Reason))
	})
	d.Lost, d.Taken = rivals(t.lost), rivals(t.taken)
	for _, m := range t.months {
		d.Months = append(d.Months, *m)
	}
	slices.SortFunc(d.Months, func(a, b SimulatedMonth) int { return cmp.Compare(a.First, b.First) })
	return d, t.unpriced
}

func rivals(of map[ID]*SimulatedRival) []SimulatedRival {
	var out []SimulatedRival
	for _, r := range of {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b SimulatedRival) int {
		return cmp.Or(cmp.Compare(b.Sales, a.Sales), slices.Compare(a.ID[:], b.ID[:]))
	})
	return out
}
