package engine

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
