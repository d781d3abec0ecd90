package engine

import (
	"math/bits"
	"slices"
)

// Evaluate prices a basket with offers: see Prepared.Evaluate, which is quicker
// where the same offers price many baskets.
func Evaluate(b Basket, offers []Offer, f Facts) (Result, error) {
	p, err := Prepare(offers)
	if err != nil {
		return Result{}, err
	}
	return p.Evaluate(b, f)
}

// Evaluate prices a basket. It is a pure function: the order in which offers
// were given and codes typed does not matter.
//
// The phases follow one another: item prices and discounts, sets, order
// discounts and gifts, delivery, what the customer holds (first the coupon,
// then credit offers, then balance and points, which pay and take nothing
// off), and last, on what was really paid for the goods, what the sale earns.
// Where offers exclude each other, the combination is found that leaves the
// least due; of equal ones that with the higher value in gifts, of equal ones
// that whose first differing offer comes first in the order of application.
//
// An error names what in the basket cannot be priced.
func (p *Prepared) Evaluate(b Basket, f Facts) (Result, error) {
	w, _ := p.pool.Get().(*pricing)
	if w == nil {
		w = &pricing{Prepared: p, slot: make([]int32, len(p.filters)), stamp: make([]uint32, len(p.filters))}
	}
	defer func() {
		w.basket, w.facts, w.lineOf, w.env = nil, nil, nil, nil
		p.pool.Put(w)
	}()
	if err := w.begin(&b, &f); err != nil {
		return Result{}, err
	}
	if err := w.judgeAll(); err != nil {
		return Result{}, err
	}
	if err := w.search(); err != nil {
		return Result{}, err
	}
	if err := w.rebates(); err != nil {
		return Result{}, err
	}
	return w.result(), nil
}

// pricing is the work of one Evaluate. Its memory is used again.
type pricing struct {
	*Prepared
	basket *Basket
	facts  *Facts
	now    zoneDay
	today  Day // the sale's business date
	back   bool
	lineOf []Line
	open   [1]Line // of an open amount

	lines    []lineState
	segs     []segment
	number   []int32 // of the lines' words
	fold     []byte
	stride   int // words of a set of lines
	every    bits64
	epoch    uint32
	stamp    []uint32 // of filters: when their slot was filled
	slot     []int32
	sets     []uint64 // lines that pass, by slot
	context  [8]string
	folded   bool
	env      *RuleEnv
	numbered bool
	ranked   bool
	rank     []int32 // of lines: see before

	candidates bits64
	list       []candidate
	chosen     bits64 // of the list: those of the combination being tried

	dirty     []int32
	at        []int32
	marked    bool
	picks     []pick
	sel       []target
	shares    shareStack
	filling   filling
	allotment allotment

	charges []chargeState
	runs    []Run
	cuts    []lineCut
	apps    []applied
	offs    []Minor // off charges
	gifts   []Given
	given   []giftUse

	gross, running Minor
	coupon         *Applied
	redeemable     Minor
	paid           Minor // for the goods, once it is known; -1 before
	refused        error
	outcome        outcome
	tried          int
	bounded        bool
	searching      searchState
	rebate         rebateState
}

// candidate is an offer that some line may be meant by.
type candidate struct {
	at       int32 // of the offers
	why      verdict
	static   verdict // why it cannot apply whatever the others do
	could    bool    // it applied in some combination
	failed   verdict // why it did not apply in one
	discount Minor   // most it may take; -1 is no bound
	units    int64   // most units it may touch; -1 is no bound
}

// verdict tells why an offer does not apply; the zero verdict is that it does.
type verdict struct {
	reason  Code
	missing Minor
	units   int64
	of      *Goods
	by      int32 // 1 + the offer that applied instead
}

// applied is an Application as recorded: its parts are ranges of the pricing's
// lists.
type applied struct {
	at           int32
	times, units int64
	amount       Minor
	cuts, end    int
	offs, offEnd int
}

type chargeState struct{ gross, running, cut Minor }

// begin reads the basket and finds the candidates.
func (p *pricing) begin(b *Basket, f *Facts) error {
	p.basket, p.facts, p.folded, p.env, p.numbered, p.ranked = b, f, false, nil, false, false
	p.now = f.Store.zoneDay(f.Now)
	p.today = b.Business
	if p.today == 0 {
		p.today = p.now.day
	}
	p.back = p.today != p.now.day
	p.lineOf = b.Lines
	if len(b.Lines) == 0 {
		p.open[0] = Line{Units: 1, Price: b.Amount}
		p.lineOf = p.open[:]
	}
	if err := p.readLines(); err != nil {
		return err
	}
	if err := p.readCharges(); err != nil {
		return err
	}
	p.match()
	return nil
}

// readLines gives each line its state before discounts.
func (p *pricing) readLines() error {
	if len(p.lineOf) > MaxLines {
		return BadInput(CodeProductsRange, "most", MaxLines)
	}
	p.lines, p.number, p.gross = p.lines[:0], p.number[:0], 0
	for i := range p.lineOf {
		l, err := p.readLine(&p.lineOf[i], i+1)
		if err != nil {
			return err
		}
		if p.gross += l.gross; p.gross > MaxAmount {
			return BadInput(CodeAmountTooLarge, "most", MaxAmount, "text", p.gross)
		}
		p.lines = append(p.lines, l)
	}
	return nil
}

func (p *pricing) readLine(from *Line, no int) (lineState, error) {
	l := lineState{units: from.Units, weight: from.Weight, list: from.Price, fixed: from.NoDiscount, product: -1}
	if from.Units < 1 || from.Units > MaxUnits || from.Weight < 0 || from.Weight > 0 && from.Units != 1 {
		return l, BadInput(CodeQuantity, "most", MaxUnits, "line", no)
	}
	for _, amount := range []Minor{from.Price, from.Floor} {
		if amount < 0 || amount > MaxAmount {
			return l, BadInput(CodeAmountTooLarge, "most", MaxAmount, "text", amount, "line", no)
		}
	}
	l.each, l.floor = from.Price, from.Floor
	if from.Weight > 0 {
		var err error
		if l.each, err = from.Each(); err == nil {
			l.floor, err = Share(from.Floor, Minor(from.Weight), WeightUnit, Up)
		}
		if err != nil {
			return l, BadInput(CodeOverflow, "line", no)
		}
	}
	if l.gross = l.each * Minor(l.units); l.each > MaxAmount || l.gross > MaxAmount {
		return l, BadInput(CodeAmountTooLarge, "most", MaxAmount, "text", l.each, "line", no)
	}
	l.running = l.gross
	l.lineWords, p.fold, p.number = p.words.read(from, p.fold, p.number)
	return l, nil
}

func (p *pricing) readCharges() error {
	if len(p.basket.Delivery) > MaxCharges {
		return BadInput(CodeProductsRange, "most", MaxCharges)
	}
	p.charges = p.charges[:0]
	for _, c := range p.basket.Delivery {
		if c.Amount < 0 || c.Amount > MaxAmount {
			return BadInput(CodeAmountTooLarge, "most", MaxAmount, "text", c.Amount)
		}
		p.charges = append(p.charges, chargeState{gross: c.Amount})
	}
	return nil
}

// match finds which lines pass which filter, by the index, and from that the
// offers that may apply.
func (p *pricing) match() {
	p.stride = words64(len(p.lines))
	p.every = resize(p.every, p.stride)
	p.candidates = append(p.candidates[:0], p.always...)
	p.sets = p.sets[:0]
	if p.epoch++; p.epoch == 0 { // the stamps of four thousand million baskets ago
		clear(p.stamp)
		p.epoch = 1
	}
	for i := range p.lines {
		n, l := int32(i), &p.lines[i] //nolint:gosec // at most MaxLines
		p.every.add(n)
		if l.sku >= 0 {
			p.pass(n, p.bySKU[l.sku])
		}
		if l.brand >= 0 {
			p.pass(n, p.byBrand[l.brand])
		}
		for _, word := range l.category {
			p.pass(n, p.byCat[word])
		}
		for _, word := range l.tags {
			p.pass(n, p.byTag[word])
		}
	}
	for _, code := range p.basket.Codes {
		for _, n := range p.byCode[FoldOfferCode(code)] {
			gates := p.offers[n].gates
			if len(gates) == 0 || slices.ContainsFunc(gates, func(f int32) bool { return p.stamp[f] == p.epoch }) {
				p.candidates.add(n)
			}
		}
	}
}

// pass notes which of the filters a line passes.
func (p *pricing) pass(line int32, filters []int32) {
	l := &p.lines[line]
	for _, n := range filters {
		if !p.Prepared.filters[n].fits(&l.lineWords, l.list) {
			continue
		}
		if p.stamp[n] != p.epoch {
			p.newSet(n)
			for _, o := range p.gated[n] {
				p.candidates.add(o)
			}
		}
		bitsOf(p.sets, p.slot[n], p.stride).add(line)
	}
}

// newSet makes the empty set of lines of a filter.
func (p *pricing) newSet(filter int32) {
	p.stamp[filter], p.slot[filter] = p.epoch, int32(len(p.sets)) //nolint:gosec // lines × filters
	for range p.stride {
		p.sets = append(p.sets, 0)
	}
}

func bitsOf(sets []uint64, slot int32, stride int) bits64 {
	return bits64(sets[slot : int(slot)+stride])
}

// passing gives the lines that pass a scope's filter.
func (p *pricing) passing(s scope) bits64 {
	if s.filter == openFilter {
		return p.every
	}
	f := &p.filters[s.filter]
	if p.stamp[s.filter] != p.epoch {
		p.newSet(s.filter)
		if !f.named() {
			set := bitsOf(p.sets, p.slot[s.filter], p.stride)
			for i := range p.lines {
				if l := &p.lines[i]; f.fits(&l.lineWords, l.list) {
					set.add(int32(i)) //nolint:gosec // at most MaxLines
				}
			}
		}
	}
	return bitsOf(p.sets, p.slot[s.filter], p.stride)
}

// judgeAll lists the candidates with what speaks against each whatever the
// others do.
func (p *pricing) judgeAll() error {
	p.list = p.list[:0]
	for word, set := range p.candidates {
		for ; set != 0; set &= set - 1 {
			c := candidate{at: int32(word<<6 + bits.TrailingZeros64(set)), discount: -1, units: -1} //nolint:gosec // an offer's number
			var err error
			if c.static, err = p.judge(&c); err != nil {
				return err
			}
			p.list = append(p.list, c)
		}
	}
	return nil
}
