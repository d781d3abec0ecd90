package engine

import "time"

// Offer is thresholds and a benefit; it knows nothing of campaigns. Which of
// the fields a kind reads stands at the kind. The zero Kind is KindNextCoupon.
type Offer struct {
	ID      ID
	Key     string // short name in files and answers; may be empty
	Title   string
	Created Instant

	Kind   Kind
	Code   string // the customer must give this code; empty: applies by itself
	Target Goods  // what the benefit is for; zero: everything
	Cut    Cut    // how much
	Tiers  []Tier // by how much is bought, instead of Cut; ascending
	Pick   Pick   // only so many of the matching units, the cheapest or the priciest
	Sets   Sets   // of the set kinds
	Gift   Gift   // of KindGift
	Method []string
	Rebate Terms // of KindNextCoupon
	Points PointsRate

	When   Threshold
	Caps   Caps
	Limits Limits
	Stack  Stacking

	Holdback BP // of KindNextCoupon: share of the customers who get none; see HeldBack
}

// Kind is what an offer gives. The phase it is applied in follows from it.
type Kind string

// The kinds.
const (
	KindItemPercent Kind = "item_percent"        // Cut.Percent off each matching line, half up per line
	KindItemEach    Kind = "item_fixed_each"     // Cut.Amount off each matching unit
	KindItemLine    Kind = "item_fixed_per_line" // Cut.Amount off each matching line
	KindItemAcross  Kind = "item_fixed_across"   // Cut.Amount off all matching lines together
	KindItemPrice   Kind = "item_price"          // each matching unit costs Cut.Amount, if that is less

	KindBundle Kind = "bundle"    // Sets.Groups together at Cut: price, percent or amount off
	KindBuyGet Kind = "buy_get"   // buy Sets.Buy of Target, get Sets.Get of Sets.Of (zero: of Target) at Cut
	KindNth    Kind = "nth_piece" // every Sets.Nth piece of Target at Cut
	KindAddOn  Kind = "add_on"    // with Sets.Buy of Target, Sets.Get of Sets.Of at Cut
	KindGift   Kind = "gift"      // Gift, its own line at zero, once the thresholds are met

	KindOrderPercent Kind = "order_percent" // Cut.Percent off what matches, together
	KindOrderFixed   Kind = "order_fixed"   // Cut.Amount off what matches, together
	KindOrderPrice   Kind = "order_price"   // what matches costs Cut.Amount together, if that is less

	KindDeliveryFree    Kind = "free_shipping"    // of Method, or any
	KindDeliveryPercent Kind = "shipping_percent" // Cut.Percent
	KindDeliveryFixed   Kind = "shipping_fixed"   // Cut.Amount, off each charge

	KindCreditPercent Kind = "credit_percent" // Cut.Percent off what is left of the goods: a code discount
	KindCreditFixed   Kind = "credit_fixed"   // Cut.Amount likewise

	KindNextCoupon Kind = "next_coupon" // Rebate: the next-sale coupon; instead of its Cashback, Cut.Amount (ByAmount) is a fixed face, or Tiers of what was paid are faces or rates
	KindPoints     Kind = "points"      // Points
)

// Phase is when an offer is applied; phases follow one another in this order.
type Phase int

// The phases.
const (
	PhaseItem Phase = iota
	PhaseSet
	PhaseOrder
	PhaseDelivery
	PhaseCredit
	PhaseRebate
)

// Level is under which head a discount goes into the books.
type Level string

// The levels.
const (
	LevelItem     Level = "item" // item prices, item discounts and sets
	LevelOrder    Level = "order"
	LevelDelivery Level = "delivery"
	LevelCredit   Level = "credit"
)

// CutBy is the way a Cut is given.
type CutBy int

// The ways.
const (
	ByPercent CutBy = iota
	ByAmount
	ByPrice
)

// Cut is how much is taken off: a share, an amount, or all above a price. Free
// is 100 %. An amount or price of a unit is, of what is weighed, that of
// WeightUnit.
type Cut struct {
	By      CutBy
	Percent BP
	Amount  Minor // with ByAmount what is taken off, with ByPrice what is left
}

// Tier is a step of a stepped offer: from an amount or a number of units on,
// both inclusive, its Cut counts. The highest step reached counts alone.
type Tier struct {
	Amount Minor
	Units  int64
	Cut    Cut
}

// Choice is which of the matching units are taken first.
type Choice string

// The choices; the zero Choice is Cheapest.
const (
	Cheapest Choice = "cheapest"
	Priciest Choice = "priciest"
)

// Pick restricts an item offer to some of the matching units; in a set it
// says which matching units are given. Units 0 is all of them.
type Pick struct {
	Choice Choice
	Units  int64
}

// Sets is what the set kinds need.
type Sets struct {
	Groups []Group // KindBundle
	Buy    int64   // KindBuyGet, KindAddOn: units to buy of Target
	Get    int64   // units given
	Of     *Goods  // what is given; nil: of Target
	Same   bool    // the unit given is of the same product as those bought
	Nth    int64   // KindNth
	Once   bool    // not repeated in one sale
}

// Group is a part of a bundle: so many units of what matches.
type Group struct {
	Of    Goods
	Units int64
}

// Gift is a product that is given. With PerAmount or PerUnits one is given for
// each full step of what matches Target; otherwise Units once.
type Gift struct {
	SKU       string
	Name      string
	Units     int64
	Value     Minor // what one is worth, for choosing the best; 0 is unknown
	PerAmount Minor
	PerUnits  int64
}

// PointsRate is what KindPoints earns: so many points for each full step of
// what was paid.
type PointsRate struct {
	Points int64
	Per    Minor
}

// Goods says which lines are meant: those that fit every field that is set,
// and any of its values. Categories mean what is below them too. Text is
// compared without regard to case.
type Goods struct {
	SKU          []string
	Category     []string
	Brand        []string
	Tag          []string
	NotSKU       []string
	NotCategory  []string
	NotBrand     []string
	NotTag       []string
	PriceMin     Minor // of a piece (or of WeightUnit) before discounts, inclusive; 0 is none
	PriceMax     Minor // likewise; 0 is none
	Undiscounted bool  // only lines from which nothing was taken off so far by another offer
}

// Basis is which amount a threshold looks at.
type Basis string

// The bases; the zero Basis is BasisGoods.
const (
	BasisGoods   Basis = "goods"    // before discounts
	BasisRunning Basis = "running"  // after what was taken off so far
	BasisNet     Basis = "net_paid" // what is paid in the end, for rebates
)

// Base is what a percentage is of.
type Base string

// The bases of a percentage; the zero Base is BaseRunning.
const (
	BaseRunning Base = "running"
	BaseInitial Base = "initial"
)

// Threshold is what must be true for an offer: every field that is set, all
// of All, and at least one of Any. Bounds are inclusive.
type Threshold struct {
	Of        Goods // what amounts and quantities count
	Basis     Basis
	MinAmount Minor
	MaxAmount Minor
	MinUnits  int64
	MaxUnits  int64
	LineUnits int64 // one matching line has at least so many
	Products  int   // so many different products

	From     Day
	Until    Day
	Weekdays []time.Weekday
	Times    []Hours

	Channels  []string
	Payments  []string
	Registers []string // names of tills
	Branches  []string
	Sources   []string
	Ads       []string

	Customer   bool // there is a customer
	Groups     []string
	Tiers      []string
	NthSale    []int // this is the customer's n-th sale; 1 is the first
	EveryNth   int   // every n-th sale
	DaysMin    int   // days since the last sale, at least; a first sale does not fit
	DaysMax    int   // at most
	Birthday   bool  // the customer's birthday is in this month
	NewSince   Day   // a customer since this day or later
	Expression string

	All []Threshold
	Any []Threshold
}

// Hours is a span of the day in the store's zone, in minutes since midnight:
// from From inclusive to To exclusive. Over midnight if To is not after From;
// its weekday is then the day on which it began.
type Hours struct{ From, To int }

// Caps bound what an offer takes off one sale; 0 is no bound.
type Caps struct {
	Discount Minor
	Units    int64
	Times    int64 // applications of a set or gift
}

// Limits bound what an offer gives in all; 0 is no bound. They are decided in
// the store, in the sale's own transaction; Evaluate looks at Facts.Usage.
type Limits struct {
	Total       int64
	PerCustomer int64
	PerDay      int64 // per customer and day of the store
	Budget      Minor
	Units       int64 // pieces sold or given under the offer: a flash sale's stock
	Coupons     int64 // coupons to issue
	ByRedeemed  bool  // Coupons counts redeemed instead of issued ones
	KeepOnVoid  bool  // a use is not given back when the sale is voided
}

// Usage is what was used of an offer's limits so far.
type Usage struct {
	Total         int64
	Customer      int64 // by this customer
	CustomerToday int64
	Spent         Minor
	Units         int64
	Issued        int64
	Redeemed      int64
}

// Stacking says how an offer stands to others. Within a phase offers are
// applied by Sequence, low first, then Priority, high first, then the older
// first, then by ID.
type Stacking struct {
	Sequence  int
	Priority  int
	Group     string // of a group only the best offer applies
	Exclusive bool   // no other offer applies beside it (rebates excepted)
	Base      Base
}

// PhaseOf gives the phase of a kind.
func (k Kind) PhaseOf() Phase {
	switch k {
	case KindItemPercent, KindItemEach, KindItemLine, KindItemAcross, KindItemPrice:
		return PhaseItem
	case KindBundle, KindBuyGet, KindNth, KindAddOn:
		return PhaseSet
	case KindOrderPercent, KindOrderFixed, KindOrderPrice, KindGift:
		return PhaseOrder
	case KindDeliveryFree, KindDeliveryPercent, KindDeliveryFixed:
		return PhaseDelivery
	case KindCreditPercent, KindCreditFixed:
		return PhaseCredit
	case KindNextCoupon, KindPoints, "":
		return PhaseRebate
	}
	return PhaseRebate
}

// LevelOf gives the head under which a phase's discounts go into the books;
// empty for rebates.
func (p Phase) LevelOf() Level {
	switch p {
	case PhaseItem, PhaseSet:
		return LevelItem
	case PhaseOrder:
		return LevelOrder
	case PhaseDelivery:
		return LevelDelivery
	case PhaseCredit:
		return LevelCredit
	case PhaseRebate:
	}
	return ""
}
