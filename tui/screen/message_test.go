package screen

import (
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// said is what a page says under a label; empty if it has none such.
func said(s sheet, label string) string {
	for _, l := range s.lines {
		if l.label == label {
			return l.value
		}
	}
	return ""
}

// pageOf is the page of texts, without a file.
func pageOf(t *testing.T) *messagePage {
	t.Helper()
	p := &messagePage{}
	p.base = base{env: country(t, "BR", "BRL")}
	return p
}

func TestMessagePageSaysWhatBecameOfAText(t *testing.T) {
	p := pageOf(t)
	for _, row := range []struct {
		m            engine.Message
		body, sender string
	}{
		{engine.Message{Kind: "verify", State: string(delivery.StateAccepted), Sender: "console"}, "hidden: a code", "console"},
		{engine.Message{Kind: "coupon", State: string(delivery.StateCancelled), Sender: "console", Body: "R$43 back"}, "R$43 back", ""},
		{engine.Message{Kind: "coupon", State: string(delivery.StateRefused), Sender: "sns"}, "", "sns"},
	} {
		s := p.sheet(row.m)
		if got := said(s, "lists.label.text"); got != row.body {
			t.Errorf("%s %s: says %q, want %q", row.m.State, row.m.Kind, got, row.body)
		}
		if got := said(s, "lists.label.sender"); got != row.sender {
			t.Errorf("%s %s: sent by %q, want %q", row.m.State, row.m.Kind, got, row.sender)
		}
	}
}

// anHour is in milliseconds.
const anHour = engine.Instant(60 * 60 * 1000)

// TestStateTellsUntilWhen: the clock of the page stands at noon of 20 November.
func TestStateTellsUntilWhen(t *testing.T) {
	p := pageOf(t)
	now, id := p.now(), engine.FirstID(3)
	queued, accepted := string(delivery.StateQueued), string(delivery.StateAccepted)
	for _, row := range []struct {
		m    engine.Message
		want string
	}{
		{engine.Message{State: queued, Due: now + 5*anHour}, "queued · goes today at 17:00"},
		{engine.Message{State: queued, Due: now - 5*anHour}, "queued · goes today at 12:00"},
		{engine.Message{State: queued, Reason: "quiet_hours", Due: now + 21*anHour}, "held until tomorrow at 09:00"},
		{engine.Message{State: queued, Reason: "month_limit", Due: now + 11*24*anHour}, "held until 01/12 at 12:00"},
		{engine.Message{State: queued, Reason: "pace", Due: now - anHour}, "held · goes today at 12:00"},
		{engine.Message{State: queued, Reason: "pace", Due: now + 60*24*anHour}, "held until 19/01/2027 at 12:00"},
		{engine.Message{State: accepted, Settled: now}, "accepted · today at 12:00"},
		{engine.Message{State: accepted, Settled: now, Delivered: "delivered"}, "delivered · today at 12:00"},
		{engine.Message{State: accepted, Settled: now, Delivered: "failed"}, "not delivered · today at 12:00"},
		{engine.Message{Reason: "no_consent"}, "not planned"},
	} {
		if got := said(p.sheet(row.m), "lists.label.state"); got != row.want {
			t.Errorf("%s %s %s: %q, want %q", row.m.State, row.m.Reason, row.m.Delivered, got, row.want)
		}
	}
	with := p.sheet(engine.Message{ID: id, LeadID: engine.FirstID(4), State: accepted})
	if said(with, "lists.label.with") == "" || with.links()[0].to()() != (GotoMsg{KindMessage, engine.FirstID(4)}) {
		t.Errorf("a text that went with another does not lead there: %+v", with.lines)
	}
	if lead := p.sheet(engine.Message{ID: id, LeadID: id, State: accepted}); said(lead, "lists.label.with") != "" {
		t.Error("a text is said to have gone with itself")
	}
}

func TestPriceOfATextIsSaid(t *testing.T) {
	p := pageOf(t)
	s := p.sheet(engine.Message{State: "accepted", Parts: 2, Encoding: "GSM-7", Cost: 129_000, Paid: 12_900, Detail: "202", Response: "Delivered to phone"})
	for label, want := range map[string]string{
		"lists.label.cost": "2 parts · R$ 0,129", "lists.label.paid": "US$ 0,0129",
		"lists.label.carrier": "202 · Delivered to phone",
	} {
		if got := said(s, label); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}

// TestTimesOfATextSaidOnce: what the state tells is not said again, and a text
// that went when it was to has no more to tell.
func TestTimesOfATextSaidOnce(t *testing.T) {
	p := pageOf(t)
	now := p.now()
	queued, accepted, aMinute := string(delivery.StateQueued), string(delivery.StateAccepted), engine.Instant(60*1000)
	for _, row := range []struct {
		m                       engine.Message
		planned, sent, attempts string
	}{
		{engine.Message{State: queued, Planned: now + 5*anHour, Due: now + 5*anHour}, "", "", ""},
		{engine.Message{State: queued, Reason: "quiet_hours", Planned: now, Due: now + anHour}, "20/11/2026 12:00", "", ""},
		{engine.Message{State: queued, Reason: "no_reply", Planned: now, Due: now + aMinute, Sent: now, Attempts: 1}, "", "20/11/2026 12:00", ""},
		{engine.Message{State: accepted, Planned: now, Due: now, Sent: now + aMinute, Settled: now + aMinute, Attempts: 1}, "", "", ""},
		{engine.Message{State: accepted, Planned: now - anHour, Due: now, Sent: now, Settled: now, Attempts: 2}, "20/11/2026 11:00", "", "2"},
		{engine.Message{State: "cancelled", Planned: now + 24*anHour, Due: now + 24*anHour, Settled: now}, "21/11/2026 12:00", "", ""},
		{engine.Message{Reason: "no_consent", Due: now}, "20/11/2026 12:00", "", ""},
	} {
		s := p.sheet(row.m)
		for label, want := range map[string]string{"planned": row.planned, "sent": row.sent, "attempts": row.attempts} {
			if got := said(s, "lists.label."+label); got != want {
				t.Errorf("%s %s: %s %q, want %q", row.m.State, row.m.Reason, label, got, want)
			}
		}
	}
}

// TestWhomATextIsTo: a customer without a name is said once.
func TestWhomATextIsTo(t *testing.T) {
	p := pageOf(t)
	for _, row := range []struct{ customer, to, want string }{
		{"Maria", "**** 4321", "Maria · **** 4321"}, {"**** 4321", "**** 4321", "**** 4321"}, {"Maria", "", "Maria"},
	} {
		m := engine.Message{CustomerID: engine.FirstID(1), Customer: row.customer, To: row.to}
		if got := said(p.sheet(m), linkCustomer.ID()); got != row.want {
			t.Errorf("%+v: %q", row, got)
		}
	}
	if got := said(p.sheet(engine.Message{Kind: "verify", To: "**** 4321"}), "lists.label.to"); got != "**** 4321" {
		t.Errorf("a code goes to %q", got)
	}
}

// TestTextQueuedAgain tells when it goes next, and asks nobody for anything.
func TestTextQueuedAgain(t *testing.T) {
	env := pageOf(t).env
	again := engine.Message{State: "queued", Reason: "no_reply", Sent: 100, Due: 200}
	if goes(again) != 200 {
		t.Errorf("it goes at %d", goes(again))
	}
	gone := again
	gone.State = "unknown"
	if goes(gone) != 100 {
		t.Errorf("it went at %d", goes(gone))
	}
	if whyText(env, again) == whyText(env, gone) || whyText(env, again) != env.Words.TextReason("queued", "no_reply") {
		t.Errorf("it says %q", whyText(env, again))
	}
}

// TestTextTakenBackAfterALostReply tells in list and page that it may have gone
// and goes no more, and why.
func TestTextTakenBackAfterALostReply(t *testing.T) {
	env := pageOf(t).env
	m := engine.Message{State: "unknown", Reason: "coupon_voided"}
	if got := whyText(env, m); !strings.Contains(got, "may have arrived") || !strings.Contains(got, "voided") {
		t.Errorf("the page says %q", got)
	}
	if got := whyShort(env, m); got != "not again: coupon void" {
		t.Errorf("the list says %q", got)
	}
	if got := whyShort(env, engine.Message{State: "unknown", Reason: "no_reply"}); got != "no reply" {
		t.Errorf("a lost reply is %q", got)
	}
}

// TestKeysOfATextFitItsState: what the hours or the month's limit hold cannot
// be let go.
func TestKeysOfATextFitItsState(t *testing.T) {
	p := pageOf(t)
	for _, row := range []struct{ state, reason, want string }{
		{"queued", "", "cancel"},
		{"queued", "quiet_hours", "cancel"},
		{"queued", "month_limit", "cancel"},
		{"queued", "pace", "release cancel"},
		{"sending", "", ""},
		{"unknown", "no_reply", "release cancel"},
		{"unknown", "coupon_voided", "cancel"},
		{"accepted", "", "resend"},
		{"refused", "opted_out", "resend"},
		{"cancelled", "by_hand", "resend"},
		{"cancelled", "coupon_redeemed", ""},
		{"", "no_consent", ""},
	} {
		var can []string
		for _, a := range p.acts(engine.Message{State: row.state, Reason: row.reason}) {
			if a.bind.Enabled() {
				can = append(can, strings.TrimPrefix(a.bind.ID(), "lists.message."))
			}
		}
		if got := strings.Join(can, " "); got != row.want {
			t.Errorf("%s %s: can %q, want %q", row.state, row.reason, got, row.want)
		}
	}
}

// TestTextSentAgain leads to the newer one, needs nothing any more, and cannot
// be sent a third time.
func TestTextSentAgain(t *testing.T) {
	p := pageOf(t)
	m := engine.Message{State: "accepted", Delivered: "failed", AgainID: engine.FirstID(p.now())}
	if got := p.env.Words.T("core.message_state." + messageState(m)); got != "sent again" || messageTone(m) == kit.Wrong {
		t.Errorf("it is %q", got)
	}
	if got := said(p.sheet(m), "lists.label.again"); got != "today at 12:00, as another text" {
		t.Errorf("the page says %q", got)
	}
	for _, a := range p.acts(m) {
		if a.bind.Enabled() {
			t.Errorf("it can be acted on: %s", a.bind.ID())
		}
	}
}

func TestLastSentIsTheOneToResend(t *testing.T) {
	texts := []engine.Message{
		{ID: engine.FirstID(1), State: "accepted", Sent: 100},
		{ID: engine.FirstID(2), State: "unknown", Sent: 300},
		{ID: engine.FirstID(3), State: "cancelled", Due: 200},
		{ID: engine.FirstID(4), State: "queued", Due: 900},
	}
	if last, ok := lastSent(texts); !ok || last.ID != texts[1].ID {
		t.Errorf("the last sent is %+v", last)
	}
	if _, ok := lastSent(texts[3:]); ok {
		t.Error("a text that waits was sent")
	}
}
