package engine

// CouponState is where a coupon stands.
type CouponState string

// The states. Stored are active, reserved, redeemed and voided; pending and
// expired follow from the clock, so that no sweep has to run for them to be
// true. A reservation whose lease is over counts as active.
const (
	CouponPending  CouponState = "pending"
	CouponActive   CouponState = "active"
	CouponReserved CouponState = "reserved"
	CouponRedeemed CouponState = "redeemed"
	CouponExpired  CouponState = "expired"
	CouponVoided   CouponState = "voided"
)

// Coupon is one issued coupon. Its terms are its own: editing the campaign
// does not change them.
type Coupon struct {
	ID            ID
	Code          string // eight symbols, without the dash
	CampaignID    ID
	Campaign      string // title
	CustomerID    ID     // zero: good for its bearer
	Customer      string // name, or masked phone
	SaleID        ID     // the sale that earned it
	Face          Minor
	Rate          BP    // of the net paid, from which the face came
	MinSale       Minor // least net paid that earned it
	MaxDiscount   BP    // most share of a sale it takes
	FirstDay      Day   // good from the start of this day
	LastDay       Day   // to the end of this one
	ValidFrom     Instant
	ValidUntil    Instant // exclusive: the start of the day after LastDay
	Issued        Instant
	State         CouponState // as stored
	ReservedBy    ID          // register
	ReservedAt    string      // register's label
	ReservedUntil Instant
	RedeemedSale  ID
	Redeemed      Instant
	RedeemedBy    string // staff
	RedeemedAt    string // register
	RedeemedMinor Minor  // what it took off
	Voided        Instant
	VoidedBy      string
	VoidReason    string
}

// Codes of coupons.
const (
	CodeCouponUnknown  Code = "coupon_unknown"
	CodeCouponPending  Code = "coupon_pending"
	CodeCouponExpired  Code = "coupon_expired"
	CodeCouponRedeemed Code = "coupon_redeemed"
	CodeCouponVoided   Code = "coupon_voided"
	CodeCouponReserved Code = "coupon_reserved"
	CodeCouponOthers   Code = "coupon_of_another"
	CodeCouponOwnSale  Code = "coupon_own_sale"
	CodeCouponNothing  Code = "coupon_takes_nothing"
	CodeCouponStaff    Code = "coupon_staff"     // a staff member redeeming their own
	CodeGuardCustomer  Code = "guard_customer"   // too many redemptions of a customer today
	CodeGuardRegister  Code = "guard_register"   // too many redemptions at a register this hour
	CodeCouponHeldSale Code = "coupon_not_yours" // reserved by another till
)

// StateAt gives the coupon's state at an instant.
func (c Coupon) StateAt(now Instant) CouponState {
	switch {
	case c.State == CouponRedeemed, c.State == CouponVoided:
		return c.State
	case now >= c.ValidUntil:
		return CouponExpired
	case now < c.ValidFrom:
		return CouponPending
	case c.State == CouponReserved && now < c.ReservedUntil:
		return CouponReserved
	}
	return CouponActive
}

// Usable tells why the coupon cannot be redeemed by a customer at a register
// at an instant, or nil. customer zero is a sale without one.
func (c Coupon) Usable(now Instant, customer, register ID) error {
	show := ShowCode(c.Code)
	if !c.CustomerID.IsZero() && c.CustomerID != customer {
		return Refuse(CodeCouponOthers, "code", show)
	}
	switch c.StateAt(now) {
	case CouponRedeemed:
		return Refuse(CodeCouponRedeemed, "code", show, "at", c.Redeemed, "till", c.RedeemedAt, "staff", c.RedeemedBy)
	case CouponVoided:
		return Refuse(CodeCouponVoided, "code", show, "at", c.Voided, "reason", c.VoidReason)
	case CouponExpired:
		return Refuse(CodeCouponExpired, "code", show, "day", c.LastDay)
	case CouponPending:
		return Refuse(CodeCouponPending, "code", show, "day", c.FirstDay)
	case CouponReserved:
		if c.ReservedBy != register {
			return Refuse(CodeCouponReserved, "code", show, "till", c.ReservedAt)
		}
	}
	return nil
}

// Takes is what the coupon takes off a sale of gross: its face, at most its
// share of the sale rounded up to step, and never more than the sale.
func (c Coupon) Takes(gross, step Minor) (Minor, error) {
	most, err := MulBPStep(gross, c.MaxDiscount, step, Up)
	if err != nil {
		return 0, err
	}
	return min(c.Face, most, gross), nil
}

// BestCoupon gives the index of the usable coupon that takes most off a sale;
// ties to the one that expires first, then to the older. -1 if none is usable.
// Without an amount the faces are compared.
func BestCoupon(coupons []Coupon, gross, step Minor, now Instant, customer, register ID) int {
	best, bestTakes := -1, Minor(0)
	for i, c := range coupons {
		if c.Usable(now, customer, register) != nil {
			continue
		}
		takes := c.Face
		if gross > 0 {
			var err error
			if takes, err = c.Takes(gross, step); err != nil {
				continue
			}
		}
		if takes == 0 {
			continue
		}
		if best < 0 || takes > bestTakes || takes == bestTakes && sooner(c, coupons[best]) {
			best, bestTakes = i, takes
		}
	}
	return best
}

func sooner(a, b Coupon) bool {
	if a.ValidUntil != b.ValidUntil {
		return a.ValidUntil < b.ValidUntil
	}
	return string(a.ID[:]) < string(b.ID[:])
}

// CouponEvent is one line of a coupon's history.
type CouponEvent struct {
	At     Instant
	Kind   string // issued, redeemed, given_back, voided, face_lowered, text
	SaleID ID
	Amount Minor
	Who    string
	Where  string
	Note   string // reason of a void, state of a text
}

// CouponCheck is the answer to "is this coupon good, and for how much".
type CouponCheck struct {
	Coupon Coupon
	State  CouponState
	Reason error // nil when usable
	Takes  Minor // on the amount asked about, 0 without one
}
