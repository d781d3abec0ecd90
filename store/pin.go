package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"sync"

	"golang.org/x/crypto/argon2"

	"bounceback/engine"
)

// argon2id with what OWASP's Password Storage Cheat Sheet gives as least:
// 19 MiB, two passes, one lane.
const (
	pinMemory = 19 * 1024 // KiB
	pinPasses = 2
	pinSalt   = 16 // bytes
)

// pinHashing lets one PIN at a time take the memory.
var pinHashing sync.Mutex

// pin hashes a PIN. Without the key file's pepper, the few PINs there are could
// be tried out on a stolen database.
func (k *keyring) pin(pin string, salt []byte) []byte {
	h := hmac.New(sha256.New, k.pepper)
	_, _ = h.Write([]byte(pin)) // hashes do not fail
	pinHashing.Lock()
	defer pinHashing.Unlock()
	return argon2.IDKey(h.Sum(nil), salt, pinPasses, pinMemory, 1, sha256.Size)
}

// secret is a stored PIN; the zero value is none.
type secret struct{ hash, salt []byte }

func (s secret) is(other secret) bool {
	return hmac.Equal(s.hash, other.hash) && hmac.Equal(s.salt, other.salt)
}

// newPIN hashes a new PIN with a salt of its own; an empty one is none. It takes
// tens of milliseconds, so it is never called in a transaction.
func (d *DB) newPIN(pin string) (secret, error) {
	if err := engine.CheckPIN(pin); err != nil || pin == "" {
		return secret{}, err
	}
	salt := make([]byte, pinSalt)
	d.random(salt)
	return secret{hash: d.keys.pin(pin, salt), salt: salt}, nil
}
