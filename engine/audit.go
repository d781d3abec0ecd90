package engine

// AuditEntry is one line of the audit log.
type AuditEntry struct {
	Seq      int64
	At       Instant
	StaffID  ID
	Staff    string
	Register string
	Origin   Origin
	Action   string // sale.record, sale.void, coupon.void, campaign.pause …
	Subject  string // kind of what it is about: sale, coupon, campaign, staff, customer, setting, store
	ID       ID     // of what it is about
	Detail   string // facts as "name=value" separated by "; ", without phones or codes
	Reason   string
}

// AuditReport is what verifying the audit log found.
type AuditReport struct {
	Entries int64
	Broken  int64  // sequence number of the first entry that does not fit; 0 if all do
	Why     string // changed, missing, head
}

// Codes of the audit log and of the check command.
const (
	CodeAuditBroken Code = "audit_broken" // with seq
	CodeCheckFailed Code = "check_failed" // with n, what
)

// Finding is one thing the check command found wrong.
type Finding struct {
	What   string // integrity, summary, orphan, foreign_key, audit
	Detail string
}
