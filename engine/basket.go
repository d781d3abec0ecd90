package engine

// Bounds of a basket.
const (
	MaxUnits   = 100_000 // pieces of one line
	MaxLines   = 1000
	MaxCharges = 10
)

// Line is one line of a basket: pieces of one product at one price, or
// something weighed, which counts as a single piece that is never divided.
type Line struct {
	SKU        string
	Name       string
	Category   string // path: Drinks/Coffee
	Brand      string
	Tags       []string
	Units      int64 // pieces, 1 or more
	Weight     int64 // thousandths of what Price is for; 0 if not weighed, otherwise Units is 1
	Price      Minor // of a piece, or of WeightUnit
	Floor      Minor // least price of a piece (or of WeightUnit); 0 is none
	Cost       Minor // of a piece (or of WeightUnit); 0 is unknown
	NoDiscount bool
}

// Each is what one piece of the line costs before discounts: of a weighed line
// its price × weight, rounded half up.
func (l Line) Each() (Minor, error) {
	if l.Weight == 0 {
		return l.Price, nil
	}
	return Share(l.Price, Minor(l.Weight), WeightUnit, HalfUp)
}

// Gross is what the line costs before discounts.
func (l Line) Gross() (Minor, error) {
	each, err := l.Each()
	if err != nil {
		return 0, err
	}
	return mulDiv(each, l.Units, 1, Down)
}

// Charge is what bringing the goods costs.
type Charge struct {
	Method string // courier, post …
	Amount Minor
}

// Basket is a sale as it is rung up: lines, or one open amount. The labels can
// each be left out by a shop that does not use them.
type Basket struct {
	Lines    []Line
	Amount   Minor // the open amount, if there are no lines
	Delivery []Charge
	Business Day
	Channel  string // counter, phone, web …
	Payment  string // cash, card …
	Source   string // where the customer came from
	Ad       string
	Codes    []string // codes typed, of offers that ask for one, as FoldOfferCode gives them
	NoGift   []ID     // offers whose gift the customer does not want
}
