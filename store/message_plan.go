package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// Why a coupon gets no texts, beside the reasons for which they are taken back.
const (
	reasonNoCustomer = "no_customer"
	reasonNoConsent  = "no_consent"
	reasonNotPlanned = "not_planned"
	reasonNotAtIssue = "none_at_issue"
	reasonCarrier    = "carrier_stop" // the number told the carrier to stop: only its owner can undo that
)

var (
	couponIssueText = declare(`
SELECT id FROM message WHERE store_id = $1 AND customer_id = $2 AND coupon_id = $3 AND step = 'issue' ORDER BY id LIMIT 1`)
	couponMessages = declare(messageSelect + `
 WHERE m.store_id = $1 AND m.customer_id = $2 AND m.coupon_id = $3 ORDER BY m.id`)
	saleBusiness = declare(`SELECT business FROM sale WHERE store_id = $1 AND id = $2`)
)

// cycleInsert writes the rows of a cycle, by their number, in one statement.
var cycleInsert = func() (out [engine.MaxTextDays + 3]statement) {
	for n := 1; n < len(out); n++ {
		rows := make([]string, n)
		for i := range rows {
			p := 4 + cycleWidth*i
			rows[i] = fmt.Sprintf("($1, $%d, $%d, $%d, $%d, 'queued', $%d, $2, $3, $%d, $%d, $%d)", p, p+1, p+2, p+3, p+4, p+5, p+6, p+7)
		}
		out[n] = declare(`
INSERT INTO message (store_id, id, kind, step, days, state, reason, coupon_id, customer_id, wording_id, planned, due)
VALUES ` + strings.Join(rows, ", "))
	}
	return out
}()

// cycleWidth is how many values each row of cycleInsert has of its own.
const cycleWidth = 8

// textHours are the hours of a day in which texts of a store may go.
func textHours(s engine.Settings) delivery.Hours {
	return delivery.Hours{From: int(s.Count(engine.SetTextFrom)), Until: int(s.Count(engine.SetTextUntil))}
}

// opening is when a text of a store that is to go at an instant may reach a
// number.
func opening(st engine.Store, phone string, at engine.Instant) engine.Instant {
	return textHours(st.Settings).Opening(at, delivery.Zones(phone, st.Zone()), st.Zone())
}

// cycle lays out the texts of a coupon that is issued at an instant, without
// their words.
func (p *pen) cycle(c engine.Coupon, business engine.Day, to engine.Customer, at engine.Instant) ([]engine.Message, error) {
	campaign, err := p.campaign(c.CampaignID)
	if err != nil {
		return nil, err
	}
	st := p.store
	rows := delivery.Plan(campaign.TextPlan(st.Settings), c, business, int(st.Settings.Count(engine.SetTextHour)), st.Zone(), at)
	out := make([]engine.Message, len(rows))
	for i, r := range rows {
		m := engine.Message{
			Kind: string(delivery.KindReminder), Step: r.Step, Days: r.Days, CouponID: c.ID, CouponCode: c.Code,
			CustomerID: to.ID, Customer: to.Label(), Planned: r.Due, Due: r.Due,
		}
		if to.Phone.E164 != "" {
			m.To = to.Phone.Masked()
		}
		if r.Step == engine.StepIssue {
			m.Kind = string(delivery.KindCoupon)
			if m.Due, m.Reason, err = p.firstTime(c, to, r.Due); err != nil {
				return nil, err
			}
		}
		out[i] = m
	}
	return out, nil
}

// firstTime is when a text that is to go at an instant will, as far as quiet
// hours and the customer's pace tell now, so that the counter can say so; and
// what holds it. It is judged again when it goes.
func (p *pen) firstTime(
	c engine.Coupon, to engine.Customer, at engine.Instant,
) (due engine.Instant, reason string, err error) {
	due = opening(p.store, to.Phone.E164, at)
	if due > at {
		reason = string(delivery.ReasonQuiet)
	}
	if to.ID.IsZero() || p.store.Settings.Flag(engine.SetTextExempt) {
		return due, reason, nil
	}
	paced, err := p.t.paced(p.store, to.ID, at)
	if err != nil || paced <= due {
		return due, reason, err
	}
	if paced = opening(p.store, to.Phone.E164, paced); paced < c.ValidUntil {
		due, reason = paced, string(delivery.ReasonPace)
	}
	return due, reason, err
}

// planTexts queues all texts of a coupon that was just issued, for a customer
// who may be texted, and gives the one that goes first, at issue, if there is
// one.
func (t *tx) planTexts(st engine.Store, c engine.Coupon, business engine.Day, to engine.Customer) (*engine.Message, error) {
	why, err := t.noTexts(st, to)
	if err != nil || why != "" {
		return nil, err
	}
	p, err := t.newPen(st.ID)
	if err != nil {
		return nil, err
	}
	rows, err := p.cycle(c, business, to, t.now)
	if err != nil {
		return nil, err
	}
	if err := t.queueCycle(p, c, rows); err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].Step == engine.StepIssue {
			return p.first(&rows[i], c, to)
		}
	}
	return nil, nil //nolint:nilnil // no text at issue is a result
}

// queueCycle writes the rows of a cycle.
func (t *tx) queueCycle(p *pen, c engine.Coupon, rows []engine.Message) error {
	if len(rows) == 0 {
		return nil
	}
	kept := map[engine.TextStep]engine.ID{}
	args := []any{p.store.ID, c.ID, c.CustomerID}
	for i := range rows {
		m := &rows[i]
		wording, known := kept[m.Step]
		if !known {
			template, err := p.template(c, m.Step)
			if err != nil {
				return err
			}
			if wording, err = t.keepWording(p.store.ID, template); err != nil {
				return err
			}
			kept[m.Step] = wording
		}
		m.ID, m.State, m.Created = t.newID(), string(delivery.StateQueued), t.now
		args = append(args, m.ID, m.Kind, string(m.Step), m.Days, m.Reason, wording, m.Planned, m.Due)
	}
	_, err := t.exec(cycleInsert[len(rows)], args...)
	return err
}

// first is a planned text as the counter shows it.
func (p *pen) first(m *engine.Message, c engine.Coupon, to engine.Customer) (*engine.Message, error) {
	template, err := p.template(c, m.Step)
	if err != nil {
		return nil, err
	}
	it, err := p.item(c, template)
	if err != nil {
		return nil, err
	}
	p.tell(m, to, it)
	return m, nil
}

// noTexts tells why a customer gets no texts of a store; empty if they do.
func (t *tx) noTexts(st engine.Store, to engine.Customer) (reason string, err error) {
	switch {
	case !st.Settings.Flag(engine.SetTexts):
		return string(delivery.ReasonTextsOff), nil
	case to.ID.IsZero():
		return reasonNoCustomer, nil
	case to.Forgotten != 0:
		return reasonForgotten, nil
	case to.Consent == engine.ConsentNo:
		return reasonOptedOut, nil
	case to.Consent != engine.ConsentYes:
		return reasonNoConsent, nil
	case to.Phone.E164 == "":
		return reasonNoPhone, nil
	}
	by, err := t.suppressed(st.ID, to.Phone.E164)
	if err == nil && by != "" {
		reason = string(delivery.ReasonSuppressed)
	}
	return reason, err
}

// whyNoText tells why a coupon that was just issued gets no text now.
func (t *tx) whyNoText(st engine.Store, to engine.Customer) (string, error) {
	why, err := t.noTexts(st, to)
	switch {
	case err != nil:
		return "", err
	case why == "":
		return reasonNotAtIssue, nil
	case why != string(delivery.ReasonSuppressed):
		return why, nil
	}
	by, err := t.suppressed(st.ID, to.Phone.E164)
	if by == engine.FromCarrier {
		why = reasonCarrier
	}
	return why, err
}

// firstMessage is the text of a coupon at issue, nil if none was queued.
func (t *tx) firstMessage(storeID engine.ID, c engine.Coupon) (*engine.Message, error) {
	var id engine.ID
	found, err := t.row(couponIssueText, []any{storeID, c.CustomerID, c.ID}, &id)
	if err != nil || !found {
		return nil, err
	}
	m, err := t.messageNow(storeID, id)
	return &m, err
}

// CouponTexts gives every text of a coupon in the order of their plan. Of a
// coupon that gets none it gives what the plan would be, with the reason why
// not and no state.
func (d *DB) CouponTexts(ctx context.Context, a engine.Actor, coupon engine.ID) ([]engine.Message, error) {
	var out []engine.Message
	err := d.read(ctx, func(t *tx) error {
		c, err := t.coupon(a.StoreID, coupon)
		if err != nil {
			return err
		}
		if err := t.maySeeSale(a, c.SaleID, engine.CodeCouponUnknown); err != nil {
			return err
		}
		if out, err = t.couponTexts(a.StoreID, c); err != nil || len(out) > 0 {
			return err
		}
		out, err = t.wouldBe(a.StoreID, c)
		return err
	})
	return out, err
}

func (t *tx) couponTexts(storeID engine.ID, c engine.Coupon) ([]engine.Message, error) {
	var out []engine.Message
	err := t.rows(couponMessages, []any{storeID, c.CustomerID, c.ID}, func(scan func(...any) error) error {
		m, err := t.scanMessage(scan)
		out = append(out, m)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b engine.Message) int { return cmp.Compare(a.Planned, b.Planned) })
	return out, t.tellWords(storeID, refs(out)...)
}

// wouldBe is the cycle that a coupon without texts would have had.
func (t *tx) wouldBe(storeID engine.ID, c engine.Coupon) ([]engine.Message, error) {
	p, err := t.newPen(storeID)
	if err != nil {
		return nil, err
	}
	var to engine.Customer
	if !c.CustomerID.IsZero() {
		if to, err = t.customer(storeID, c.CustomerID); err != nil {
			return nil, err
		}
	}
	why, err := t.whyNoText(p.store, to)
	if err != nil {
		return nil, err
	}
	if why == reasonNotAtIssue {
		why = reasonNotPlanned
	}
	var business engine.Day
	if _, err := t.row(saleBusiness, []any{storeID, c.SaleID}, &business); err != nil {
		return nil, err
	}
	out, err := p.cycle(c, business, to, c.Issued)
	for i := range out {
		if _, err := p.first(&out[i], c, to); err != nil {
			return nil, err
		}
		out[i].Reason = why
	}
	return out, err
}
