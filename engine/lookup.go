package engine

// Wrong codes: those without a slip of the fingers that no coupon has. A few
// happen, as with another shop's coupon; many are somebody trying codes out. A
// mistyped code is refused by its check symbol and never counts.

// LookupScope is who or what has looked up too many wrong codes.
type LookupScope string

// The scopes.
const (
	LookupTill  LookupScope = "till"
	LookupStaff LookupScope = "staff"
	LookupStore LookupScope = "store"
)

// LookupLimit bounds the wrong codes of a scope.
type LookupLimit struct {
	Scope   LookupScope
	Most    int64 // 0: any number
	Minutes int64 // within which they count
}

// LookupLimits are the limits of a store, the narrowest first.
func LookupLimits(s Settings) []LookupLimit {
	return []LookupLimit{
		{LookupTill, s.Count(SetMissesTill), 10},
		{LookupStaff, s.Count(SetMissesStaff), 60},
		{LookupStore, s.Count(SetMissesStore), 60},
	}
}

// Span is how long a wrong code counts, in milliseconds.
func (l LookupLimit) Span() Instant { return Instant(l.Minutes * 60_000) }

// The codes of a look-up that is refused until a moment because of too many
// wrong codes, with until, most, minutes and who; everything but looking up
// codes goes on.
const (
	CodeLookupTill  Code = "lookup_locked_till"
	CodeLookupStaff Code = "lookup_locked_staff"
	CodeLookupStore Code = "lookup_locked_store"
)

var lookupCodes = map[LookupScope]Code{LookupTill: CodeLookupTill, LookupStaff: CodeLookupStaff, LookupStore: CodeLookupStore}

// Locked is the refusal until a moment.
func (l LookupLimit) Locked(a Actor, until Instant) *Error {
	return Refuse(lookupCodes[l.Scope], "until", until, "most", l.Most, "minutes", l.Minutes, "till", a.Register, "staff", a.Staff)
}

// LookupLocked tells whether an error is such a refusal.
func LookupLocked(err error) bool {
	switch CodeOf(err) {
	case CodeLookupTill, CodeLookupStaff, CodeLookupStore:
		return true
	}
	return false
}
