package cli

import (
	"context"
	"errors"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// Codes of what the doctor finds wrong with texts.
const (
	CodeDoctorAWS     engine.Code = "doctor_aws"     // texts cannot be sent through AWS as it is set up; with cause
	CodeDoctorHalf    engine.Code = "doctor_half"    // AWS is set up by half, and its texts wait; with why
	CodeDoctorAccount engine.Code = "doctor_account" // AWS takes no texts of this account; with why
)

// askCarrier bounds all questions to the carrier.
const askCarrier = 5 * time.Second

// sender tells who would carry texts and asks that one about the account.
func (d *doctor) sender(ctx context.Context) {
	sns := &delivery.SNS{}
	err := sns.Configured(ctx)
	if errors.Is(err, delivery.ErrNotConfigured) {
		d.noSender(ctx)
		return
	}
	d.sns = true
	limited, cancel := context.WithTimeout(ctx, askCarrier)
	defer cancel()
	if err == nil {
		err = sns.Credentials(limited)
	}
	if err != nil {
		d.found("sender", d.notSetUp(err), "")
		return
	}
	d.found("sender", nil, "SNS "+sns.Region())
	h, err := sns.Health(limited)
	if err != nil { // being offline is nothing wrong with a till
		d.warned("account", d.words.T("cli.doctor.not_asked"))
		return
	}
	d.asked = h
	d.asked.At = d.env.Clock()
	d.account(h)
}

// noSender tells what becomes of texts without AWS on this machine: where another
// one sends them, they wait for it.
func (d *doctor) noSender(ctx context.Context) {
	h, err := d.file.SenderHealth(ctx)
	switch {
	case err != nil:
		d.found("sender", err, "")
	case h.Real():
		d.found("sender", nil, d.words.T("cli.doctor.sender_elsewhere"))
	default:
		d.found("sender", nil, d.words.T("cli.doctor.no_sender"))
	}
}

// notSetUp tells what keeps AWS from being used on this machine.
func (d *doctor) notSetUp(err error) error {
	var notSent *delivery.NotSent
	switch {
	case !errors.As(err, &notSent):
		return engine.Broken(CodeDoctorAWS, err)
	case notSent.Reason == delivery.ReasonCredentials:
		return engine.Broken(CodeDoctorAWS, notSent.Cause)
	}
	return engine.Broken(CodeDoctorHalf, nil, "why", d.words.TextReason("", string(notSent.Reason)))
}

// account tells what is known of the carrier's account.
func (d *doctor) account(h engine.SenderHealth) {
	detail := d.accountDetail(h)
	switch {
	case !h.Ready:
		d.found("account", engine.Broken(CodeDoctorAccount, nil, "why", d.words.TextReason("", h.Problem)), detail)
	case h.Problem != "":
		d.warned("account", joinCells(detail, d.words.TextReason("", h.Problem), h.Detail))
	default:
		d.found("account", nil, detail)
	}
}

// accountDetail says whether the account is in the sandbox and what it may
// spend, as far as that is known.
//
// words: cli.doctor.sandbox.*
func (d *doctor) accountDetail(h engine.SenderHealth) string {
	sandbox, limit := "", ""
	if h.Sandbox != "" {
		sandbox = d.words.T("cli.doctor.sandbox." + h.Sandbox)
	}
	if h.Limit > 0 {
		limit = d.words.T("cli.doctor.carrier_limit", "amount", d.format.PriceIn(h.Limit, carrierCurrency))
	}
	return joinCells(sandbox, limit)
}

// texts tells what waits, what was spent and who said stop. Where PINs are in
// use and none was given, it is left out.
func (d *doctor) texts(ctx context.Context) {
	if err := d.signIn(ctx); err != nil {
		if engine.CodeOf(err) != engine.CodePINNeeded {
			d.found("texts", err, "")
		}
		d.carrierLimit(d.asked, engine.TextDesk{})
		return
	}
	desk, err := d.file.Desk(ctx, d.actor)
	if err != nil {
		d.found("texts", err, "")
		return
	}
	t := desk.Texts
	if t.Health.Real() && (d.asked.At == 0 || !t.Health.Ready) { // who may ask may still not send
		d.lastLook(t.Health)
	}
	d.waiting(t)
	d.spent(t)
	h := d.asked
	if h.At == 0 {
		h = t.Health
	}
	d.carrierLimit(h, t)
	d.optedOut(t.Health)
	d.quiet()
	d.desk = d.deskDTO(t)
}

// lastLook tells what a worker last found, where the carrier could not be asked
// now.
func (d *doctor) lastLook(h engine.SenderHealth) {
	if h.At == 0 {
		return
	}
	detail := d.words.T("cli.doctor.found_then", "at", d.format.DateTime(h.At), "found", joinCells(d.accountDetail(h), d.words.TextReason("", h.Problem)))
	if h.Left(d.env.Clock()) {
		detail = joinCells(detail, d.words.T("cli.doctor.left"))
	}
	if h.Problem != "" || h.Left(d.env.Clock()) {
		d.warned("last_look", detail)
		return
	}
	d.found("last_look", nil, detail)
}

// waiting tells of texts that wait, and of those somebody has to decide on.
func (d *doctor) waiting(t engine.TextDesk) {
	detail := d.words.T("cli.doctor.waiting", "due", t.Due, "unknown", t.Unknown, "held", t.Held, "stuck", t.Stuck, "sending", t.Sending)
	if t.Unknown > 0 || t.Stuck > 0 {
		d.warned("texts", detail)
		return
	}
	d.found("texts", nil, detail)
}

// spent holds the month's spending, by the shop's own count, against the
// owner's limit: at four fifths it warns, used up it is wrong, because no text
// goes any more.
func (d *doctor) spent(t engine.TextDesk) {
	switch {
	case d.store.Settings.Price(engine.SetTextPrice) == 0 && t.Limit > 0:
		d.warned("spent", d.words.T("cli.doctor.no_price_limit"))
	case d.store.Settings.Price(engine.SetTextPrice) == 0:
		d.found("spent", nil, d.words.T("cli.no_price"))
	case t.Limit == 0:
		d.found("spent", nil, d.words.T("cli.doctor.spent_sum", "amount", d.format.Price(t.Spent)))
	case t.LimitReached():
		d.found("spent", engine.Refuse(engine.CodeTextLimit, "limit", t.Limit, "spent", t.Spent), "")
	case t.LimitNear():
		d.warned("spent", d.spentOf(t))
	default:
		d.found("spent", nil, d.spentOf(t))
	}
}

func (d *doctor) spentOf(t engine.TextDesk) string {
	share := engine.BP(t.Spent * 100 / t.Limit * 100) //nolint:gosec // at most 100 %
	return d.words.T("cli.doctor.spent_of", "amount", d.format.Price(t.Spent), "limit", d.format.Price(t.Limit), "share", d.format.Percent(share))
}

// newAccount is what AWS lets an account spend in a month until it is asked for
// more: one US dollar.
const newAccount engine.Micros = 1_000_000

// carrierLimit warns where AWS's own limit may end texts before the shop's does:
// above it AWS still says accepted, and delivers nothing. Only where the shop
// counts in dollars can the two be held against each other.
func (d *doctor) carrierLimit(h engine.SenderHealth, t engine.TextDesk) {
	amount := d.format.PriceIn(h.Limit, carrierCurrency)
	same := d.store.Currency == carrierCurrency
	switch {
	case h.Limit == 0: // not known
	case h.Limit <= newAccount:
		d.warned("aws_limit", d.words.T("cli.doctor.limit_new", "amount", amount))
	case same && t.Limit > h.Limit:
		d.warned("aws_limit", d.words.T("cli.doctor.limit_below", "amount", amount, "limit", d.format.Price(t.Limit)))
	case same && t.Spent >= h.Limit/5*4:
		d.warned("aws_limit", d.words.T("cli.doctor.limit_near", "amount", amount, "spent", d.format.Price(t.Spent)))
	}
}

// optedOut tells how many numbers said stop to the carrier, and how old that
// list is.
func (d *doctor) optedOut(h engine.SenderHealth) {
	switch {
	case h.Synced != 0:
		d.found("opted_out", nil, d.words.N("cli.doctor.opted_out_at", h.OptedOut, "at", d.format.DateTime(h.Synced)))
	case d.sns: // without a carrier there is no list
		d.found("opted_out", nil, d.words.T("cli.doctor.never_synced"))
	}
}

// quiet tells when texts may go, and whether they may now where the shop is.
func (d *doctor) quiet() {
	s, now := d.store.Settings, d.env.Clock()
	hours := delivery.Hours{From: int(s.Count(engine.SetTextFrom)), Until: int(s.Count(engine.SetTextUntil))}
	zone := d.store.Zone()
	next := hours.Opening(now, []*time.Location{zone}, zone)
	if next == now {
		d.found("hours", nil, d.words.T("cli.doctor.open", "from", hours.From, "until", hours.Until))
		return
	}
	d.found("hours", nil, d.words.T("cli.doctor.quiet", "from", hours.From, "until", hours.Until, "at", d.format.DateTime(next)))
}
