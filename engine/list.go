package engine

import "time"

// Filter narrows a list; zero fields do not narrow. Which fields a list knows
// is said at the method that takes it.
type Filter struct {
	State      string
	From, To   Day // inclusive, in the store's zone
	EndFrom    Day // of coupons, their last day, inclusive
	EndTo      Day
	CustomerID ID
	CampaignID ID
	StaffID    ID
	SaleID     ID
	CouponID   ID
	RegisterID ID
	Source, Ad string  // where the customer came from, as written
	Segment    Segment // of customers
	Grades     Grades  // where Segment is divided; zero: worked out anew
	Search     string  // what was typed: a reference, code, phone or name
	Limit      int     // rows of a page; 0 is DefaultPage
	After      string  // Page.Next of the page before
}

// States that a filter has beside those that a row is in: the sales and coupons
// that figures are made of.
const (
	SalesKept      = "kept"      // not voided
	SalesRedeeming = "redeeming" // a coupon was used in them, and still is
	CouponsKept    = "kept"      // not voided
)

// DefaultPage and MostPage bound the rows of a page.
const (
	DefaultPage = 50
	MostPage    = 500
)

// Rows is the filter's page size within its bounds.
func (f Filter) Rows() int {
	if f.Limit <= 0 {
		return DefaultPage
	}
	return min(f.Limit, MostPage)
}

// Span gives the instants of the filter's days: from inclusive, to exclusive;
// 0 is no bound.
func (f Filter) Span(zone *time.Location) (from, to Instant) {
	if f.From != 0 {
		from = f.From.Start(zone)
	}
	if f.To != 0 {
		to = (f.To + 1).Start(zone)
	}
	return from, to
}

// Page is some rows of a list, newest first.
type Page[T any] struct {
	Items []T
	Next  string // hand it in as Filter.After for the next page; empty at the end
}

// CodeBadCursor says that a page mark was not given by a list.
const CodeBadCursor Code = "bad_cursor"
