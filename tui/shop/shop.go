// Package shop names what the faces (screens and commands) need of a store, as
// interfaces. store.DB implements them; main introduces the two.
//
// Every method is one transaction and checks the actor's store and role
// itself. Errors people may see are *engine.Error. Methods may be called from
// several goroutines. What belongs to another store answers as if it did not
// exist.
package shop

import (
	"context"

	"bounceback/engine"
)

// Desk is what the counter reads: short statements on a read-only connection.
type Desk interface {
	// Desk gives what the counter keeps in memory.
	Desk(ctx context.Context, a engine.Actor) (engine.Desk, error)
	// Changed gives a number that differs from the last one when another
	// process or connection has changed the file since. It costs microseconds.
	Changed(ctx context.Context) (int64, error)
	// FindCustomers finds customers by one thing known of them, at most
	// q.Limit (default 10), the latest visitor first.
	FindCustomers(ctx context.Context, a engine.Actor, q engine.CustomerQuery) ([]engine.Customer, error)
	// Customer gives one customer with the open coupons.
	Customer(ctx context.Context, a engine.Actor, id engine.ID) (engine.CustomerView, error)
	// CheckCoupon answers whether a code can be redeemed and what it takes of
	// amount; 0 asks without an amount. code is as typed. A mistyped code is
	// refused before the file is asked. customer zero asks whether it is good
	// for its own customer, or its bearer.
	CheckCoupon(ctx context.Context, a engine.Actor, code string, amount engine.Minor, customer engine.ID) (engine.CouponCheck, error)
	// SaleByReference finds the sale with a POS reference; CodeSaleUnknown.
	SaleByReference(ctx context.Context, a engine.Actor, ref string) (engine.Sale, error)
	// LastSale is the last sale of the actor's register that is not voided;
	// CodeNothingToVoid if there is none.
	LastSale(ctx context.Context, a engine.Actor) (engine.Sale, error)
	// FindProducts finds active products by one thing known of them, at most
	// q.Limit (default 10). A barcode with a right check digit that nobody
	// knows gives none; one with a wrong check digit CodeBarcode.
	FindProducts(ctx context.Context, a engine.Actor, q engine.ProductQuery) ([]engine.Found, error)
}

// Till is what the counter writes.
type Till interface {
	// RecordSale records a sale: customer made if new, coupon redeemed, next
	// coupon issued, its text queued, in one transaction.
	RecordSale(ctx context.Context, a engine.Actor, d engine.Draft) (engine.Recorded, error)
	// ReverseSale voids a sale or takes part of it back.
	ReverseSale(ctx context.Context, a engine.Actor, r engine.Reversal) (engine.Reversed, error)
	// PreviewReturn tells what a return would do, without doing it.
	PreviewReturn(ctx context.Context, a engine.Actor, r engine.Reversal) (engine.Preview, error)
	// Reserve holds a coupon for the actor's register until it redeems or
	// releases it, or the lease ends. Reserving again extends the lease.
	Reserve(ctx context.Context, a engine.Actor, coupon engine.ID) error
	// Release gives a reservation of the actor's register up; without one it
	// does nothing.
	Release(ctx context.Context, a engine.Actor, coupon engine.ID) error
	// StartVerification texts a code of four characters to a phone (E.164) of
	// someone who is to become a customer; RecordSale takes it back in
	// CustomerRef.Verify.
	StartVerification(ctx context.Context, a engine.Actor, phone string) error
	// CheckVerification tells whether code is the one texted to phone:
	// CodeVerifyWrong. It does not use the code up.
	CheckVerification(ctx context.Context, a engine.Actor, phone, code string) error
}

// Lists are read a page at a time, newest first.
type Lists interface {
	// Sales: State, From, To (business dates), CustomerID, CampaignID (issued
	// under), StaffID, RegisterID, Source, Ad, Search (reference). A salesperson sees only their own.
	Sales(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Sale], error)
	Sale(ctx context.Context, a engine.Actor, id engine.ID) (engine.Sale, error)
	// Coupons: State (derived states too), From, To (issued), CustomerID,
	// CampaignID, SaleID (that earned or redeemed it), StaffID, RegisterID, Source
	// and Ad of the sale that earned it, Search (code).
	Coupons(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Coupon], error)
	// Coupon gives a coupon and its whole history, oldest first.
	Coupon(ctx context.Context, a engine.Actor, id engine.ID) (engine.Coupon, []engine.CouponEvent, error)
	// Customers: State (a consent), Segment (by Grades), From, To (made), Search
	// (name, last four digits, phone, number).
	Customers(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Customer], error)
	// Campaigns: State (as of today), Search (title).
	Campaigns(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Campaign], error)
	Campaign(ctx context.Context, a engine.Actor, id engine.ID) (engine.Campaign, error)
	// Products: State (active, inactive), Search (words of the name, sku,
	// barcode), by name.
	Products(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Product], error)
	Product(ctx context.Context, a engine.Actor, id engine.ID) (engine.Product, error)
	// Messages: State (also due: queued and to go by the end of today; held:
	// queued and held back; delivered and failed, by the carrier's reports),
	// From, To (made), CustomerID, CouponID, CampaignID. Those due or held come in
	// the order in which they go.
	Messages(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Message], error)
	Message(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error)
	// CouponTexts gives every text of a coupon in the order of their plan: those
	// that went, those that were taken back and those still to go, these with
	// their words as they would be now. Of a coupon that gets none it gives what
	// the plan would be, with an empty State and the Reason why not.
	CouponTexts(ctx context.Context, a engine.Actor, coupon engine.ID) ([]engine.Message, error)
	// Audit: From, To, StaffID, State (an action or its first part).
	Audit(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.AuditEntry], error)
}

// Office is what is changed away from the counter.
type Office interface {
	// SaveCampaign makes (zero ID, as a draft unless State says active) or
	// changes a campaign. Issued coupons keep their terms.
	SaveCampaign(ctx context.Context, a engine.Actor, c engine.Campaign) (engine.Campaign, error)
	// SetCampaignState activates, pauses or ends; an ended one stays ended.
	SetCampaignState(ctx context.Context, a engine.Actor, id engine.ID, s engine.CampaignState) (engine.Campaign, error)
	// SaveProduct makes (zero ID) or changes a product.
	SaveProduct(ctx context.Context, a engine.Actor, p engine.Product) (engine.Product, error)
	// EditCustomer changes a customer. Consent may be changed by whoever sells.
	EditCustomer(ctx context.Context, a engine.Actor, e engine.CustomerEdit) (engine.Customer, error)
	// ForgetCustomer erases phone and name, cancels texts and keeps the figures.
	ForgetCustomer(ctx context.Context, a engine.Actor, id engine.ID, reason string) error
	VoidCoupon(ctx context.Context, a engine.Actor, id engine.ID, reason string) (engine.Coupon, error)
	// ResendMessage queues a text that was refused, unknown, cancelled or
	// accepted again, as a new row tied to the same coupon or, for unknown,
	// refused and cancelled ones, the same row.
	ResendMessage(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error)
	// ReleaseMessage lets a text go: one that is held for the customer's pace now,
	// one that is unknown, refused or cancelled again. The quiet hours and the
	// month's limit hold it all the same: CodeMessageQuiet, CodeTextLimit.
	ReleaseMessage(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error)
	// CancelMessage takes a queued text back, or gives an unknown one up.
	CancelMessage(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error)
	// StopTexts records that a number (E.164) wants no texts, whether it is a
	// customer's or not, and cancels what is queued. It gives the customer, or
	// the zero one.
	StopTexts(ctx context.Context, a engine.Actor, phone string) (engine.Customer, error)
	// SaveStore changes title, country, currency (only before the first sale),
	// zone, language, step and settings.
	SaveStore(ctx context.Context, a engine.Actor, s engine.Store) (engine.Store, error)
	SaveStaff(ctx context.Context, a engine.Actor, e engine.StaffEdit) (engine.Staff, error)
}

// People are who works here and how they sign in.
type People interface {
	// Staff lists the active staff, owner first, then by name; with all, the
	// others too.
	Staff(ctx context.Context, storeID engine.ID, all bool) ([]engine.Staff, error)
	// SignIn checks a PIN and gives the actor. Staff without a PIN sign in
	// with an empty one. CodePINWrong, CodePINLocked.
	SignIn(ctx context.Context, storeID, staff, register engine.ID, pin string, from engine.Origin) (engine.Actor, error)
	// Register finds or makes the store's register of a name; no name is its
	// first one.
	Register(ctx context.Context, storeID engine.ID, name, branch string) (engine.Register, error)
	// Registers lists the store's registers by name.
	Registers(ctx context.Context, storeID engine.ID) ([]engine.Register, error)
	// TheStore is the store of a title or id; an empty name is the only store of
	// the file. CodeNoStore before the first run, CodeWhichStore if there are
	// several.
	TheStore(ctx context.Context, name string) (engine.Store, error)
	// FirstRun makes the store, its first register, its owner with a PIN that
	// may be empty, and the ready campaign called campaign, and gives the owner.
	FirstRun(ctx context.Context, s engine.Store, owner, pin, register, campaign string, from engine.Origin) (engine.Actor, error)
}

// Keys are how staff come in over SSH.
type Keys interface {
	// StaffKeys lists the keys of the store by the names of their holders.
	StaffKeys(ctx context.Context, a engine.Actor) ([]engine.StaffKey, error)
	// AddStaffKey gives a key to somebody who works here; CodeKeyTaken if it is
	// somebody's already.
	AddStaffKey(ctx context.Context, a engine.Actor, k engine.NewStaffKey) (engine.StaffKey, error)
	// RemoveStaffKey takes a key away and gives it as it was; CodeKeyUnknown.
	RemoveStaffKey(ctx context.Context, a engine.Actor, id engine.ID) (engine.StaffKey, error)
	// KeyHolder tells whose key it is, in any store of the file, by its
	// fingerprint: CodeKeyUnknown, CodeKeyInactive.
	KeyHolder(ctx context.Context, fingerprint string) (engine.KeyHolder, error)
	// SignInByKey gives the actor of a key that was proven, at the register
	// called till, or else the key's own, or else the store's first. Where the
	// file can only be read, the actor comes along with an error.
	SignInByKey(ctx context.Context, fingerprint, till string, from engine.Origin) (engine.Actor, error)
	// SignInBeside is SignIn on a screen that a key opened: a wrong PIN is noted
	// with whose key it was, and counts against nobody.
	SignInBeside(ctx context.Context, by engine.KeyHolder, staff, register engine.ID, pin string, from engine.Origin) (engine.Actor, error)
}

// Books are figures, proofs and files.
type Books interface {
	// CampaignReport gives the figures of every campaign, newest first: of the
	// coupons issued on some days, both included; a zero day is no bound.
	CampaignReport(ctx context.Context, a engine.Actor, from, to engine.Day) ([]engine.CampaignFigures, error)
	// Figures gives the figures of the store over some days, both included; a
	// zero day is no bound.
	Figures(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.Figures, error)
	// FiguresBy gives the figures of the coupons issued on some days, both
	// included, split by what issued them; a zero day is no bound.
	FiguresBy(ctx context.Context, a engine.Actor, by engine.By, from, to engine.Day) ([]engine.Slice, error)
	// Days gives the sums of each business day with sales, oldest first; a zero day
	// is no bound.
	Days(ctx context.Context, a engine.Actor, from, to engine.Day) ([]engine.DayFigures, error)
	// Overview gives what the owner's desk shows, at a cost that does not grow with
	// the number of sales.
	Overview(ctx context.Context, a engine.Actor) (engine.Overview, error)
	// Liability gives what the store owes its customers now.
	Liability(ctx context.Context, a engine.Actor) (engine.Liability, error)
	// Simulate tells what drafts would have done with past sales. Nothing is
	// written. progress, which may be nil, is told after each page of sales how
	// many are done; the context's end stops it.
	Simulate(ctx context.Context, a engine.Actor, req engine.SimulationRequest, progress func(done, all int64)) (engine.Simulation, error)
	// VerifyAudit walks the audit log's chain of keyed hashes.
	VerifyAudit(ctx context.Context, a engine.Actor) (engine.AuditReport, error)
	// Check looks at the file's integrity, recomputes the summaries from the
	// sales and looks for rows without their owners.
	Check(ctx context.Context, a engine.Actor) ([]engine.Finding, error)
	// Backup writes a whole, consistent copy of the file; an existing file is
	// never overwritten.
	Backup(ctx context.Context, a engine.Actor, path string) error
	// ImportSales records sales of the past in one transaction, without texts:
	// with issue they earn coupons as if they happened then. One outcome a row,
	// in their order; a refused row does not stop the others.
	ImportSales(ctx context.Context, a engine.Actor, rows []engine.ImportSale, issue bool) ([]engine.ImportOutcome, error)
	// ImportProducts makes or changes products by their sku, in one transaction.
	ImportProducts(ctx context.Context, a engine.Actor, rows []engine.ImportProduct) ([]engine.ImportOutcome, error)
	// Discounts gives the discounts of each business day by level, oldest first;
	// a zero day is no bound.
	Discounts(ctx context.Context, a engine.Actor, from, to engine.Day) ([]engine.DayDiscounts, error)
	// Repurchase tells how long customers take to come back: of the sales from
	// from to to, both included, what was known at the end of to. A zero from is
	// the first sale, a zero to today.
	Repurchase(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.Repurchase, error)
	// Cohorts tells who came back, by the month of the first purchase: of those
	// whose first was from the month of from to that of to, as of the end of the
	// latter. A zero from is the first sale, a zero to today.
	Cohorts(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.CohortReport, error)
	// Segments tells who the customers are today: how many are at risk or lost, and
	// where that begins.
	Segments(ctx context.Context, a engine.Actor) (engine.SegmentReport, error)
	// Control tells what the control group says of a campaign, or with the zero ID
	// of each that has or had one: of the customers whose first sale was on some
	// days, both included; a zero day is no bound.
	Control(ctx context.Context, a engine.Actor, campaign engine.ID, from, to engine.Day) ([]engine.Comparison, error)
	// Watch tells what was done by whom and at which till over some days, both
	// included, and what of it stands out, the most surprising first. A zero to is
	// today, a zero from as many days as the settings say: then what is new is
	// raised as alerts too. CodeWatchSpan above engine.MostWatchDays.
	Watch(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.WatchReport, error)
	// Alerts lists alerts, newest first: State (open, dismissed; empty is all). It
	// reads those that are asked for and nothing else, and is as cheap as a list of
	// a few rows: with State open and a small Limit it is for every frame of a desk
	// that the owner or a manager looks at (the others are refused: CodeForbidden).
	// report.Pen.Finding words each.
	Alerts(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Alert], error)
	// DismissAlert settles an alert for a reason: CodeAlertUnknown,
	// CodeAlertSettled, CodeAlertOwn (a manager's own), CodeReasonMissing.
	DismissAlert(ctx context.Context, a engine.Actor, id engine.ID, reason string) (engine.Alert, error)
	// RaiseAlerts looks at each store of the file that was not looked at within the
	// hour, and raises what is new. It is for workers.
	RaiseAlerts(ctx context.Context) error
	// TextFigures gives the figures of texts of some days, both included.
	TextFigures(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.TextFigures, error)
	// SyncDeliveries takes over what the carrier's log says of texts, some hundred
	// at a time; reading a log again changes nothing.
	SyncDeliveries(ctx context.Context, a engine.Actor, reports []engine.DeliveryReport) (engine.DeliveryOutcome, error)
	// ImportCustomers makes or completes customers in one transaction.
	ImportCustomers(ctx context.Context, a engine.Actor, rows []engine.ImportCustomer) ([]engine.ImportOutcome, error)
}

// Shop is all of it.
type Shop interface {
	Desk
	Till
	Lists
	Office
	People
	Keys
	Books
}
