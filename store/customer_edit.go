package store

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"bounceback/engine"
)

// CodeBadConsent says that a text is no answer about texts; with text.
const CodeBadConsent engine.Code = "bad_consent"

var (
	customerForget = declare(`
UPDATE customer SET phone_hash = NULL, last4_hash = NULL, phone_sealed = NULL, number = NULL, name = '', consent = 'no',
       consent_at = $3, forgotten = $3, group_names = '', tier = '', birth = 0
 WHERE store_id = $1 AND id = $2 AND forgotten = 0
RETURNING id`)
	// What is deleted is overwritten, so that an erased name is not left lying
	// in the file.
	secureDeleteOn  = declare(`PRAGMA secure_delete = 1`)
	secureDeleteOff = declare(`PRAGMA secure_delete = 0`)
)

// Customer gives one customer with the open coupons and the use of offers that
// customers can use so often only.
func (d *DB) Customer(ctx context.Context, a engine.Actor, id engine.ID) (engine.CustomerView, error) {
	if err := a.Need(engine.MaySell); err != nil {
		return engine.CustomerView{}, err
	}
	var v engine.CustomerView
	err := d.read(ctx, func(t *tx) (err error) {
		if v.Customer, err = t.customer(a.StoreID, id); err != nil {
			return err
		}
		if v.Coupons, err = t.openCoupons(a.StoreID, id); err != nil {
			return err
		}
		if v.Consents, err = t.consents(a.StoreID, id); err != nil {
			return err
		}
		if v.Suppressed, err = t.suppressed(a.StoreID, v.Customer.Phone.E164); err != nil {
			return err
		}
		v.Usage, err = t.customerUsage(a.StoreID, id)
		return err
	})
	if err != nil {
		return engine.CustomerView{}, err
	}
	knowPhone(&v.Customer)
	return v, nil
}

// customerUsage reads how often a customer used the offers that limit it.
func (t *tx) customerUsage(storeID, id engine.ID) (map[engine.ID]engine.Usage, error) {
	st, err := t.store(storeID)
	if err != nil {
		return nil, err
	}
	campaigns, err := t.activeCampaigns(storeID)
	if err != nil {
		return nil, err
	}
	out := map[engine.ID]engine.Usage{}
	for _, c := range campaigns {
		o := c.Offer()
		if o.Limits.PerCustomer == 0 && o.Limits.PerDay == 0 {
			continue
		}
		u, err := t.usageOf(storeID, o, id, st.Today(t.now))
		if err != nil {
			return nil, err
		}
		out[c.ID] = engine.Usage{Customer: u.Customer, CustomerToday: u.CustomerToday}
	}
	return out, nil
}

// EditCustomer changes a customer. Whoever sells may change the answer about
// texts; the rest needs the permission to edit customers.
func (d *DB) EditCustomer(ctx context.Context, a engine.Actor, e engine.CustomerEdit) (engine.Customer, error) {
	need := engine.MaySell
	if e.Name != nil || e.Number != nil || e.Phone != nil || e.Groups != nil || e.Tier != nil || e.Birth != nil {
		need = engine.MayEditCustomers
	}
	if err := firstError(a.Need(need), checkEdit(&e)); err != nil {
		return engine.Customer{}, err
	}
	var c engine.Customer
	err := d.write(ctx, func(t *tx) (err error) {
		was, err := t.customer(a.StoreID, e.ID)
		if err != nil {
			return err
		}
		if was.Forgotten != 0 {
			return engine.Refuse(engine.CodeForgotten)
		}
		c, err = t.editCustomer(a, was, e)
		return err
	})
	if err != nil {
		return engine.Customer{}, err
	}
	knowPhone(&c)
	return c, nil
}

// checkEdit tidies an edit and tells what is wrong with it.
func checkEdit(e *engine.CustomerEdit) error {
	ref := engine.CustomerRef{}
	if e.Name != nil {
		ref.Name = tidyName(*e.Name)
		e.Name = &ref.Name
	}
	if e.Number != nil {
		ref.Number = strings.TrimSpace(*e.Number)
		e.Number = &ref.Number
	}
	if e.Phone != nil {
		ref.Phone = *e.Phone
	}
	if err := checkTraits(e); err != nil {
		return err
	}
	if c := e.Consent; c != nil && !answered(*c) && *c != engine.ConsentUnknown {
		return engine.BadInput(CodeBadConsent, "text", string(*c))
	}
	return checkRef(ref)
}

// checkTraits tidies what offers may ask of the customer and tells what is
// wrong with it.
func checkTraits(e *engine.CustomerEdit) error {
	var groups []string
	var tier string
	var birth int
	if e.Groups != nil {
		groups = engine.TidyGroups(*e.Groups)
		e.Groups = &groups
	}
	if e.Tier != nil {
		tier = tidyName(*e.Tier)
		e.Tier = &tier
	}
	if e.Birth != nil {
		birth = *e.Birth
	}
	return engine.CheckTraits(groups, tier, birth)
}

func (t *tx) editCustomer(a engine.Actor, was engine.Customer, e engine.CustomerEdit) (engine.Customer, error) {
	c := was
	if e.Name != nil {
		c.Name = *e.Name
	}
	if e.Number != nil {
		c.Number = *e.Number
	}
	if e.Phone != nil {
		c.Phone = engine.Phone{E164: *e.Phone}
	}
	if e.Groups != nil {
		c.Groups = *e.Groups
	}
	if e.Tier != nil {
		c.Tier = *e.Tier
	}
	if e.Birth != nil {
		c.Birth = *e.Birth
	}
	if e.Consent != nil {
		if err := t.answer(a.StoreID, &c, *e.Consent); err != nil {
			return c, err
		}
	}
	if reflect.DeepEqual(c, was) {
		return c, nil
	}
	if err := t.saveCustomer(a, was, c, e.Wording); err != nil {
		return c, err
	}
	if c.Phone != was.Phone {
		if err := t.readdress(a.StoreID, c.ID, c.Phone.E164); err != nil {
			return c, err
		}
	}
	return c, t.audit(a, "customer.edit", "customer", c.ID, customerFacts(was, c), "")
}

// customerFacts tells what of a customer was changed. The log cannot be erased,
// so it does not say to what.
func customerFacts(was, now engine.Customer) string {
	var pairs []any
	for _, f := range []struct {
		name    string
		changed bool
	}{
		{"name", was.Name != now.Name},
		{"number", was.Number != now.Number},
		{"phone", was.Phone != now.Phone},
		{"groups", !slices.Equal(was.Groups, now.Groups)},
		{"tier", was.Tier != now.Tier},
		{"birth", was.Birth != now.Birth},
	} {
		if f.changed {
			pairs = append(pairs, f.name, "changed")
		}
	}
	if said(was, now) {
		pairs = append(pairs, "consent", now.Consent)
	}
	return facts(pairs...)
}

// ForgetCustomer erases phone, name and number, the words the name was found
// by and the texts, takes back what is queued, and keeps the figures. The number
// goes on the list of those that get no texts. The customer's coupons stay as
// they are: nobody can come with them any more.
func (d *DB) ForgetCustomer(ctx context.Context, a engine.Actor, id engine.ID, reason string) error {
	if err := a.Need(engine.MayEditCustomers); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return engine.BadInput(engine.CodeReasonMissing)
	}
	err := d.write(ctx, func(t *tx) error {
		if _, err := t.row(secureDeleteOn, nil, new(int)); err != nil {
			return err
		}
		err := t.forget(a, id, reason)
		_, off := t.row(secureDeleteOff, nil, new(int))
		return firstError(err, off)
	})
	if err != nil {
		return err
	}
	d.emptyLog(ctx)
	return nil
}

func (t *tx) forget(a engine.Actor, id engine.ID, reason string) error {
	c, err := t.customer(a.StoreID, id)
	if err != nil {
		return err
	}
	ok, err := t.changed(customerForget, a.StoreID, id, t.now)
	if err != nil {
		return err
	}
	if !ok {
		return engine.Refuse(engine.CodeForgotten)
	}
	if err := t.changeWords(a.StoreID, id, c.Name, ""); err != nil {
		return err
	}
	if err := t.recordConsent(a, id, engine.ConsentNo, ""); err != nil {
		return err
	}
	if c.Phone.E164 != "" {
		if _, err := t.suppress(a, c.Phone.E164); err != nil {
			return err
		}
		if _, err := t.exec(verificationDelete, a.StoreID, t.d.keys.phone(a.StoreID, c.Phone.E164)); err != nil {
			return err
		}
	}
	if err := t.cancelAllMessages(a.StoreID, id, reasonForgotten); err != nil {
		return err
	}
	if _, err := t.exec(messagesErase, a.StoreID, id); err != nil {
		return err
	}
	return t.audit(a, "customer.forget", "customer", id, "", reason)
}

// emptyLog writes SQLite's log back into the file and cuts it off, so that it
// does not keep what was erased. While somebody reads it may have to wait for
// the next time, which is why its error is no fault.
func (d *DB) emptyLog(ctx context.Context) {
	_, _ = d.writer.db.ExecContext(context.WithoutCancel(ctx), `PRAGMA wal_checkpoint(TRUNCATE)`)
}
