// Package sheet reads the files that other programs of a shop export: CSV with
// any column names, delimiter, encoding, decimal mark and date order.
//
// A file is read twice. Survey (survey.go) looks at all of it and settles how
// it is to be read; a Reader (row.go) then gives one row after the other, each
// with its values or with the reason why it cannot be taken. Neither keeps the
// file in memory.
//
//	record.go    lines and fields, with what is wrong in them
//	encoding.go  UTF-8, UTF-16 and Windows-1252
//	column.go    which column means what
//	amount.go    amounts and their decimal mark
//	date.go      dates and their order
//	product.go   rows that are products
package sheet

import (
	"time"

	"bounceback/engine"
)

// Field is what a column means.
type Field string

// The fields. Customer is the shop's own customer number.
const (
	Customer  Field = "customer"
	Date      Field = "date"
	Amount    Field = "amount"
	Phone     Field = "phone"
	Reference Field = "ref"
	Name      Field = "name"
	Consent   Field = "consent"
	Groups    Field = "groups"
	Tier      Field = "tier"
	Birth     Field = "birth" // a month, or a date of birth
)

// The fields of products.
const (
	SKU          Field = "sku"
	Barcode      Field = "barcode"
	Category     Field = "category"
	Brand        Field = "brand"
	Tags         Field = "tags"
	Price        Field = "price"
	Floor        Field = "floor"
	Cost         Field = "cost"
	Weighed      Field = "weighed" // yes or no, or the unit it is sold by
	Discountable Field = "discountable"
	Stock        Field = "stock"
)

// Kind is what the rows of a file are.
type Kind int

// The kinds of files.
const (
	Sales Kind = iota
	Customers
	Products
)

// fields are those of each kind, in the order in which columns are looked for.
var fields = [...][]Field{
	Sales:     {Customer, Date, Amount, Phone, Reference, Name, Consent},
	Customers: {Customer, Phone, Name, Consent, Groups, Tier, Birth},
	Products:  {SKU, Barcode, Name, Category, Brand, Tags, Price, Floor, Cost, Weighed, Discountable, Stock},
}

// Fields lists the fields of a kind in the order in which columns are looked
// for.
func (k Kind) Fields() []Field { return fields[k] }

// Order is the order of day, month and year in dates written in numbers with
// the year last.
type Order string

// The orders. OrderMixed stands for a file that has dates of both kinds, in
// which a date that fits both cannot be taken.
const (
	DayFirst   Order = "dmy"
	MonthFirst Order = "mdy"
	YearFirst  Order = "ymd"
	OrderMixed Order = "mixed"
)

// Options are what is known of a file before it is looked at.
type Options struct {
	Kind     Kind
	Map      map[Field]string // column names by field; fields not named are guessed
	Country  string           // of the store, for phones
	Zone     *time.Location   // of the store, for times with an offset; nil is UTC
	Marks    engine.Marks     // of the store: its exponent, and its marks where the file does not tell
	HomeDate Order            // how the store's country writes dates, where the file does not tell
	Dates    Order            // given by the person; empty: detect
	Decimal  rune             // given by the person, '.' or ','; 0: detect
}

// Layout is how a file is to be read.
type Layout struct {
	o         Options
	Encoding  Encoding
	Delimiter byte
	Header    []string      // the column names
	Columns   map[Field]int // where each field stands; absent fields are missing
	Dates     Order
	Decimal   rune // 0: the file has both, and each amount must tell for itself
	Rows      int  // rows besides the header, blank ones left out
	// GuessedDates tells that every date of the file could be read in both
	// orders, so that the one of the store's country was taken.
	GuessedDates bool

	skip int // lines before the header
}

// Kind is what the rows of the file are.
func (l Layout) Kind() Kind { return l.o.Kind }

// Row is one row of a file. With Err set, the other values are incomplete and
// must not be used.
type Row struct {
	Line      int      // where it begins, counted from 1
	Fields    []string // as they stand in the file
	Number    string
	Name      string
	Phone     string // E.164; empty if none
	Reference string
	Business  engine.Day
	Amount    engine.Minor
	Consent   engine.Consent
	Groups    []string
	Tier      string
	Birth     int            // month, 1 to 12; 0 is unknown
	Product   engine.Product // of a file of products; what the file does not tell is zero
	// Key is the same for the same row of the same file, and differs between
	// rows, identical ones included.
	Key string
	Err error
}

// Codes of files and their rows.
const (
	CodeFileEmpty     engine.Code = "import_empty"         // no header
	CodeFileMap       engine.Code = "import_map"           // a column named by the person does not exist; with column, columns
	CodeFileMapForm   engine.Code = "import_map_form"      // not field=column; with text, fields
	CodeFileRead      engine.Code = "import_read"          // the file could not be read; with cause
	CodeRowLong       engine.Code = "row_long"             // with most, bytes
	CodeRowQuotes     engine.Code = "row_quotes"           // a quote is not closed
	CodeRowNul        engine.Code = "row_nul"              // bytes that no text has
	CodeRowColumns    engine.Code = "row_columns"          // more fields than columns; with fields, columns
	CodeRowAmount     engine.Code = "row_amount_ambiguous" // with text
	CodeRowDate       engine.Code = "row_date"             // with text
	CodeRowDateOrder  engine.Code = "row_date_ambiguous"   // with text
	CodeRowNoCustomer engine.Code = "row_no_customer"      // a customer without phone and number
	CodeRowConsent    engine.Code = "row_consent"          // neither yes nor no; with text
	CodeRowMonth      engine.Code = "row_month"            // neither a month nor a date; with text
	CodeRowYesNo      engine.Code = "row_yes_no"           // neither yes nor no, nor a unit; with column, text
	CodeRowStock      engine.Code = "row_stock"            // no count; with text
	CodeRowNoProduct  engine.Code = "row_no_product"       // neither sku nor barcode
)
