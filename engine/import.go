package engine

import "slices"

// ImportSale is one sale of the past, read from a file.
type ImportSale struct {
	Line      int    // in the file
	Key       string // the same row of the same file has the same key: nothing is added twice
	Number    string // the shop's customer number; empty if none
	Phone     string // E.164; empty if none
	Name      string
	Business  Day
	Amount    Minor // gross; zero is allowed here, as shops record gifts so
	Reference string
}

// ImportCustomer is one customer read from a file.
type ImportCustomer struct {
	Line    int
	Number  string
	Phone   string // E.164
	Name    string
	Consent Consent // yes only if the file says so
	Groups  []string
	Tier    string
	Birth   int // month, 1 to 12; as with the others, what is zero leaves the customer's own
}

// ImportProduct is one product read from a file.
type ImportProduct struct {
	Line    int
	Product Product
	Keep    []ProductPart // what the file does not tell: a product that is there keeps its own
}

// ProductPart names a fact of a product that a file may leave out.
type ProductPart string

// The parts of a product.
const (
	PartBarcodes   ProductPart = "barcode"
	PartName       ProductPart = "name"
	PartCategory   ProductPart = "category"
	PartBrand      ProductPart = "brand"
	PartTags       ProductPart = "tags"
	PartPrice      ProductPart = "price"
	PartFloor      ProductPart = "floor"
	PartCost       ProductPart = "cost"
	PartWeighed    ProductPart = "weighed"
	PartNoDiscount ProductPart = "discountable"
	PartStock      ProductPart = "stock"
)

// Over gives the product as the row leaves it, if was is what is there of its
// sku: a file of new prices alone changes nothing else.
func (r ImportProduct) Over(was Product) Product {
	p := r.Product
	p.ID, p.Created, p.Updated = was.ID, was.Created, was.Updated
	for _, part := range r.Keep {
		switch part {
		case PartBarcodes:
			p.Barcodes = was.Barcodes
		case PartName:
			p.Name = was.Name
		case PartCategory:
			p.Category = was.Category
		case PartBrand:
			p.Brand = was.Brand
		case PartTags:
			p.Tags = was.Tags
		case PartPrice:
			p.Price = was.Price
		case PartFloor:
			p.Floor = was.Floor
		case PartCost:
			p.Cost = was.Cost
		case PartWeighed:
			p.Weighed = was.Weighed
		case PartNoDiscount:
			p.NoDiscount = was.NoDiscount
		case PartStock:
			p.Counted, p.Stock = was.Counted, was.Stock
		}
	}
	return p
}

// CheckNew refuses a row that would make a product although the file tells no
// price: it would be sold for nothing.
func (r ImportProduct) CheckNew() error {
	if slices.Contains(r.Keep, PartPrice) {
		return BadInput(CodeProductUnknown, "text", r.Product.SKU)
	}
	return r.Product.Check()
}

// ImportOutcome says what became of one row.
type ImportOutcome struct {
	Line    int
	Added   bool
	Issued  bool  // a coupon was issued for it
	Changed bool  // it was there before and is different now
	Err     error // why it was refused; nil and not Added: it was there before
}

// CodeImportColumns says that a file lacks a column the import needs.
const CodeImportColumns Code = "import_columns"
