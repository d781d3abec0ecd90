package store

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"sync"

	"bounceback/engine"
)

// masterSize is the length of the key in the key file, in bytes.
const masterSize = 32

// keyring holds a sub-key for each use of the one key in the key file. It may
// be used by several goroutines.
type keyring struct {
	phones, last4s, codes mac // blind indexes
	verifies              mac // codes that prove a phone
	log, heads            mac // the audit log's chain and its end
	checks                mac // tells this key from another
	seals                 cipher.AEAD
	pepper                []byte // of PINs
}

// newKeyring derives the sub-keys from the master key.
func newKeyring(master []byte) (*keyring, error) {
	k := &keyring{}
	for name, m := range map[string]*mac{
		"index phone": &k.phones, "index last4": &k.last4s, "index code": &k.codes, "verification": &k.verifies,
		"audit": &k.log, "audit head": &k.heads, "check": &k.checks,
	} {
		key, err := subKey(master, name)
		if err != nil {
			return nil, err
		}
		m.key = key
	}
	var err error
	if k.pepper, err = subKey(master, "pin"); err != nil {
		return nil, err
	}
	seal, err := subKey(master, "seal")
	if err != nil {
		return nil, err
	}
	k.seals, err = newSeal(seal)
	return k, err
}

func subKey(master []byte, use string) ([]byte, error) {
	return hkdf.Key(sha256.New, master, nil, "bounceback 1 "+use, sha256.Size)
}

// mac is HMAC-SHA256 under one key. Its states are kept, since making one costs
// more than using it.
type mac struct {
	key  []byte
	pool sync.Pool
}

func (m *mac) sum(write func(h hash.Hash)) []byte {
	h, ok := m.pool.Get().(hash.Hash)
	if !ok {
		h = hmac.New(sha256.New, m.key)
	}
	h.Reset()
	write(h)
	out := h.Sum(make([]byte, 0, sha256.Size))
	m.pool.Put(h)
	return out
}

// blind is the index value of a text in a store. Ids have a fixed length, so
// that store and text cannot run into each other.
func (m *mac) blind(store engine.ID, text string) []byte {
	return m.sum(func(h hash.Hash) {
		_, _ = h.Write(store[:]) // hashes do not fail
		_, _ = h.Write([]byte(text))
	})
}

// phone is the blind index of a whole number in E.164.
func (k *keyring) phone(store engine.ID, e164 string) []byte { return k.phones.blind(store, e164) }

// last4 is the blind index of a number's last four digits.
func (k *keyring) last4(store engine.ID, digits string) []byte { return k.last4s.blind(store, digits) }

// code is the blind index of a coupon code without its dash.
func (k *keyring) code(store engine.ID, code string) []byte { return k.codes.blind(store, code) }

// verify is the blind index of a code that was texted to a phone.
func (k *keyring) verify(store engine.ID, e164, code string) []byte {
	return k.verifies.blind(store, e164+" "+code)
}

// audit is the hash of a log entry: prev is that of the entry before, fields
// are the entry's own, each written with its length, so that no two entries
// are written alike.
func (k *keyring) audit(prev []byte, fields ...[]byte) []byte { return k.log.chain(prev, fields) }

// head is the seal on the log's last entry.
func (k *keyring) head(fields ...[]byte) []byte { return k.heads.chain(nil, fields) }

// check is what the file keeps to tell its key from another.
func (k *keyring) check() []byte { return k.checks.blind(engine.ID{}, "bounceback") }

func (m *mac) chain(prev []byte, fields [][]byte) []byte {
	return m.sum(func(h hash.Hash) {
		writeField(h, prev)
		for _, f := range fields {
			writeField(h, f)
		}
	})
}

func writeField(h hash.Hash, field []byte) {
	n := len(field)
	_, _ = h.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}) //nolint:gosec // cut on purpose: a length in four bytes
	_, _ = h.Write(field)
}
