package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"reflect"

	"bounceback/engine"
)

// importWording stands for the question in the record of an answer about texts
// that a file brought.
const importWording = "import"

// ImportCustomers makes or completes customers in one transaction: an outcome
// is Added if the row brought anything new. A file never turns a no about texts
// into a yes, nor takes a number off the list of those that get none.
func (d *DB) ImportCustomers(ctx context.Context, a engine.Actor, rows []engine.ImportCustomer) ([]engine.ImportOutcome, error) {
	if err := a.Need(engine.MayImport); err != nil {
		return nil, err
	}
	a.Origin = engine.FromImport
	var out []engine.ImportOutcome
	err := d.write(ctx, func(t *tx) error {
		out = make([]engine.ImportOutcome, 0, len(rows))
		added, keys := int64(0), sha256.New()
		for _, row := range rows {
			o := engine.ImportOutcome{Line: row.Line}
			var id engine.ID
			if id, o.Added, o.Err = t.importCustomer(a, row); o.Err != nil && engine.ClassOf(o.Err) == engine.Fault {
				return o.Err
			}
			if o.Added {
				added++
				_, _ = keys.Write(id[:]) // hashes do not fail
			}
			out = append(out, o)
		}
		if added == 0 {
			return nil
		}
		detail := facts("added", added, "keys", hex.EncodeToString(keys.Sum(nil)))
		return t.audit(a, "import.customers", "customer", t.newID(), detail, "")
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (t *tx) importCustomer(a engine.Actor, row engine.ImportCustomer) (engine.ID, bool, error) {
	ref := engine.CustomerRef{
		Number: row.Number, Phone: row.Phone, Name: row.Name, Consent: row.Consent, Wording: importWording,
	}
	if ref.None() {
		return engine.ID{}, false, engine.BadInput(engine.CodeCustomerUnknown)
	}
	row.Groups, row.Tier = engine.TidyGroups(row.Groups), tidyName(row.Tier)
	if err := firstError(checkRef(ref), engine.CheckTraits(row.Groups, row.Tier, row.Birth)); err != nil {
		return engine.ID{}, false, err
	}
	was, err := t.findByRef(a.StoreID, ref)
	if err != nil {
		return engine.ID{}, false, err
	}
	if ref.Consent, err = t.importedConsent(a, was, row); err != nil {
		return engine.ID{}, false, err
	}
	c, _, err := t.customerByRef(a, ref)
	if err == nil {
		c, err = t.importTraits(a, c, row)
	}
	return c.ID, err == nil && !reflect.DeepEqual(c, was), err
}

// importedConsent is what a file's answer about texts comes to: a yes gives way
// to what the customer said in person, and for a number that is on the list of
// those that get none it is a no.
func (t *tx) importedConsent(a engine.Actor, was engine.Customer, row engine.ImportCustomer) (engine.Consent, error) {
	switch {
	case row.Consent != engine.ConsentYes:
		return row.Consent, nil
	case answered(was.Consent):
		return engine.ConsentUnknown, nil
	}
	by, err := t.suppressed(a.StoreID, cmp.Or(was.Phone.E164, row.Phone))
	if err != nil || by == "" {
		return row.Consent, err
	}
	return engine.ConsentNo, nil
}

// importTraits takes over what the row says of groups, tier and birth; what it
// leaves out stays.
func (t *tx) importTraits(a engine.Actor, c engine.Customer, row engine.ImportCustomer) (engine.Customer, error) {
	was := c
	if len(row.Groups) > 0 {
		c.Groups = row.Groups
	}
	if row.Tier != "" {
		c.Tier = row.Tier
	}
	if row.Birth != 0 {
		c.Birth = row.Birth
	}
	if reflect.DeepEqual(c, was) {
		return c, nil
	}
	return c, t.saveCustomer(a, was, c, "")
}
