package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"bounceback/engine"
)

var (
	consentInsert = declare(`
INSERT INTO consent (store_id, customer_id, id, at, answer, wording, channel, staff_id, register_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	consentsOf = declare(`
SELECT k.at, k.answer, k.channel, coalesce(s.name, ''), coalesce(r.name, ''), k.wording
  FROM consent k
  LEFT JOIN staff s ON s.store_id = k.store_id AND s.id = k.staff_id
  LEFT JOIN register r ON r.store_id = k.store_id AND r.id = k.register_id
 WHERE k.store_id = $1 AND k.customer_id = $2 ORDER BY k.id DESC LIMIT $3`)
)

// answered tells whether a person gave an answer about texts.
func answered(c engine.Consent) bool { return c == engine.ConsentYes || c == engine.ConsentNo }

// answer sets what a customer says about texts, if that is news: another answer
// than before, or a yes for a number that somebody said no for.
func (t *tx) answer(storeID engine.ID, c *engine.Customer, says engine.Consent) error {
	news := says != c.Consent
	if !news && says == engine.ConsentYes {
		by, err := t.suppressed(storeID, c.Phone.E164)
		if err != nil {
			return err
		}
		news = by != "" && by != engine.FromCarrier
	}
	if news {
		c.Consent, c.ConsentAt = says, t.now
	}
	return nil
}

// said tells whether a customer gave an answer between two states.
func said(was, now engine.Customer) bool {
	return was.Consent != now.Consent || was.ConsentAt != now.ConsentAt
}

// keepAnswer records what is new of a customer's answer about texts, and of the
// number it is for: a no puts the number on the list of those that get none, a
// yes takes it off (a file's yes is kept only for numbers that are not on it).
// What was said for a new number before comes first.
// Any answer but a yes takes queued texts back.
func (t *tx) keepAnswer(a engine.Actor, was, c engine.Customer, wording string) error {
	if phone := c.Phone.E164; phone != "" && phone != was.Phone.E164 {
		if err := t.hear(a.StoreID, c); err != nil {
			return err
		}
	}
	spoke := said(was, c)
	if spoke {
		if err := t.recordConsent(a, c.ID, c.Consent, wording); err != nil {
			return err
		}
	}
	if spoke || was.Phone != c.Phone {
		if err := t.list(a, c, spoke); err != nil {
			return err
		}
	}
	if !spoke || c.Consent == engine.ConsentYes {
		return nil
	}
	return t.cancelAllMessages(a.StoreID, c.ID, reasonOptedOut)
}

// list keeps the list of numbers in step with a customer's answer.
func (t *tx) list(a engine.Actor, c engine.Customer, spoke bool) error {
	phone := c.Phone.E164
	switch {
	case phone == "":
		return nil
	case c.Consent == engine.ConsentNo:
		_, err := t.suppress(a, phone)
		return err
	case spoke && c.Consent == engine.ConsentYes:
		_, err := t.unsuppress(a.StoreID, phone)
		return err
	}
	return nil
}

// recordConsent keeps who was asked what, where, by whom, and the answer.
func (t *tx) recordConsent(a engine.Actor, id engine.ID, answer engine.Consent, wording string) error {
	_, err := t.exec(consentInsert, a.StoreID, id, t.newID(), t.now, answer, wording, a.Origin, a.StaffID[:], a.RegisterID[:])
	return err
}

// consents gives the answers of a customer, newest first, at most
// engine.MaxConsents.
func (t *tx) consents(storeID, customer engine.ID) ([]engine.ConsentRecord, error) {
	var out []engine.ConsentRecord
	err := t.rows(consentsOf, []any{storeID, customer, engine.MaxConsents}, func(scan func(...any) error) error {
		var r engine.ConsentRecord
		err := scan(&r.At, &r.Answer, &r.Channel, &r.Staff, &r.Register, &r.Wording)
		r.Version = wordingVersion(r.Wording)
		out = append(out, r)
		return err
	})
	return out, err
}

// wordingVersion tells one wording of the question from another: the first
// eight hexadecimal digits of its SHA-256. No wording has none.
func wordingVersion(wording string) string {
	if wording == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(wording))
	return hex.EncodeToString(sum[:4])
}

// StopTexts records that a number wants no texts, whether it is a customer's or
// not, and takes back what is queued for it. It gives the customer, or the zero
// one. Saying it again changes nothing.
func (d *DB) StopTexts(ctx context.Context, a engine.Actor, phone string) (engine.Customer, error) {
	if err := a.Need(engine.MaySell); err != nil {
		return engine.Customer{}, err
	}
	if err := checkRef(engine.CustomerRef{Phone: phone}); err != nil || phone == "" {
		return engine.Customer{}, firstError(err, engine.BadInput(engine.CodePhoneImpossible, "text", phone, "example", examplePhone))
	}
	var c engine.Customer
	err := d.write(ctx, func(t *tx) (err error) {
		c, err = t.stopTexts(a, phone)
		return err
	})
	if err != nil {
		return engine.Customer{}, err
	}
	knowPhone(&c)
	return c, nil
}

func (t *tx) stopTexts(a engine.Actor, phone string) (engine.Customer, error) {
	if _, err := t.store(a.StoreID); err != nil {
		return engine.Customer{}, err
	}
	added, err := t.suppress(a, phone)
	if err != nil {
		return engine.Customer{}, err
	}
	was, found, err := t.customerWhere(customerByPhone, a.StoreID, t.d.keys.phone(a.StoreID, phone))
	if err != nil {
		return was, err
	}
	c := was
	if found && c.Consent != engine.ConsentNo {
		c.Consent, c.ConsentAt = engine.ConsentNo, t.now
		if err := t.saveCustomer(a, was, c, ""); err != nil {
			return c, err
		}
		added = true
	}
	if !added {
		return c, nil
	}
	return c, t.audit(a, "customer.stop_texts", "customer", c.ID, "", "")
}
