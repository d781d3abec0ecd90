package engine

import (
	"crypto/sha256"
	"encoding/base64"
	"unicode/utf8"
)

// Codes of keys.
const (
	CodeKeyUnknown  Code = "key_unknown"  // nobody's key
	CodeKeyInactive Code = "key_inactive" // with name: its holder does not work here any more
	CodeKeyTaken    Code = "key_taken"    // with name: whose it is
	CodeKeyOthers   Code = "key_others"   // another store of the file has it
	CodeKeyComment  Code = "key_comment"  // with most
)

// MaxKeyComment is how many characters the note of a key may have.
const MaxKeyComment = 200

// StaffKey is a public key by which a member of staff comes in over SSH.
type StaffKey struct {
	ID          ID
	StaffID     ID
	Staff       string
	Role        Role
	Active      bool   // its holder works here
	Kind        string // as ssh-ed25519
	Fingerprint string // see KeyFingerprint
	Comment     string // as the key file has it, or the shop's own note
	Register    string // the till it works at unless another is named; empty: the store's first
	Created     Instant
	LastUsed    Instant // 0: never
}

// NewStaffKey is a key to be given to a member of staff. Public is the key as
// it goes over the wire (RFC 4253, section 6.6). A Register that is not there
// is made.
type NewStaffKey struct {
	StaffID  ID
	Kind     string
	Public   []byte
	Comment  string
	Register string
}

// KeyHolder is who a key belongs to, and where.
type KeyHolder struct {
	Store Store
	Staff Staff
	Key   StaffKey
}

// Check tells what is wrong with a key, or nil. Whether its bytes are a key is
// for whoever read them.
func (k NewStaffKey) Check() error {
	if utf8.RuneCountInString(k.Comment) > MaxKeyComment || !CleanText(k.Comment) || !utf8.ValidString(k.Comment) {
		return BadInput(CodeKeyComment, "most", MaxKeyComment)
	}
	return nil
}

// KeyFingerprint is what people compare keys by: "SHA256:" and the SHA-256 of
// the key as it goes over the wire, in base64 without padding, as OpenSSH shows
// it (ssh-keygen -l). Of no bytes it is
// SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU.
func KeyFingerprint(public []byte) string {
	sum := sha256.Sum256(public)
	return "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:])
}
