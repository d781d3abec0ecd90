package engine

// Product is one thing the shop sells, as its catalogue knows it.
type Product struct {
	ID         ID
	SKU        string   // the shop's own number of it, unique in the store
	Barcodes   []string // EAN-8, EAN-13, UPC-A or ITF-14, digits only, check digit right
	Name       string
	Category   string // path: Drinks/Coffee; empty if none
	Brand      string
	Tags       []string
	Price      Minor // of one piece, or of WeightUnit of what is weighed
	Floor      Minor // least price of a piece after all discounts; 0 is none
	Cost       Minor // what it costs the shop; 0 is unknown
	Weighed    bool  // sold by weight
	NoDiscount bool  // no discount ever touches it
	Counted    bool  // the shop counts its stock
	Stock      int64 // pieces (or thousandths, if weighed) left; only if Counted
	Active     bool
	Created    Instant
	Updated    Instant
}

// WeightUnit is how many weight counts make the unit a weighed product is
// priced by: weights are in thousandths (grams of a kilogram).
const WeightUnit = 1000

// ProductQuery finds products by one thing known of them; at most one field is
// set.
type ProductQuery struct {
	Barcode string // as scanned, digits; weight and price barcodes are read by the store's settings
	SKU     string
	Text    string // the beginning of words of the name
	Limit   int
}

// Found is a product found by a barcode, with the weight or price that an
// in-store barcode carried.
type Found struct {
	Product Product
	Weight  int64 // thousandths; 0 if the barcode carried none
	Price   Minor // of the whole piece; 0 if the barcode carried none
}

// Codes of products.
const (
	CodeProductUnknown Code = "product_unknown"   // with text
	CodeProductSKU     Code = "product_sku"       // empty, too long or with control characters; with most
	CodeProductName    Code = "product_name"      // likewise
	CodeProductPrice   Code = "product_price"     // negative or too large
	CodeProductFloor   Code = "product_floor"     // above the price
	CodeBarcode        Code = "barcode_check"     // its check digit does not fit; with text
	CodeBarcodeUsed    Code = "barcode_used"      // by another product; with text, sku
	CodeSKUUsed        Code = "sku_used"          // by another product; with sku
	CodeCategory       Code = "product_category"  // empty part, too long or too deep
	CodeProductStock   Code = "product_no_stock"  // a line wants more than is left; with name, left
	CodeProductsRange  Code = "product_too_many"  // too many lines, tags or barcodes; with most
	CodePriceChanged   Code = "price_changed"     // what is due differs from what the cashier saw; with due, seen
	CodeQuantity       Code = "quantity_range"    // below 1 or above MaxUnits; with most
	CodeOfferUsedUp    Code = "offer_used_up"     // a limit was reached meanwhile; with title
	CodeGiftGone       Code = "offer_gift_gone"   // the gift is out of stock; with name
	CodeLineUnknown    Code = "sale_line_unknown" // a return names a line the sale has not
)
