package store

import (
	"crypto/aes"
	"crypto/cipher"

	"bounceback/engine"
)

// CodeSealBroken says that a sealed value was changed, or moved from another
// row, or that it was sealed with another key.
const CodeSealBroken engine.Code = "seal_broken"

// newSeal makes AES-256-GCM, which puts a random nonce before what it seals.
func newSeal(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// place is the associated data of a value: where it stands. A value moved to
// another column or row does not open there.
func place(table, column string, row engine.ID) []byte {
	out := make([]byte, 0, len(table)+len(column)+len(row)+2)
	out = append(append(out, table...), 0)
	out = append(append(out, column...), 0)
	return append(out, row[:]...)
}

// seal encrypts a text for one column of one row.
func (k *keyring) seal(table, column string, row engine.ID, plain string) ([]byte, error) {
	return k.seals.Seal(nil, nil, []byte(plain), place(table, column, row)), nil
}

// open decrypts a text that was sealed for the same column of the same row.
func (k *keyring) open(table, column string, row engine.ID, sealed []byte) (string, error) {
	plain, err := k.seals.Open(nil, nil, sealed, place(table, column, row))
	if err != nil {
		return "", engine.Broken(CodeSealBroken, err, "table", table, "column", column, "id", row)
	}
	return string(plain), nil
}
