package engine

import (
	"strings"
	"unicode/utf8"
)

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
	Stock      int64 // pieces (or thousandths, if weighed) left; only if Counted; under zero if more was sold
	Active     bool
	Created    Instant
	Updated    Instant

	// StockRead is the stock a product was read with before it was changed:
	// saving it books the difference, so that what was sold meanwhile is not
	// undone. nil: Stock is what was counted now.
	StockRead *int64
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
	CodeProductLabel   Code = "product_label"     // a brand or tag: too long or with control characters; with most
	CodeStockRange     Code = "product_stock"     // too large
	CodeProductStock   Code = "product_no_stock"  // a line wants more than is left; with name, left
	CodeProductsRange  Code = "product_too_many"  // too many lines, tags or barcodes; with most
	CodePriceChanged   Code = "price_changed"     // what is due differs from what the cashier saw; with due, seen
	CodeQuantity       Code = "quantity_range"    // below 1 or above MaxUnits; with most
	CodeOfferUsedUp    Code = "offer_used_up"     // a limit was reached meanwhile; with title
	CodeGiftGone       Code = "offer_gift_gone"   // the gift is out of stock; with name
	CodeLineUnknown    Code = "sale_line_unknown" // a return names a line the sale has not
)

// Bounds of a product.
const (
	MaxSKU           = 40 // characters
	MaxProductName   = 80 // characters
	MaxCategory      = 120
	MaxCategoryDepth = 6                 // parts of a category's path
	MaxProductLabel  = 40                // characters of a brand or tag
	MaxTags          = 20                // of one product
	MaxBarcodes      = 20                // of one product
	MaxStock         = 1_000_000_000_000 // pieces or thousandths
)

// Tidy gives the product as it is kept: without spaces too many, empty tags and
// what is there twice.
func (p Product) Tidy() Product {
	p.SKU, p.Name, p.Brand = tidyText(p.SKU), tidyText(p.Name), tidyText(p.Brand)
	p.Category = CleanCategory(p.Category)
	p.Tags = tidyList(p.Tags, strings.ToLower)
	p.Barcodes = tidyList(p.Barcodes, GTIN)
	if !p.Counted {
		p.Stock = 0
	}
	return p
}

// tidyText trims a text and leaves one space where there were several.
func tidyText(s string) string { return strings.Join(strings.Fields(s), " ") }

// tidyList tidies the texts of a list and drops the empty ones and those that
// fold to one before them. An empty list is nil.
func tidyList(list []string, fold func(string) string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if s = tidyText(s); s == "" || seen[fold(s)] {
			continue
		}
		seen[fold(s)] = true
		out = append(out, s)
	}
	return out
}

// FoldSKU is what tells products apart: "ab-1" and "AB-1" are one.
func FoldSKU(sku string) string { return strings.ToLower(tidyText(sku)) }

// CleanCategory tidies the path of a category: no spaces around its parts, no
// slash at its ends.
func CleanCategory(path string) string {
	parts := strings.Split(strings.Trim(tidyText(path), "/ "), "/")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, "/")
}

// CheckCategory tells what is wrong with a category's path as CleanCategory
// gives it; empty is allowed.
func CheckCategory(path string) error {
	if path == "" {
		return nil
	}
	parts := strings.Split(path, "/")
	bad := len(parts) > MaxCategoryDepth || tooLong(path, MaxCategory)
	for _, part := range parts {
		bad = bad || part == ""
	}
	if bad {
		return BadInput(CodeCategory, "text", path, "most", MaxCategory, "deep", MaxCategoryDepth)
	}
	return nil
}

// tooLong tells whether a text has more characters than it may, or some that
// are none.
func tooLong(s string, most int) bool {
	return utf8.RuneCountInString(s) > most || !CleanText(s)
}

// Check tells what is wrong with a product as Tidy gives it, or nil.
func (p Product) Check() error {
	switch {
	case p.SKU == "" || tooLong(p.SKU, MaxSKU):
		return BadInput(CodeProductSKU, "most", MaxSKU)
	case p.Name == "" || tooLong(p.Name, MaxProductName):
		return BadInput(CodeProductName, "most", MaxProductName)
	case !amountFits(p.Price) || !amountFits(p.Cost) || !amountFits(p.Floor):
		return BadInput(CodeProductPrice, "most", MaxAmount)
	case p.Floor > p.Price:
		return BadInput(CodeProductFloor, "floor", p.Floor, "price", p.Price)
	case p.Stock < -MaxStock || p.Stock > MaxStock:
		return BadInput(CodeStockRange)
	}
	if err := p.checkLabels(); err != nil {
		return err
	}
	if err := CheckCategory(p.Category); err != nil {
		return err
	}
	return p.checkBarcodes()
}

func amountFits(m Minor) bool { return m >= 0 && m <= MaxAmount }

func (p Product) checkLabels() error {
	if len(p.Tags) > MaxTags {
		return BadInput(CodeProductsRange, "most", MaxTags)
	}
	for _, label := range append([]string{p.Brand}, p.Tags...) {
		if tooLong(label, MaxProductLabel) {
			return BadInput(CodeProductLabel, "most", MaxProductLabel)
		}
	}
	return nil
}

func (p Product) checkBarcodes() error {
	if len(p.Barcodes) > MaxBarcodes {
		return BadInput(CodeProductsRange, "most", MaxBarcodes)
	}
	for _, code := range p.Barcodes {
		if !ValidBarcode(code) {
			return BadInput(CodeBarcode, "text", code)
		}
	}
	return nil
}
