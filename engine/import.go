package engine

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
}

// ImportProduct is one product read from a file.
type ImportProduct struct {
	Line    int
	Product Product
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
