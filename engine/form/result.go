package form

import "bounceback/engine"

type resultForm struct {
	Gross            engine.Minor   `json:"gross_minor"`
	Discount         engine.Minor   `json:"discount_total_minor"` // goods
	Net              engine.Minor   `json:"net_minor"`
	ShippingGross    engine.Minor   `json:"shipping_gross_minor"`
	ShippingDiscount engine.Minor   `json:"shipping_discount_minor"`
	Payable          engine.Minor   `json:"payable_minor"` // goods and shipping
	Balance          engine.Minor   `json:"balance_minor,omitempty"`
	PointsUsed       int64          `json:"points_used,omitempty"`
	PointsWorth      engine.Minor   `json:"points_worth_minor,omitempty"`
	Due              engine.Minor   `json:"due_minor"` // payable without balance and points
	Levels           levelsForm     `json:"levels"`
	Lines            []lineResult   `json:"lines"`
	Shipping         []chargeResult `json:"shipping,omitempty"`
	Gifts            []giftResult   `json:"gifts,omitempty"`
	Applied          []appliedForm  `json:"applied"`
	Rejected         []rejectedForm `json:"rejected"`
	Unmatched        int            `json:"unmatched,omitempty"`
	Coupon           *couponResult  `json:"coupon,omitempty"`
	Earned           *earnedForm    `json:"earned,omitempty"`
	WouldEarn        *earnedForm    `json:"would_have_earned,omitempty"` // the customer is held back for a comparison
	PointsEarned     int64          `json:"points_earned,omitempty"`
	Bounded          bool           `json:"bounded,omitempty"`
	Tried            int            `json:"tried,omitempty"`
}

type levelsForm struct {
	Item     engine.Minor `json:"item_minor"`
	Order    engine.Minor `json:"order_minor"`
	Shipping engine.Minor `json:"shipping_minor"`
	Credit   engine.Minor `json:"credit_minor"`
}

type lineResult struct {
	SKU      string       `json:"sku"`
	Units    int64        `json:"qty"`
	Gross    engine.Minor `json:"gross_minor"`
	Discount engine.Minor `json:"discount_minor"`
	Item     engine.Minor `json:"item_minor,omitempty"`
	Order    engine.Minor `json:"order_minor,omitempty"`
	Credit   engine.Minor `json:"credit_minor,omitempty"`
	Net      engine.Minor `json:"net_minor"`
	Each     []runResult  `json:"units"`
}

// runResult is so many units in a row, and what was taken off each.
type runResult struct {
	Units int64        `json:"qty"`
	Off   engine.Minor `json:"discount_minor"`
}

type chargeResult struct {
	Method   string       `json:"method"`
	Gross    engine.Minor `json:"price_minor"`
	Discount engine.Minor `json:"discount_minor"`
	Net      engine.Minor `json:"net_minor"`
}

type giftResult struct {
	ID    string `json:"id"`
	SKU   string `json:"sku"`
	Name  string `json:"name,omitempty"`
	Units int64  `json:"qty"`
}

type appliedForm struct {
	ID       string         `json:"id"`
	Title    string         `json:"title,omitempty"`
	Kind     engine.Kind    `json:"kind"`
	Level    engine.Level   `json:"level,omitempty"`
	Times    int64          `json:"times"`
	Units    int64          `json:"qty"`
	Discount engine.Minor   `json:"discount_minor"`
	Lines    []lineCut      `json:"lines,omitempty"`
	Shipping []engine.Minor `json:"shipping_discounts_minor,omitempty"`
}

type lineCut struct {
	Line     int          `json:"line"` // from 0
	SKU      string       `json:"sku"`
	Discount engine.Minor `json:"discount_minor"`
	Each     []runResult  `json:"units,omitempty"`
}

type rejectedForm struct {
	ID      string       `json:"id"`
	Title   string       `json:"title,omitempty"`
	Kind    engine.Kind  `json:"kind,omitempty"`
	Reason  engine.Code  `json:"reason"`
	Missing engine.Minor `json:"missing_minor,omitempty"`
	Units   int64        `json:"missing_qty,omitempty"`
	Of      *goodsForm   `json:"missing_of,omitempty"`
	By      string       `json:"by,omitempty"`
}

type couponResult struct {
	Code    string       `json:"code,omitempty"`
	Amount  engine.Minor `json:"discount_minor"`
	Refused engine.Code  `json:"refused,omitempty"`
}

type earnedForm struct {
	ID          string       `json:"id"`
	Title       string       `json:"title,omitempty"`
	Face        engine.Minor `json:"face_minor"`
	MaxDiscount percent      `json:"max_discount_percent"`
	First       date         `json:"first_day"`
	Last        date         `json:"last_day"`
}

// answer turns ids into what the file, or the store, calls the offers.
type answer struct {
	sale engine.Basket
	keys map[engine.ID]string
}

func (a answer) id(id engine.ID) string {
	if key := a.keys[id]; key != "" {
		return key
	}
	return id.String()
}

// WriteResult writes the answer to a quote: the amounts of the sale, of each
// line and of each unit, what every offer did, and why the others did not
// apply. reason is the engine's code of it; the catalogue has its sentence.
func WriteResult(r engine.Result, sale engine.Basket, offers []engine.Offer) ([]byte, error) {
	a := answer{sale: sale, keys: make(map[engine.ID]string, len(offers))}
	for _, o := range offers {
		a.keys[o.ID] = o.Key
	}
	levels := r.Levels()
	f := resultForm{
		Gross: r.Gross, Discount: r.Discount, Net: r.Net,
		ShippingGross: r.DeliveryGross, ShippingDiscount: r.DeliveryDiscount, Payable: r.Net + r.DeliveryGross - r.DeliveryDiscount,
		Balance: r.Balance, PointsUsed: r.PointsUsed, PointsWorth: r.PointsWorth, Due: r.Due,
		Levels: levelsForm{Item: levels.Item, Order: levels.Order, Shipping: levels.Delivery, Credit: levels.Credit},
		Lines:  a.lines(r.Lines), Shipping: a.shipping(r.Delivery), Gifts: a.gifts(r.Gifts),
		Applied: a.applied(r.Applied), Rejected: a.rejected(r.Rejected), Unmatched: r.Unmatched,
		Coupon: couponResultOf(r), Earned: a.earned(r.Earned), WouldEarn: a.earned(r.Held), PointsEarned: r.Points, Bounded: r.Bounded, Tried: r.Tried,
	}
	return write(f, "  ")
}

func (a answer) line(i int) engine.Line {
	if i < 0 || i >= len(a.sale.Lines) {
		return engine.Line{Units: 1} // the open amount
	}
	return a.sale.Lines[i]
}

func (a answer) lines(lines []engine.LineResult) []lineResult {
	out := []lineResult{}
	for i, l := range lines {
		of := a.line(i)
		out = append(out, lineResult{
			SKU: of.SKU, Units: of.Units, Gross: l.Gross, Discount: l.Discount(),
			Item: l.Item, Order: l.Order, Credit: l.Credit, Net: l.Net, Each: runs(l.Runs),
		})
	}
	return out
}

func runs(runs []engine.Run) []runResult {
	var out []runResult
	for _, r := range runs {
		out = append(out, runResult{Units: r.Units, Off: r.Off})
	}
	return out
}

func (a answer) shipping(charges []engine.ChargeResult) []chargeResult {
	var out []chargeResult
	for i, c := range charges {
		method := ""
		if i < len(a.sale.Delivery) {
			method = a.sale.Delivery[i].Method
		}
		out = append(out, chargeResult{Method: method, Gross: c.Gross, Discount: c.Discount, Net: c.Net})
	}
	return out
}

func (a answer) gifts(gifts []engine.Given) []giftResult {
	var out []giftResult
	for _, g := range gifts {
		out = append(out, giftResult{ID: a.id(g.OfferID), SKU: g.SKU, Name: g.Name, Units: g.Units})
	}
	return out
}

func (a answer) applied(all []engine.Application) []appliedForm {
	out := []appliedForm{}
	for _, one := range all {
		f := appliedForm{
			ID: a.id(one.OfferID), Title: one.Title, Kind: one.Kind, Level: one.Level,
			Times: one.Times, Units: one.Units, Discount: one.Amount, Shipping: one.Charges,
		}
		for _, l := range one.Lines {
			f.Lines = append(f.Lines, lineCut{Line: l.Line, SKU: a.line(l.Line).SKU, Discount: l.Amount, Each: runs(l.Runs)})
		}
		out = append(out, f)
	}
	return out
}

func (a answer) rejected(all []engine.Rejected) []rejectedForm {
	out := []rejectedForm{}
	for _, one := range all {
		f := rejectedForm{
			ID: a.id(one.OfferID), Title: one.Title, Kind: one.Kind, Reason: one.Reason,
			Missing: one.Missing, Units: one.Units, By: a.id(one.By),
		}
		if one.Of != nil {
			f.Of = goodsOf(*one.Of)
		}
		out = append(out, f)
	}
	return out
}

func couponResultOf(r engine.Result) *couponResult {
	switch {
	case r.Coupon != nil:
		return &couponResult{Code: r.Coupon.Code, Amount: r.Coupon.Amount}
	case r.Refused != nil:
		return &couponResult{Refused: engine.CodeOf(r.Refused)}
	}
	return nil
}

func (a answer) earned(e *engine.Earning) *earnedForm {
	if e == nil {
		return nil
	}
	return &earnedForm{
		ID: a.id(e.OfferID), Title: e.Campaign, Face: e.Face, MaxDiscount: percent(e.MaxDiscount),
		First: date(e.FirstDay), Last: date(e.LastDay),
	}
}
