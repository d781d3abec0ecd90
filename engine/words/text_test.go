package words

import (
	"strings"
	"testing"

	"bounceback/engine"
)

func TestTextPlan(t *testing.T) {
	w := catalogues(t)["en"]
	for _, c := range []struct {
		plan engine.TextPlan
		want string
	}{
		{engine.TextPlan{}, "none"},
		{engine.TextPlan{AtIssue: true}, "when issued"},
		{engine.TextPlan{Days: []int{7}, LongLife: 35}, "on day 7 after the sale"},
		{
			engine.TextPlan{AtIssue: true, Days: []int{2, 7, 27}, Before: 3, LongLife: 35},
			"when issued; on days 2, 7, 27 after the sale; 3 days before the last day, of coupons that live over 35 days",
		},
		{engine.TextPlan{Before: 1}, "1 day before the last day"},
	} {
		if got := w.TextPlan(c.plan); got != c.want {
			t.Errorf("%+v: %q, want %q", c.plan, got, c.want)
		}
	}
}

func TestTextStepAndState(t *testing.T) {
	w := catalogues(t)["en"]
	for got, want := range map[string]string{
		w.TextStep(engine.StepIssue, 0): "when issued", w.TextStep(engine.StepDay, 7): "day 7 after the sale",
		w.TextStep(engine.StepLast, 3): "3 days before the last day", w.TextStep(engine.StepLast, 1): "1 day before the last day",
		w.TextStep("", 4): "",
		w.TextState(engine.Message{State: "queued", Reason: "pace"}):                                                "held",
		w.TextState(engine.Message{State: "accepted", Delivered: "failed"}):                                         "not delivered",
		w.TextState(engine.Message{State: "accepted", Delivered: "failed", AgainID: engine.FirstID(1)}) + " for it": "sent again for it",
		w.TextState(engine.Message{State: "unknown", Reason: "no_reply"}):                                           "unknown",
		w.TextState(engine.Message{State: "accepted", Delivered: "delivered"}) + "!":                                "delivered!",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhyATextDoesNotGo(t *testing.T) {
	w := catalogues(t)["en"]
	if again, unknown := w.TextReason("queued", "no_reply"), w.TextReason("unknown", "no_reply"); again == unknown || again != w.T("delivery.reason.no_reply_again") {
		t.Errorf("queued again: %q; unknown: %q", again, unknown)
	}
	for _, reason := range []string{"by_hand", "customer_opted_out", "coupon_redeemed", "superseded", "no_sender"} {
		if got := w.TextReason("unknown", reason); !strings.Contains(got, "may have arrived") || !strings.Contains(got, "not go again") {
			t.Errorf("unknown, %s: %q", reason, got)
		}
	}
	for got, want := range map[string]string{
		w.TextReason("queued", ""): "", w.TextReason("cancelled", "odd"): "odd", w.TextReason("queued", "pace"): w.T("delivery.reason.pace"),
		w.NoTexts("no_consent"): w.T("lists.no_text.no_consent"), w.NoTexts("by_hand"): w.T("delivery.reason.by_hand"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
