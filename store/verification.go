package store

import (
	"crypto/hmac"

	"bounceback/engine"
)

// A code that proves a phone is verifySymbols characters of the coupon codes'
// alphabet, good for verifyTime and verifyTries.
const (
	verifySymbols = 4
	verifyTime    = 10 * 60 * 1000 // ms
	verifyTries   = 5
)

var (
	verificationOf     = declare(`SELECT code_hash, expires, tries FROM verification WHERE store_id = $1 AND phone_hash = $2`)
	verificationDelete = declare(`DELETE FROM verification WHERE store_id = $1 AND phone_hash = $2`)
)

// verified refuses a new phone whose code was not typed back, where the store
// asks for that. The code is used up. Imports bring phones of the past.
func (t *tx) verified(a engine.Actor, phone, code string) error {
	if phone == "" || a.Origin == engine.FromImport || a.Origin == engine.FromDemo {
		return nil
	}
	st, err := t.store(a.StoreID)
	if err != nil || !st.Settings.Flag(engine.SetVerifyPhone) {
		return err
	}
	good, err := t.verifies(a.StoreID, phone, code)
	if err != nil {
		return err
	}
	if !good {
		return engine.Refuse(engine.CodeCannotVerify)
	}
	_, err = t.exec(verificationDelete, a.StoreID, t.d.keys.phone(a.StoreID, phone))
	return err
}

// verifies tells whether code is the one that was texted to phone and is still
// good.
func (t *tx) verifies(storeID engine.ID, phone, code string) (bool, error) {
	var hash []byte
	var expires engine.Instant
	var tries int
	found, err := t.row(verificationOf, []any{storeID, t.d.keys.phone(storeID, phone)}, &hash, &expires, &tries)
	if err != nil || !found || t.now >= expires || tries >= verifyTries {
		return false, err
	}
	return hmac.Equal(hash, t.d.keys.verify(storeID, phone, foldVerify(code))), nil
}

// foldVerify folds a typed code as coupon codes are folded.
func foldVerify(code string) string {
	folded, _ := engine.FoldCode(code) // it has fewer symbols than a coupon's
	return folded
}
