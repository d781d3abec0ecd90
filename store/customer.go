package store

import (
	"reflect"
	"strings"

	"bounceback/engine"
)

const customerColumns = `
id, phone_sealed, coalesce(number, ''), name, consent, consent_at, visits, first_day, last_day, before_day, spent, created, forgotten,
group_names, tier, birth`

var (
	customerByID     = declare(`SELECT ` + customerColumns + ` FROM customer WHERE store_id = $1 AND id = $2`)
	customerByPhone  = declare(`SELECT ` + customerColumns + ` FROM customer WHERE store_id = $1 AND phone_hash = $2`)
	customerByNumber = declare(`SELECT ` + customerColumns + ` FROM customer WHERE store_id = $1 AND number = $2`)
	customerInsert   = declare(`
INSERT INTO customer (store_id, id, phone_hash, last4_hash, phone_sealed, number, name, consent, consent_at, group_names, tier, birth, created)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`)
	customerUpdate = declare(`
UPDATE customer SET phone_hash = $3, last4_hash = $4, phone_sealed = $5, number = $6, name = $7, consent = $8, consent_at = $9,
       group_names = $10, tier = $11, birth = $12
 WHERE store_id = $1 AND id = $2 AND forgotten = 0`)
	wordInsert = declare(`INSERT INTO customer_word (store_id, word, customer_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`)
	wordDelete = declare(`DELETE FROM customer_word WHERE store_id = $1 AND word = $2 AND customer_id = $3`)
)

// customer gives one customer; CodeCustomerUnknown. Its phone has the number
// alone.
func (t *tx) customer(storeID, id engine.ID) (engine.Customer, error) {
	c, found, err := t.customerWhere(customerByID, storeID, id)
	if err == nil && !found {
		err = engine.Refuse(engine.CodeCustomerUnknown)
	}
	return c, err
}

func (t *tx) customerWhere(s statement, args ...any) (c engine.Customer, found bool, err error) {
	err = t.rows(s, args, func(scan func(...any) error) error {
		found = true
		c, err = t.scanCustomer(scan)
		return err
	})
	return c, found, err
}

// scanCustomer reads a row of customerColumns.
func (t *tx) scanCustomer(scan func(...any) error) (engine.Customer, error) {
	var c engine.Customer
	var sealed []byte
	var groups string
	err := scan(&c.ID, &sealed, &c.Number, &c.Name, &c.Consent, &c.ConsentAt, &c.Visits, &c.FirstDay, &c.LastDay, &c.BeforeDay, &c.Spent,
		&c.Created, &c.Forgotten, &groups, &c.Tier, &c.Birth)
	c.Groups = splitList(groups)
	if err != nil || sealed == nil {
		return c, err
	}
	c.Phone.E164, err = t.d.keys.open("customer", "phone", c.ID, sealed)
	return c, err
}

// customerByRef finds the customer of a sale, or makes a new one: then isNew is
// true. What the reference knows and the customer lacks is added. Without a
// reference the customer is the zero one.
func (t *tx) customerByRef(a engine.Actor, ref engine.CustomerRef) (c engine.Customer, isNew bool, err error) {
	if ref.None() {
		return c, false, nil
	}
	if ref.ID.IsZero() {
		if err := checkRef(ref); err != nil {
			return c, false, err
		}
		c, err = t.findByRef(a.StoreID, ref)
	} else {
		c, err = t.customer(a.StoreID, ref.ID)
	}
	switch {
	case err != nil:
		return c, false, err
	case c.Forgotten != 0:
		return c, false, engine.Refuse(engine.CodeForgotten)
	case c.ID.IsZero():
		c, err = t.makeCustomer(a, ref)
		return c, true, err
	}
	c, err = t.completeCustomer(a, c, ref)
	return c, false, err
}

// checkRef tells what is wrong with what is known of a customer.
func checkRef(ref engine.CustomerRef) error {
	if ref.Phone != "" && !isE164(ref.Phone) {
		return engine.BadInput(engine.CodePhoneImpossible, "text", ref.Phone, "example", examplePhone)
	}
	if err := engine.CheckNumber(ref.Number); err != nil {
		return err
	}
	return engine.CheckName(ref.Name)
}

// examplePhone is what a number should look like.
const examplePhone = "+5511961234567"

// isE164 tells whether a text has the form +5511987654321.
func isE164(s string) bool {
	digits, ok := strings.CutPrefix(s, "+")
	return ok && len(digits) >= 7 && len(digits) <= 15 && digits[0] != '0' && strings.Trim(digits, "0123456789") == ""
}

// findByRef finds a customer by phone, and by number. The two must not be two
// people, nor one whose other mark is another.
func (t *tx) findByRef(storeID engine.ID, ref engine.CustomerRef) (engine.Customer, error) {
	var byPhone, byNumber engine.Customer
	var err error
	if ref.Phone != "" {
		if byPhone, _, err = t.customerWhere(customerByPhone, storeID, t.d.keys.phone(storeID, ref.Phone)); err != nil {
			return byPhone, err
		}
	}
	if ref.Number != "" {
		if byNumber, _, err = t.customerWhere(customerByNumber, storeID, ref.Number); err != nil {
			return byNumber, err
		}
	}
	switch {
	case byPhone.ID == byNumber.ID, byNumber.ID.IsZero() && (ref.Number == "" || byPhone.Number == ""):
		return byPhone, nil
	case byPhone.ID.IsZero() && (ref.Phone == "" || byNumber.Phone.E164 == ""):
		return byNumber, nil
	case byPhone.ID.IsZero():
		return byNumber, engine.Refuse(engine.CodeNumberTaken)
	}
	return byPhone, engine.Refuse(engine.CodePhoneTaken)
}

func (t *tx) makeCustomer(a engine.Actor, ref engine.CustomerRef) (engine.Customer, error) {
	c := engine.Customer{
		ID: t.newID(), Phone: engine.Phone{E164: ref.Phone}, Number: ref.Number, Name: tidyName(ref.Name),
		Consent: engine.ConsentUnknown, Created: t.now,
	}
	if err := t.verified(a, ref.Phone, ref.Verify); err != nil {
		return c, err
	}
	if answered(ref.Consent) {
		c.Consent, c.ConsentAt = ref.Consent, t.now
	}
	args, err := t.customerValues(a.StoreID, c)
	if err != nil {
		return c, err
	}
	if _, err := t.exec(customerInsert, append(args, c.Created)...); err != nil {
		return c, err
	}
	if err := t.changeWords(a.StoreID, c.ID, "", c.Name); err != nil {
		return c, err
	}
	return c, t.keepAnswer(a, engine.Customer{Consent: engine.ConsentUnknown}, c, ref.Wording)
}

func tidyName(name string) string { return strings.Join(strings.Fields(name), " ") }

// completeCustomer adds what the reference knows and the customer lacks, and
// records a new answer about texts.
func (t *tx) completeCustomer(a engine.Actor, c engine.Customer, ref engine.CustomerRef) (engine.Customer, error) {
	was := c
	if c.Phone.E164 == "" && ref.Phone != "" {
		if err := t.verified(a, ref.Phone, ref.Verify); err != nil {
			return c, err
		}
		c.Phone = engine.Phone{E164: ref.Phone}
	}
	if c.Number == "" {
		c.Number = ref.Number
	}
	if c.Name == "" {
		c.Name = tidyName(ref.Name)
	}
	if answered(ref.Consent) {
		if err := t.answer(a.StoreID, &c, ref.Consent); err != nil {
			return c, err
		}
	}
	if reflect.DeepEqual(c, was) {
		return c, nil
	}
	return c, t.saveCustomer(a, was, c, ref.Wording)
}

// saveCustomer writes a changed customer with the words of the name and what is
// new of the answer about texts.
func (t *tx) saveCustomer(a engine.Actor, was, c engine.Customer, wording string) error {
	args, err := t.customerValues(a.StoreID, c)
	if err != nil {
		return err
	}
	if _, err := t.exec(customerUpdate, args...); err != nil {
		return err
	}
	if err := t.changeWords(a.StoreID, c.ID, was.Name, c.Name); err != nil {
		return err
	}
	return t.keepAnswer(a, was, c, wording)
}

// customerValues are the values of $1 to $12 of customerInsert and
// customerUpdate.
func (t *tx) customerValues(storeID engine.ID, c engine.Customer) ([]any, error) {
	args := []any{
		storeID, c.ID, nil, nil, nil, nullable(c.Number), c.Name, c.Consent, c.ConsentAt, joinList(c.Groups), c.Tier, c.Birth,
	}
	if phone := c.Phone.E164; phone != "" {
		sealed, err := t.d.keys.seal("customer", "phone", c.ID, phone)
		if err != nil {
			return nil, err
		}
		args[2], args[3], args[4] = t.d.keys.phone(storeID, phone), t.d.keys.last4(storeID, phone[len(phone)-4:]), sealed
	}
	return args, nil
}

// changeWords keeps the words a name is found by.
func (t *tx) changeWords(storeID, id engine.ID, was, name string) error {
	if was == name {
		return nil
	}
	for _, w := range engine.FoldWords(was) {
		if _, err := t.exec(wordDelete, storeID, w, id); err != nil {
			return err
		}
	}
	for _, w := range engine.FoldWords(name) {
		if _, err := t.exec(wordInsert, storeID, w, id); err != nil {
			return err
		}
	}
	return nil
}
