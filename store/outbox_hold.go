package store

import (
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// verdict is why a text that is due does not go: it is taken back, or held
// until an instant. The zero one lets it go.
type verdict struct {
	drop string
	held delivery.Reason
	due  engine.Instant
}

// carryOut puts a verdict on the row.
func (k *claiming) carryOut(v verdict) error {
	if v.drop != "" {
		return k.drop(k.row.ID, v.drop)
	}
	_, err := k.t.exec(outboxHold, k.store.ID, k.row.ID, v.due, string(v.held))
	return err
}

// drop takes a text back. One of which a reply was lost may have gone.
func (k *claiming) drop(id engine.ID, reason string) error {
	return k.t.changeTexts(k.store.ID, []engine.ID{id}, func() error {
		_, err := k.t.exec(outboxDrop, k.store.ID, id, reason, k.now)
		return err
	})
}

// hold puts a text off, or takes it back where its coupon will be good no more.
func (k *claiming) hold(until engine.Instant, why delivery.Reason) verdict {
	if k.row.tooLate(until) {
		return verdict{drop: string(delivery.ReasonTooLate)}
	}
	return verdict{held: why, due: until}
}

// wanted takes back what nobody wants any more, and finds out where the text
// goes.
func (k *claiming) wanted() (v verdict, err error) {
	if v.drop = k.row.unwanted(k.now); v.drop != "" {
		return v, nil
	}
	if k.row.customer.IsZero() {
		k.to.Phone.E164, err = k.t.d.keys.open("message", "to", k.row.ID, k.row.to)
		return v, err
	}
	if k.to, err = k.t.customer(k.store.ID, k.row.customer); err != nil {
		return v, err
	}
	v.drop, err = k.t.noTexts(k.store, k.to)
	if v.drop == reasonNoConsent {
		v.drop = reasonOptedOut
	}
	return v, err
}

// opening is when a text that is to go at an instant may reach the customer.
func (k *claiming) opening(at engine.Instant) engine.Instant {
	return opening(k.store, k.to.Phone.E164, at)
}

// quiet holds a text over the hours in which none may go. The code that proves
// a phone was asked for just now, at the counter.
func (k *claiming) quiet() (verdict, error) {
	if k.row.Kind == delivery.KindVerify {
		return verdict{}, nil
	}
	if at := k.opening(k.now); at > k.now {
		return k.hold(at, delivery.ReasonQuiet), nil
	}
	return verdict{}, nil
}

// pace holds a text back from a customer who had enough of them. What a person
// lets go is exempt, and the text at issue where the store says so.
func (k *claiming) pace() (verdict, error) {
	set := k.store.Settings
	switch {
	case k.row.Kind == delivery.KindVerify, k.row.released,
		k.row.Kind == delivery.KindCoupon && set.Flag(engine.SetTextExempt):
		return verdict{}, nil
	}
	at, err := k.t.paced(k.store, k.to.ID, k.now)
	if err != nil {
		return verdict{}, err
	}
	if at > k.now {
		return k.hold(k.opening(at), delivery.ReasonPace), nil
	}
	return verdict{}, nil
}

// paced is when a customer may be texted again, from an instant on.
func (t *tx) paced(st engine.Store, customer engine.ID, now engine.Instant) (engine.Instant, error) {
	set := st.Settings
	p := delivery.Pace{Gap: time.Duration(set.Count(engine.SetTextGap)) * time.Hour, PerWeek: int(set.Count(engine.SetTextPerWeek))}
	var sent []engine.Instant
	from := now.Add(-7 * 24 * time.Hour)
	err := t.rows(outboxSent, []any{st.ID, customer, from}, func(scan func(...any) error) error {
		var at engine.Instant
		err := scan(&at)
		sent = append(sent, at)
		return err
	})
	return p.Next(now, sent), err
}

// limit holds a text back that the month's money is not enough for, until the
// next month. A code that proves a phone is good for minutes only.
func (k *claiming) limit(charge engine.Micros) (verdict, error) {
	most := engine.Micros(k.store.Settings.Count(engine.SetTextLimit))
	if most == 0 || charge == 0 {
		return verdict{}, nil
	}
	today := k.store.Today(k.now)
	spent, err := k.t.spent(k.store.ID, today)
	if err != nil || spent+charge <= most {
		return verdict{}, err
	}
	if k.row.Kind == delivery.KindVerify {
		return verdict{drop: string(delivery.ReasonLimit)}, nil
	}
	_, next := month(today)
	return verdict{held: delivery.ReasonLimit, due: k.opening(next.Start(k.store.Zone()))}, nil
}
