package store

import (
	"context"
	"crypto/hmac"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// A code that proves a phone has verifySymbols characters of the coupon codes'
// alphabet and is good for verifyTime and verifyTries. A phone is texted one
// again after verifyPause, and a store texts at most verifyHourly an hour,
// since each costs money and somebody gets it.
const (
	verifySymbols = 4
	verifyTime    = 10 * 60 * 1000 // ms
	verifyPause   = 60 * 1000      // ms
	verifyHour    = 60 * 60 * 1000 // ms
	verifyHourly  = 60
	verifyTries   = 5
)

// CodeVerifySoon says that a code was texted just now, or too many within the
// hour; with until.
const CodeVerifySoon engine.Code = "verify_soon"

var (
	verificationOf     = declare(`SELECT code_hash, expires, tries FROM verification WHERE store_id = $1 AND phone_hash = $2`)
	verificationInsert = declare(`
INSERT INTO verification (store_id, phone_hash, code_hash, expires) VALUES ($1, $2, $3, $4)
ON CONFLICT (store_id, phone_hash) DO UPDATE SET code_hash = excluded.code_hash, expires = excluded.expires, tries = 0`)
	verificationTried  = declare(`UPDATE verification SET tries = tries + 1 WHERE store_id = $1 AND phone_hash = $2`)
	verificationDelete = declare(`DELETE FROM verification WHERE store_id = $1 AND phone_hash = $2`)
	verificationOld    = declare(`DELETE FROM verification WHERE store_id = $1 AND expires <= $2`)
	verifyTexts        = declare(`SELECT count(*) FROM message WHERE store_id = $1 AND id >= $2 AND kind = 'verify'`)
)

// StartVerification texts a code of four characters to a phone.
func (d *DB) StartVerification(ctx context.Context, a engine.Actor, phone string) error {
	if err := a.Need(engine.MaySell); err != nil {
		return err
	}
	if err := checkRef(engine.CustomerRef{Phone: phone}); err != nil || phone == "" {
		return firstError(err, engine.BadInput(engine.CodePhoneImpossible, "text", phone, "example", examplePhone))
	}
	return d.write(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		if err := t.verifyPace(a.StoreID, phone); err != nil {
			return err
		}
		return t.textVerification(a, st, phone)
	})
}

// verifyPace refuses codes in quick succession.
func (t *tx) verifyPace(storeID engine.ID, phone string) error {
	var expires engine.Instant
	found, err := t.row(verificationOf, []any{storeID, t.d.keys.phone(storeID, phone)}, new([]byte), &expires, new(int))
	if err != nil {
		return err
	}
	if next := expires - verifyTime + verifyPause; found && t.now < next && next-t.now <= verifyPause {
		return engine.Refuse(CodeVerifySoon, "until", next)
	}
	var sent int
	from := engine.FirstID(t.now - verifyHour)
	if _, err := t.row(verifyTexts, []any{storeID, from}, &sent); err != nil {
		return err
	}
	if sent >= verifyHourly {
		return engine.Refuse(CodeVerifySoon, "until", t.now+verifyHour)
	}
	return nil
}

func (t *tx) textVerification(a engine.Actor, st engine.Store, phone string) error {
	code := t.newVerifyCode()
	if _, err := t.exec(verificationOld, a.StoreID, t.now); err != nil {
		return err
	}
	_, err := t.exec(verificationInsert, a.StoreID, t.d.keys.phone(a.StoreID, phone), t.d.keys.verify(a.StoreID, phone, code), t.now+verifyTime)
	if err != nil {
		return err
	}
	id, err := t.queueText(a.StoreID, delivery.KindVerify, phone, delivery.VerifyText(st, code))
	if err != nil {
		return err
	}
	return t.audit(a, "customer.verify", "message", id, "", "")
}

func (t *tx) newVerifyCode() string {
	var random [verifySymbols]byte
	t.d.random(random[:])
	for i, b := range random {
		random[i] = engine.Alphabet[b&31]
	}
	return string(random[:])
}

// CheckVerification tells whether a code is the one texted to a phone. A wrong
// one is counted; the right one is used up only by the sale.
func (d *DB) CheckVerification(ctx context.Context, a engine.Actor, phone, code string) error {
	if err := a.Need(engine.MaySell); err != nil {
		return err
	}
	return d.write(ctx, func(t *tx) error {
		good, err := t.verifies(a.StoreID, phone, code)
		if err == nil && !good {
			err = engine.Refuse(engine.CodeVerifyWrong)
		}
		return err
	})
}

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
// good. A wrong one counts as a try whatever becomes of the transaction.
func (t *tx) verifies(storeID engine.ID, phone, code string) (bool, error) {
	var hash []byte
	var expires engine.Instant
	var tries int
	key := t.d.keys.phone(storeID, phone)
	found, err := t.row(verificationOf, []any{storeID, key}, &hash, &expires, &tries)
	if err != nil || !found || t.now >= expires || tries >= verifyTries || code == "" {
		return false, err
	}
	if hmac.Equal(hash, t.d.keys.verify(storeID, phone, foldVerify(code))) {
		return true, nil
	}
	t.penalty = func(t *tx) error {
		_, err := t.exec(verificationTried, storeID, key)
		return err
	}
	return false, nil
}

// foldVerify folds a typed code as coupon codes are folded.
func foldVerify(code string) string {
	folded, _ := engine.FoldCode(code) // it has fewer symbols than a coupon's
	return folded
}
