package engine

// CampaignFigures are the figures of one campaign. Amounts are in minor units.
type CampaignFigures struct {
	CampaignID    ID
	Title         string
	State         CampaignState
	Issued        int64
	IssuedFace    Minor
	Redeemed      int64
	RedeemedFace  Minor
	Expired       int64
	ExpiredFace   Minor
	Voided        int64
	VoidedFace    Minor
	Outstanding   int64 // issued, and not redeemed, expired or voided: pending ones included
	OutstandFace  Minor
	DiscountGiven Minor // what redeemed coupons took off
	RedeemingNet  Minor // net paid in the sales in which they were redeemed
}

// Conversion is redeemed ÷ issued in basis points, rounded half up; 0 if none
// was issued.
func (f CampaignFigures) Conversion() BP {
	if f.Issued == 0 {
		return 0
	}
	bp, err := Share(wholeBP, Minor(f.Redeemed), Minor(f.Issued), HalfUp)
	if err != nil {
		return 0
	}
	return BP(bp)
}

// Desk is what the counter keeps in memory so that every key can be answered
// without the store: read at start and again when the file changed.
type Desk struct {
	Store     Store
	Campaigns []Campaign // stored as active
	Texts     TextDesk
	Today     DayFigures
	Version   int64 // changes whenever another process changed the file

	Usage map[ID]Usage       // by campaign, of no customer: what its limits count
	Gifts map[string]Product // by sku: what active campaigns give
	Goods bool               // the shop has a catalogue: products that can be sold
	Names map[string]string  // by folded sku: the names of the products that active campaigns name
}

// DayFigures are the sums of one business day.
type DayFigures struct {
	Day      Day
	Sales    int64
	Gross    Minor
	Discount Minor
	Net      Minor
	Issued   int64
	Redeemed int64
}

// DayDiscounts are the discounts of one business day under the heads of the
// books. Voided sales are out, returned parts too.
type DayDiscounts struct {
	Day    Day
	Sales  int64
	Gross  Minor // goods
	Levels Levels
	Net    Minor // goods

	Delivery Minor // charges before Levels.Delivery came off
}
