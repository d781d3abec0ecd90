package engine

// Facts are what Evaluate may know besides the sale: all of it passed in.
type Facts struct {
	Now      Instant
	Store    Store
	Register ID
	Till     string // the register's name
	Branch   string
	Customer ID // zero: no customer, or one who is new
	Person   Person
	Coupon   *Coupon          // what the customer wants to redeem; nil: nothing
	Usage    map[ID]Usage     // by offer; missing is nothing used
	Stock    map[string]int64 // by sku of gifts; missing is not counted
	Balance  Minor            // of the customer's balance, at most so much is to be used
	Points   PointsUse
	Bound    int // most combinations that are tried; 0 is DefaultBound
}

// PointsUse is how many points the customer wants to use at most, and what one
// is worth.
type PointsUse struct {
	Points int64
	Worth  Minor // of one point
}

// Person is what thresholds may ask of the customer. The zero Person is
// nobody.
type Person struct {
	Known  bool // there is a customer, known or new
	Groups []string
	Tier   string
	Sales  int // completed before this one; voided ones do not count
	Last   Day // of the last sale; 0 is none
	Since  Day // customer since; 0 is unknown, today for one who is new
	Birth  int // month of birth, 1 to 12; 0 is unknown
}
