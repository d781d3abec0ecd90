package form

import (
	"strconv"
	"time"

	"bounceback/engine"
)

// Quote is what a quote asks.
type Quote struct {
	Basket engine.Basket
	Facts  engine.Facts // Store and Now as passed in or told; Coupon only if the quote gives its face

	Offers    []engine.Offer
	HasOffers bool // the quote names its offers; otherwise the store's active campaigns are meant

	CouponCode string // of a coupon of the store; empty: none, or Facts.Coupon has it
	Number     string // the shop's own number of the customer
	Phone      string // as typed
}

// ReadQuote reads a quote for a store and checks what it says. now counts if
// the quote does not tell the time. The errors are those of files and of
// offers; "field" is the place in the file.
func ReadQuote(data []byte, shop engine.Store, now engine.Instant) (Quote, error) {
	f := quoteForm{}
	if err := read(data, &f); err != nil {
		return Quote{}, err
	}
	var b builder
	q := Quote{HasOffers: f.Offers != nil}
	q.Facts = engine.Facts{
		Now: b.moment(f.Now, shop.Zone(), now), Store: shop, Till: f.Register, Branch: f.Branch,
		Balance: f.Balance, Stock: f.Stock, Usage: map[engine.ID]engine.Usage{},
	}
	q.Basket = f.basket(&b, engine.DayAt(q.Facts.Now, shop.Zone()))
	q.customer(f.Customer, &b)
	q.payWith(f, &b)
	q.offers(f.Offers, shop.Settings.StandardTerms(), &b)
	if b.err != nil {
		return Quote{}, b.err
	}
	return q, nil
}

// moment reads an instant with a zone of its own, or a local time.
func (b *builder) moment(text string, zone *time.Location, now engine.Instant) engine.Instant {
	if text == "" {
		return now
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		t, err := time.ParseInLocation(layout, text, zone)
		if err == nil && t.Year() >= 1970 {
			return engine.InstantOf(t)
		}
	}
	b.refuse(CodeMoment, "now")
	return now
}

func (f *quoteForm) basket(b *builder, today engine.Day) engine.Basket {
	sale := engine.Basket{
		Amount: f.Amount, Business: engine.Day(f.Business),
		Channel: f.Channel, Payment: f.Payment, Source: f.Source, Ad: f.Ad,
	}
	if f.Business == 0 {
		sale.Business = today
	}
	b.between("amount_minor", f.Amount, engine.MaxAmount)
	if f.Basket == nil && f.Amount == 0 {
		b.refuse(CodeMissing, "basket")
	}
	if len(f.Basket) > 0 && f.Amount != 0 {
		b.refuse(CodeBoth, "amount_minor", "other", "basket")
	}
	b.atMost("basket", len(f.Basket), engine.MaxLines)
	b.atMost("shipping", len(f.Shipping), engine.MaxCharges)
	b.atMost("codes", len(f.Codes), engine.MaxOfferList)
	for i, l := range f.Basket {
		sale.Lines = append(sale.Lines, l.line(entry("basket", i)+".", b))
	}
	for i, c := range f.Shipping {
		b.between(entry("shipping", i)+".price_minor", c.Amount, engine.MaxAmount)
		sale.Delivery = append(sale.Delivery, engine.Charge{Method: c.Method, Amount: c.Amount})
	}
	for _, code := range f.Codes {
		sale.Codes = append(sale.Codes, engine.FoldOfferCode(code))
	}
	for _, id := range f.RefusedGifts {
		sale.NoGift = append(sale.NoGift, OfferID(id))
	}
	return sale
}

func (b *builder) between(field string, v, most engine.Minor) {
	if v < 0 || v > most {
		b.refuse(engine.CodeOfferRange, field, "value", v, "least", engine.Minor(0), "most", most)
	}
}

func (b *builder) counted(field string, v, least, most int64) {
	if v < least || v > most {
		b.refuse(engine.CodeOfferRange, field, "value", v, "least", least, "most", most)
	}
}

func (b *builder) atMost(field string, n, most int) {
	if n > most {
		b.refuse(engine.CodeOfferMany, field, "most", most)
	}
}

func (f lineForm) line(path string, b *builder) engine.Line {
	l := engine.Line{
		SKU: f.SKU, Name: f.Name, Category: f.Category, Brand: f.Brand, Tags: f.Tags, Units: 1, Weight: f.Weight,
		Price: f.Price, Floor: f.Floor, Cost: f.Cost, NoDiscount: f.Discountable != nil && !*f.Discountable,
	}
	if f.Units != nil {
		l.Units = *f.Units
	}
	most := int64(engine.MaxUnits)
	if f.Weight != 0 {
		most = 1
	}
	b.counted(path+"qty", l.Units, 1, most)
	b.counted(path+"weight", l.Weight, 0, engine.MaxUnits*engine.WeightUnit)
	b.between(path+"unit_price_minor", l.Price, engine.MaxAmount)
	b.between(path+"min_price_minor", l.Floor, engine.MaxAmount)
	b.between(path+"cost_minor", l.Cost, engine.MaxAmount)
	b.atMost(path+"tags", len(l.Tags), engine.MaxOfferList)
	return l
}

func (q *Quote) customer(f *customerForm, b *builder) {
	if f == nil {
		return
	}
	b.counted("customer.completed_orders", int64(f.Completed), 0, engine.MaxLimit)
	b.counted("customer.birth_month", int64(f.Birth), 0, 12)
	b.atMost("customer.groups", len(f.Groups), engine.MaxOfferList)
	q.Number, q.Phone = f.Number, f.Phone
	q.Facts.Person = engine.Person{
		Known: f.Known == nil || *f.Known, Groups: f.Groups, Tier: f.Tier, Sales: f.Completed,
		Last: engine.Day(f.Last), Since: engine.Day(f.Since), Birth: f.Birth,
	}
}

// payWith reads what the customer holds and wants to use.
func (q *Quote) payWith(f quoteForm, b *builder) {
	b.between("balance_minor", f.Balance, engine.MaxAmount)
	if p := f.Points; p != nil {
		b.counted("points.points", p.Points, 0, int64(engine.MaxAmount))
		b.between("points.worth_minor", p.Worth, engine.MaxAmount)
		q.Facts.Points = engine.PointsUse{Points: p.Points, Worth: p.Worth}
	}
	c := f.Coupon
	if c == nil {
		return
	}
	b.between("coupon.face_minor", c.Face, engine.MaxAmount)
	if c.Face == 0 {
		if q.CouponCode = c.Code; c.Code == "" {
			b.refuse(CodeMissing, "coupon.code")
		}
		return
	}
	most := wholePercent
	put(&most, (*engine.BP)(c.MaxDiscount))
	b.counted("coupon.max_discount_percent", int64(most), 1, int64(wholePercent))
	q.Facts.Coupon = &engine.Coupon{
		ID: OfferID("coupon " + c.Code), Code: c.Code, Face: c.Face, MaxDiscount: most, State: engine.CouponActive,
		ValidUntil: q.Facts.Now + 1,
	}
}

// offers reads the offers and what was used of them. One whose use by the
// customer is told makes the customer known.
func (q *Quote) offers(forms []quoteOfferForm, terms engine.Terms, b *builder) {
	b.atMost("offers", len(forms), maxOffers)
	if b.err != nil {
		return
	}
	seen := map[engine.ID]int{}
	for i, f := range forms {
		path := entry("offers", i) + "."
		o, err := f.checked(path, i, terms)
		if err != nil {
			b.err = err
			return
		}
		if before, twice := seen[o.ID]; twice {
			b.refuse(CodeSameID, path+"id", "other", entry("offers", before)+".id")
		}
		seen[o.ID] = i
		q.Offers = append(q.Offers, o)
		if f.Limits != nil {
			q.Facts.Usage[o.ID] = f.Limits.usage(path+"limits.", b)
			q.Facts.Person.Known = q.Facts.Person.Known || f.Limits.UsedCustomer+f.Limits.UsedToday > 0
		}
	}
}

// maxOffers is the most offers of a quote.
const maxOffers = 2000

func (f quoteOfferForm) checked(path string, i int, terms engine.Terms) (engine.Offer, error) {
	if f.Kind == "" {
		return engine.Offer{}, engine.BadInput(CodeMissing, "field", path+"kind")
	}
	var limits *limitsForm
	if f.Limits != nil {
		limits = &f.Limits.limitsForm
	}
	o, err := f.offer(path, limits, terms)
	if err != nil {
		return o, err
	}
	if o.Key == "" {
		o.Key = "#" + strconv.Itoa(i+1)
		o.ID = OfferID(o.Key)
	}
	o.Created = engine.Instant(i + 1)
	if err := o.Check(); err != nil {
		return o, within(path, err)
	}
	return o, nil
}

func (f *quoteLimitsForm) usage(path string, b *builder) engine.Usage {
	most := int64(engine.MaxAmount)
	b.counted(path+"already_used", f.Used, 0, most)
	b.counted(path+"already_used_by_customer", f.UsedCustomer, 0, most)
	b.counted(path+"already_used_by_customer_today", f.UsedToday, 0, most)
	b.counted(path+"already_cancelled", f.Cancelled, 0, most)
	b.between(path+"spent_minor", f.Spent, engine.MaxAmount)
	b.counted(path+"used_qty", f.UsedUnits, 0, most)
	b.counted(path+"issued", f.Issued, 0, most)
	b.counted(path+"redeemed", f.Redeemed, 0, most)
	u := engine.Usage{
		Total: f.Used, Customer: f.UsedCustomer, CustomerToday: f.UsedToday, Spent: f.Spent,
		Units: f.UsedUnits, Issued: f.Issued, Redeemed: f.Redeemed,
	}
	if f.Reusable != nil && !*f.Reusable {
		return u
	}
	if f.Used == 0 {
		u.Customer = max(0, u.Customer-f.Cancelled)
	}
	u.Total = max(0, u.Total-f.Cancelled)
	return u
}
