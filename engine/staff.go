package engine

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Role is what a member of staff may do.
type Role string

// The roles.
const (
	Owner       Role = "owner"
	Manager     Role = "manager"
	Cashier     Role = "cashier"
	Salesperson Role = "salesperson"
)

// Roles lists the roles, the most powerful first.
var Roles = []Role{Owner, Manager, Cashier, Salesperson}

// Permission is one thing that not everybody may do.
type Permission string

// The permissions. Their names are in the catalogue under "permission.<name>".
//
// words: permission.*
const (
	MaySell          Permission = "sell"
	MayVoid          Permission = "void"
	MayEditCustomers Permission = "edit_customers"
	MayEditCoupons   Permission = "edit_coupons"
	MaySeeAll        Permission = "see_all" // other people's sales
	MayEditCampaigns Permission = "edit_campaigns"
	MayEditSettings  Permission = "edit_settings"
	MayEditStaff     Permission = "edit_staff"
	MaySeeAudit      Permission = "see_audit"
	MaySeeDesk       Permission = "see_desk" // the owner's desk, which also tells of staff
	MayEditProducts  Permission = "edit_products"
	MayImport        Permission = "import"
	MayExport        Permission = "export"
)

var roleMay = map[Role][]Permission{
	Owner: {
		MaySell, MayVoid, MayEditCustomers, MayEditCoupons, MaySeeAll, MayEditCampaigns, MayEditProducts,
		MayEditSettings, MayEditStaff, MaySeeAudit, MaySeeDesk, MayImport, MayExport,
	},
	Manager:     {MaySell, MayVoid, MayEditCustomers, MayEditCoupons, MaySeeAll, MayEditProducts, MaySeeAudit, MaySeeDesk, MayExport},
	Cashier:     {MaySell, MaySeeAll},
	Salesperson: {MaySell},
}

// May tells whether the role has a permission.
func (r Role) May(p Permission) bool { return slices.Contains(roleMay[r], p) }

// WhoMay lists the roles that have a permission, the least powerful first: the
// ones to ask.
func WhoMay(p Permission) []Role {
	var out []Role
	for i := len(Roles) - 1; i >= 0; i-- {
		if Roles[i].May(p) {
			out = append(out, Roles[i])
		}
	}
	return out
}

// Codes of staff.
const (
	CodeForbidden    Code = "forbidden"     // with permission, role, who
	CodePINWrong     Code = "pin_wrong"     // with left: tries before the lock-out
	CodePINLocked    Code = "pin_locked"    // with until
	CodePINFormat    Code = "pin_format"    // with least, most
	CodePINNeeded    Code = "pin_needed"    // the command needs to know who asks
	CodeStaffUnknown Code = "staff_unknown" //
	CodeStaffName    Code = "staff_name"    //
	CodeLastOwner    Code = "last_owner"    // the only owner cannot be taken away
	CodeBadRole      Code = "bad_role"      //
	CodeRegisterName Code = "register_name" //
)

// Staff is a person who works in the store.
type Staff struct {
	ID       ID
	Name     string
	Role     Role
	HasPIN   bool
	HasPhone bool // their own phone is known, so that they cannot redeem to themselves
	Active   bool
	Created  Instant
}

// StaffEdit makes (zero ID) or changes a member of staff. A nil PIN stays, an
// empty one is taken away. Phone, in E.164, ties the person to their own
// customer account, so that they cannot redeem their own coupons.
type StaffEdit struct {
	ID     ID
	Name   string
	Role   Role
	PIN    *string
	Phone  *string
	Active bool
}

// Register is a till of a store.
type Register struct {
	ID     ID
	Name   string
	Branch string
}

// Actor is who asks: a member of staff at a register of a store, through a
// face. Every method of the store takes one.
type Actor struct {
	StoreID    ID
	StaffID    ID
	Staff      string
	Role       Role
	RegisterID ID
	Register   string
	Origin     Origin
}

// Need refuses an actor whose role lacks a permission.
func (a Actor) Need(p Permission) error {
	if a.Role.May(p) {
		return nil
	}
	return Refuse(CodeForbidden, "permission", p, "role", a.Role, "who", WhoMay(p))
}

// Bounds of a PIN, in digits, and of the lock-out.
const (
	MinPIN      = 4
	MaxPIN      = 12
	PINTries    = 5              // wrong PINs before the lock-out
	PINLockTime = 5 * 60 * 1000  // ms, doubled with each further lock-out
	PINLockMost = 60 * 60 * 1000 // ms
)

// CheckPIN tells whether a text can be a PIN; empty means none.
func CheckPIN(pin string) error {
	if pin == "" {
		return nil
	}
	if len(pin) < MinPIN || len(pin) > MaxPIN || strings.Trim(pin, "0123456789") != "" {
		return BadInput(CodePINFormat, "least", MinPIN, "most", MaxPIN)
	}
	return nil
}

// Check tells what is wrong with an edit, or nil.
func (e StaffEdit) Check() error {
	if n := utf8.RuneCountInString(strings.TrimSpace(e.Name)); n == 0 || n > MaxTitle || !CleanText(e.Name) {
		return BadInput(CodeStaffName, "most", MaxTitle)
	}
	if !slices.Contains(Roles, e.Role) {
		return BadInput(CodeBadRole, "role", string(e.Role))
	}
	if e.PIN != nil {
		return CheckPIN(*e.PIN)
	}
	return nil
}
