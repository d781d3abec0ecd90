package cli

import "bounceback/engine"

// saleShowDTO is a sale with its lines, as sale show and sale record answer.
type saleShowDTO struct {
	saleDTO
	Lines   []lineDTO   `json:"lines"`
	Offers  []offerDTO  `json:"offers"`
	Charges []chargeDTO `json:"charges"`
	Held    *heldDTO    `json:"would_have_earned"` // null: it earned what it could
}

// heldDTO is the coupon that a sale would have earned, were its customer not
// held back.
type heldDTO struct {
	CampaignID string `json:"campaign_id"`
	Campaign   string `json:"campaign"`
	Face       int64  `json:"face_minor"`
	LastDay    string `json:"last_day"`
}

func (a *app) saleShowDTO(s engine.Sale) saleShowDTO {
	d := saleShowDTO{
		saleDTO: a.saleDTO(s), Lines: make([]lineDTO, 0, len(s.Lines)), Offers: offerDTOs(s.Offers), Charges: make([]chargeDTO, 0, len(s.Charges)),
	}
	for _, l := range s.Lines {
		d.Lines = append(d.Lines, newLineDTO(l))
	}
	for _, c := range s.Charges {
		d.Charges = append(d.Charges, chargeDTO{c.Method, int64(c.Gross), int64(c.Discount), int64(c.Net)})
	}
	if h := s.Held; h != nil {
		d.Held = &heldDTO{h.CampaignID.String(), h.Campaign, int64(h.Face), h.LastDay.String()}
	}
	return d
}

// lineDTO is a line of a sale, with what was taken off it under each head of
// the books. Gifts are lines that stand outside every sum.
type lineDTO struct {
	No       int      `json:"no"`
	SKU      string   `json:"sku"`
	Name     string   `json:"name"`
	Category *string  `json:"category"`
	Units    int64    `json:"units"`
	Weight   *int64   `json:"weight"` // thousandths; null if not weighed
	Price    int64    `json:"price_minor"`
	Gross    int64    `json:"gross_minor"`
	Item     int64    `json:"off_item_minor"`
	Order    int64    `json:"off_order_minor"`
	Credit   int64    `json:"off_credit_minor"`
	Discount int64    `json:"discount_minor"`
	Net      int64    `json:"net_minor"`
	Gift     bool     `json:"gift"`
	Returned int64    `json:"returned_units"`
	Runs     []runDTO `json:"runs"` // what came off each unit, in their order
}

// runDTO is so many units in a row from each of which the same came off.
type runDTO struct {
	Units int64 `json:"units"`
	Off   int64 `json:"off_minor"`
}

func newLineDTO(l engine.SaleLine) lineDTO {
	d := lineDTO{
		No: l.No, SKU: l.Line.SKU, Name: l.Line.Name, Category: text(l.Line.Category), Units: l.Line.Units, Price: int64(l.Line.Price),
		Gross: int64(l.Result.Gross), Item: int64(l.Result.Item), Order: int64(l.Result.Order), Credit: int64(l.Result.Credit),
		Discount: int64(l.Result.Discount()), Net: int64(l.Result.Net), Gift: l.Gift, Returned: l.Returned, Runs: make([]runDTO, 0, len(l.Result.Runs)),
	}
	if l.Line.Weight != 0 {
		d.Weight = number(engine.Minor(l.Line.Weight))
	}
	for _, r := range l.Result.Runs {
		d.Runs = append(d.Runs, runDTO{r.Units, int64(r.Off)})
	}
	return d
}

// offerDTO is what one offer did in a sale.
type offerDTO struct {
	CampaignID string   `json:"campaign_id"`
	Campaign   string   `json:"campaign"`
	Kind       string   `json:"kind"`
	Level      *string  `json:"level"`
	Times      int64    `json:"times"`
	Units      int64    `json:"units"`
	Amount     int64    `json:"amount_minor"`
	Lines      []cutDTO `json:"lines"`
}

// cutDTO is what an offer took off a line.
type cutDTO struct {
	No     int   `json:"no"`
	Amount int64 `json:"amount_minor"`
}

func offerDTOs(offers []engine.SaleOffer) []offerDTO {
	out := make([]offerDTO, 0, len(offers))
	for _, o := range offers {
		d := offerDTO{
			CampaignID: o.OfferID.String(), Campaign: o.Title, Kind: string(o.Kind), Level: text(string(o.Level)), Times: o.Times, Units: o.Units,
			Amount: int64(o.Amount), Lines: make([]cutDTO, 0, len(o.Lines)),
		}
		for _, l := range o.Lines {
			d.Lines = append(d.Lines, cutDTO{l.Line + 1, int64(l.Amount)})
		}
		out = append(out, d)
	}
	return out
}

// chargeDTO is a delivery charge.
type chargeDTO struct {
	Method   string `json:"method"`
	Gross    int64  `json:"gross_minor"`
	Discount int64  `json:"discount_minor"`
	Net      int64  `json:"net_minor"`
}

// previewDTO answers sale return --preview.
type previewDTO struct {
	Goods  int64             `json:"goods_minor"`  // before discounts, of what comes back
	Stored int64             `json:"stored_minor"` // what was paid for it
	Refund int64             `json:"refund_minor"`
	Kept   int64             `json:"kept_minor"` // kept back because an offer no longer holds
	Broken []offerDTO        `json:"broken"`
	Lines  []returnedLineDTO `json:"lines"`

	Spent      int64             `json:"spent_minor"`              // what deducting for the spent coupon would keep back
	Deducted   int64             `json:"deducted_minor"`           // kept back for it
	Payout     int64             `json:"payout_minor"`             // to give back in the end: refund less deducted
	Asks       bool              `json:"spent_coupon_ask"`         // --spent has to say what becomes of the spent coupon
	EarnedVoid bool              `json:"earned_coupon_void"`       // the coupon the sale earned is voided
	EarnedFace *int64            `json:"earned_coupon_face_minor"` // it is lowered to this; null if not
	Gifts      []returnedLineDTO `json:"gifts"`                    // of offers that no longer hold, which may stay
}

// returnedLineDTO is what comes back of a line.
type returnedLineDTO struct {
	No    int   `json:"no"`
	Units int64 `json:"units"`
	Gross int64 `json:"gross_minor"`
	Net   int64 `json:"net_minor"`
}

func (a *app) previewDTO(p engine.Preview) previewDTO {
	d := previewDTO{
		Goods: int64(p.Goods), Stored: int64(p.Stored), Refund: int64(p.Refund), Kept: int64(p.Kept), Broken: offerDTOs(p.Broken),
		Lines: returnedLineDTOs(p.Lines), Spent: int64(p.Spent), Deducted: int64(p.Deducted), Payout: int64(p.Payout()), Asks: p.Asks,
		EarnedVoid: p.EarnedVoid, Gifts: returnedLineDTOs(p.Gifts),
	}
	if p.EarnedFace > 0 {
		d.EarnedFace = number(p.EarnedFace)
	}
	return d
}

func returnedLineDTOs(lines []engine.ReturnedLine) []returnedLineDTO {
	out := make([]returnedLineDTO, 0, len(lines))
	for _, l := range lines {
		out = append(out, returnedLineDTO{l.No, l.Units, int64(l.Gross), int64(l.Net)})
	}
	return out
}

// soldLineDTO is a row of export lines: one line of a sale.
type soldLineDTO struct {
	SaleID    string   `json:"sale_id"`
	Reference *string  `json:"reference"`
	Business  *string  `json:"business_date"`
	State     string   `json:"state"`
	No        int      `json:"no"`
	SKU       string   `json:"sku"`
	Name      string   `json:"name"`
	Category  *string  `json:"category"`
	Brand     *string  `json:"brand"`
	Units     int64    `json:"units"`
	Weight    *int64   `json:"weight"`
	Price     int64    `json:"price_minor"`
	Gross     int64    `json:"gross_minor"`
	Item      int64    `json:"off_item_minor"`
	Order     int64    `json:"off_order_minor"`
	Credit    int64    `json:"off_credit_minor"`
	Net       int64    `json:"net_minor"`
	Gift      bool     `json:"gift"`
	Returned  int64    `json:"returned_units"`
	Offers    []string `json:"offers"`
}

func (a *app) soldLineDTO(s engine.Sale, l engine.SaleLine) soldLineDTO {
	d := newLineDTO(l)
	return soldLineDTO{
		SaleID: s.ID.String(), Reference: text(s.Reference), Business: dayText(s.Business), State: string(s.State), No: d.No, SKU: d.SKU, Name: d.Name,
		Category: d.Category, Brand: text(l.Line.Brand), Units: d.Units, Weight: d.Weight, Price: d.Price, Gross: d.Gross, Item: d.Item,
		Order: d.Order, Credit: d.Credit, Net: d.Net, Gift: d.Gift, Returned: d.Returned, Offers: offersOn(s, l),
	}
}

// offersOn are the titles of the offers that took something off a line.
func offersOn(s engine.Sale, l engine.SaleLine) []string {
	out := []string{}
	for _, o := range s.Offers {
		for _, cut := range o.Lines {
			if cut.Line == l.No-1 {
				out = append(out, o.Title)
				break
			}
		}
	}
	return out
}

// discountsDTO is a row of export discounts: one business day under the heads
// of the books.
type discountsDTO struct {
	Business *string `json:"business_date"`
	Sales    int64   `json:"sales"`
	Gross    int64   `json:"gross_minor"`
	Item     int64   `json:"off_item_minor"`
	Order    int64   `json:"off_order_minor"`
	Credit   int64   `json:"off_credit_minor"`
	Delivery int64   `json:"off_delivery_minor"`
	Net      int64   `json:"net_minor"`
}

func newDiscountsDTO(d engine.DayDiscounts) discountsDTO {
	return discountsDTO{
		Business: dayText(d.Day), Sales: d.Sales, Gross: int64(d.Gross), Item: int64(d.Levels.Item), Order: int64(d.Levels.Order),
		Credit: int64(d.Levels.Credit), Delivery: int64(d.Levels.Delivery), Net: int64(d.Net),
	}
}
