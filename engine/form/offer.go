package form

import (
	"crypto/sha256"

	"bounceback/engine"
)

// ReadOffer reads an offer as WriteOffer writes it. Its id is its Key; the ID
// follows from that. It is not checked (Offer.Check does that), so that an
// offer stays readable when the bounds change. The errors are those of files.
func ReadOffer(data []byte) (engine.Offer, error) {
	var f offerForm
	if err := read(data, &f); err != nil {
		return engine.Offer{}, err
	}
	o, err := f.offer("", f.Limits, engine.Terms{})
	if err != nil {
		return engine.Offer{}, err
	}
	return o, nil
}

// WriteOffer writes an offer on one line: the same offer always gives the same
// bytes. ID and Created are not written: they are the campaign's. ReadOffer
// gives back every offer that Check lets pass.
func WriteOffer(o engine.Offer) ([]byte, error) { return write(offerOf(o), "") }

// OfferID is the ID of the offer that a file calls by a text: the ID that the
// text is, or else one that follows from the text.
func OfferID(text string) engine.ID {
	if text == "" {
		return engine.ID{}
	}
	if id, err := engine.ParseID(text); err == nil {
		return id
	}
	sum := sha256.Sum256([]byte(text))
	id := engine.ID(sum[:16])
	id[6] = id[6]&0x0f | 0x80 // RFC 9562 section 5.8: a version of one's own
	id[8] = id[8]&0x3f | 0x80
	return id
}

// builder makes the engine's types and keeps the first problem.
type builder struct{ err error }

func (b *builder) refuse(code engine.Code, field string, pairs ...any) {
	if b.err == nil {
		b.err = engine.BadInput(code, append([]any{"field", field}, pairs...)...)
	}
}

// offer gives the engine's offer; path is the place of the offer in the file,
// with a dot at its end, terms what a coupon has that the file does not tell.
func (f offerParts) offer(path string, limits *limitsForm, terms engine.Terms) (engine.Offer, error) {
	var b builder
	kind := engine.Kind(f.Kind)
	o := engine.Offer{
		ID: OfferID(f.ID), Key: f.ID, Title: f.Title, Kind: kind, Code: f.code(path, &b),
		Target: f.Target.goods(path+"target.", &b), Method: f.Methods,
		Cut:    b.cut(path, kind, f.value()),
		Caps:   engine.Caps{Discount: f.MaxDiscount, Units: f.MaxQty, Times: f.MaxTimes},
		Limits: limits.limits(), Stack: f.Stacking.stacking(),
		When: f.Threshold.threshold(path+"threshold.", &b),
	}
	for i, t := range f.Tiers {
		cut := b.cut(entry(path+"tiers", i)+".", kind, t.value())
		o.Tiers = append(o.Tiers, engine.Tier{Amount: t.Amount, Units: t.Units, Cut: cut})
	}
	if p := f.Pick; p != nil {
		o.Pick = engine.Pick{Choice: engine.Choice(p.Choice), Units: p.Units}
	}
	if p := f.Points; p != nil {
		o.Points = engine.PointsRate{Points: p.Points, Per: p.Per}
	}
	o.Sets = f.Sets.sets(path+"sets.", &b)
	o.Gift = f.Gift.gift()
	f.Coupon.into(&o, path, terms, &b)
	return o, b.err
}

// code is the code the offer asks for: with the trigger code and none given,
// its id.
func (f offerParts) code(path string, b *builder) string {
	code := engine.FoldOfferCode(f.Code)
	if f.Trigger == "auto" && code != "" {
		b.refuse(engine.CodeOfferClash, path+"trigger", "other", path+"code")
	}
	if f.Trigger == "code" && code == "" {
		if code = engine.FoldOfferCode(f.ID); code == "" {
			b.refuse(CodeMissing, path+"code")
		}
	}
	return code
}

// cutValue is what an offer or a tier says of its benefit.
type cutValue struct {
	percent           *percent
	minor, price, off *engine.Minor
	free              bool
}

func (f offerParts) value() cutValue { return cutValue{f.Percent, f.Minor, f.Price, f.Off, f.Free} }

func (f tierForm) value() cutValue { return cutValue{f.Percent, f.Minor, f.Price, f.Off, f.Free} }

// pricedByValue tells whether value_minor of a kind is a price.
func pricedByValue(kind engine.Kind) bool { return kind.CutField(engine.ByPrice) == "value_minor" }

// cut reads the one value that is given. A delivery that is free anyway may say
// so again.
func (b *builder) cut(path string, kind engine.Kind, v cutValue) (cut engine.Cut) {
	given := ""
	take := func(name string, is bool, c engine.Cut) {
		if is && given != "" {
			b.refuse(CodeBoth, path+name, "other", path+given)
		}
		if is {
			given, cut = name, c
		}
	}
	amount := func(name string, v *engine.Minor, by engine.CutBy) {
		if v != nil {
			take(name, true, engine.Cut{By: by, Amount: *v})
		}
	}
	by := engine.ByAmount
	if pricedByValue(kind) {
		by = engine.ByPrice
	}
	if v.percent != nil {
		take("value_percent", true, engine.Cut{Percent: engine.BP(*v.percent)})
	}
	amount("value_minor", v.minor, by)
	amount("price_minor", v.price, engine.ByPrice)
	amount("off_minor", v.off, engine.ByAmount)
	take("free", v.free, engine.Cut{Percent: wholePercent})
	if kind == engine.KindDeliveryFree && cut == (engine.Cut{Percent: wholePercent}) {
		return engine.Cut{}
	}
	return cut
}

const wholePercent engine.BP = 10_000

// valueOf is how a cut of a kind is written.
func valueOf(kind engine.Kind, c engine.Cut) (v cutValue) {
	rate, amount := percent(c.Percent), c.Amount
	switch {
	case c == engine.Cut{}:
	case c.By == engine.ByPercent:
		v.percent = &rate
	case kind.CutField(c.By) == "off_minor":
		v.off = &amount
	case kind.CutField(c.By) == "price_minor":
		v.price = &amount
	default:
		v.minor = &amount
	}
	return v
}

func offerOf(o engine.Offer) offerForm {
	f := offerForm{offerParts: offerParts{
		ID: o.Key, Title: o.Title, Kind: string(o.Kind), Code: o.Code, Methods: o.Method,
		Target: goodsOf(o.Target), Sets: setsOf(o.Sets), Gift: giftOf(o.Gift), Coupon: couponOf(o), Threshold: thresholdOf(o.When),
		MaxDiscount: o.Caps.Discount, MaxQty: o.Caps.Units, MaxTimes: o.Caps.Times, Stacking: stackingOf(o.Stack),
	}, Limits: limitsOf(o.Limits)}
	if o.Kind != engine.KindNextCoupon {
		v := valueOf(o.Kind, o.Cut)
		f.Percent, f.Minor, f.Price, f.Off = v.percent, v.minor, v.price, v.off
		for _, t := range o.Tiers {
			v := valueOf(o.Kind, t.Cut)
			f.Tiers = append(f.Tiers, tierForm{Amount: t.Amount, Units: t.Units, Percent: v.percent, Minor: v.minor, Price: v.price, Off: v.off})
		}
	}
	if o.Pick != (engine.Pick{}) {
		f.Pick = &pickForm{Choice: string(o.Pick.Choice), Units: o.Pick.Units}
	}
	if o.Points != (engine.PointsRate{}) {
		f.Points = &pointsForm{Points: o.Points.Points, Per: o.Points.Per}
	}
	return f
}
