package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
)

func (a *app) messageCommands() *cobra.Command {
	cmd := group("message", a.messageList(), a.messageShow(), a.messagePreview(), a.messageFigures(),
		a.messageChange("release", func(ctx context.Context, id engine.ID) (engine.Message, error) {
			return a.file.ReleaseMessage(ctx, a.actor, id)
		}),
		a.messageChange("cancel", func(ctx context.Context, id engine.ID) (engine.Message, error) {
			return a.file.CancelMessage(ctx, a.actor, id)
		}),
		a.messageChange("resend", func(ctx context.Context, id engine.ID) (engine.Message, error) {
			return a.file.ResendMessage(ctx, a.actor, id)
		}))
	cmd.Example = "  bounceback message list --state unknown"
	return cmd
}

func (a *app) messageList() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0),
		Example: "  bounceback message list --state current\n  bounceback message list --state held --json\n  bounceback message list --state failed --from 2026-11-01",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			page, err := a.file.Messages(ctx, a.actor, filter)
			if err != nil {
				return err
			}
			return a.answer(newList(page, a.messageDTO), func() { a.showMessages(page) })
		}),
	}
	f.bind(cmd, "state", "from", "to", "customer", "campaign")
	f.only(a, cmd, messageStates...)
	f.bindPage(cmd)
	return cmd
}

// messageStates are what --state may be: states of rows, and lists of some of
// them. Current is all but what is planned for later days.
var messageStates = []string{"current", "due", "held", "planned", "queued", "sending", "accepted", "delivered", "failed", "refused", "unknown", "cancelled"}

// messageState names a state.
//
// words: core.message_state.*
func messageState(w *words.Words, state string) string { return w.T("core.message_state." + state) }

func (a *app) showMessages(p engine.Page[engine.Message]) {
	w, t := a.words, table{}
	t.column(w, "goes", left)
	t.column(w, "coupon", left)
	t.column(w, "customer", left)
	t.column(w, "to", left)
	t.column(w, "which", left)
	t.column(w, "state", left)
	t.column(w, "parts", right)
	t.column(w, "cost", right)
	t.column(w, "id", left)
	for _, m := range p.Items {
		t.add(a.format.DateTime(goes(m)), engine.ShowCode(m.CouponCode), m.Customer, m.To, w.TextStep(m.Step, m.Days), w.TextState(m),
			partsOrEmpty(m), a.priceOrEmpty(m.Cost), m.ID.String())
	}
	a.print(t)
	a.more(p.Next)
}

// partsOrEmpty leaves out the parts of what has none of its own: a list does not
// write the texts that are still to go.
func partsOrEmpty(m engine.Message) string {
	if m.Parts == 0 {
		return ""
	}
	return strconv.Itoa(m.Parts)
}

// goes is when a text went or, while it is to go, when that is.
func goes(m engine.Message) engine.Instant {
	if m.Sent != 0 && m.State != string(delivery.StateQueued) {
		return m.Sent
	}
	return m.Due
}

// priceOrEmpty writes what texts cost; empty if it is nothing.
func (a *app) priceOrEmpty(m engine.Micros) string {
	if m == 0 {
		return ""
	}
	return a.format.Price(m)
}

func (a *app) messageShow() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Args: takes(1, 1), Example: "  bounceback message show 019a9f3e-6c00-7000-8000-000000000001",
		RunE: a.work(func(ctx context.Context, args []string) error {
			id, err := engine.ParseID(args[0])
			if err != nil {
				return err
			}
			m, err := a.file.Message(ctx, a.actor, id)
			if err != nil {
				return err
			}
			return a.answer(a.messageDTO(m), func() { a.showMessage(m) })
		}),
	}
}

func (a *app) showMessage(m engine.Message) {
	w, f := a.words, facts{}
	f.add(w, "state", w.TextState(m))
	f.add(w, "note", w.TextReason(m.State, m.Reason))
	f.add(w, "detail", m.Detail)
	f.add(w, "response", m.Response)
	f.add(w, "customer", m.Customer)
	f.add(w, "to", m.To)
	f.add(w, "coupon", engine.ShowCode(m.CouponCode))
	f.add(w, "which", w.TextStep(m.Step, m.Days))
	f.add(w, "text", m.Body)
	f.add(w, "parts", joinCells(partsOrEmpty(m), m.Encoding))
	f.add(w, "cost", a.priceOrEmpty(m.Cost))
	f.add(w, "paid", a.dollars(m.Paid))
	f.add(w, "attempts", strconv.Itoa(m.Attempts))
	f.add(w, "planned_at", a.timeOrEmpty(m.Planned))
	f.add(w, "due_at", a.timeOrEmpty(m.Due))
	f.add(w, "sent_at", a.timeOrEmpty(m.Sent))
	if !m.LeadID.IsZero() {
		f.add(w, "with", m.LeadID.String())
	}
	if !m.AgainID.IsZero() {
		f.add(w, "again", w.T("cli.sent_again", "at", a.format.DateTime(m.AgainID.Instant()), "id", m.AgainID.String()))
	}
	f.add(w, "sender", m.Sender)
	f.add(w, "id", m.ID.String())
	a.printFacts(f)
}

// dollars writes what a carrier charged; empty if it is nothing.
func (a *app) dollars(m engine.Micros) string {
	if m == 0 {
		return ""
	}
	return a.format.PriceIn(m, carrierCurrency)
}

// messageChange makes a command that does something with one text and shows
// what became of it.
func (a *app) messageChange(name string, change func(context.Context, engine.ID) (engine.Message, error)) *cobra.Command {
	return &cobra.Command{
		Use: name + " ID", Args: takes(1, 1), Example: "  bounceback message " + name + " 019a9f3e-6c00-7000-8000-000000000001",
		RunE: a.work(func(ctx context.Context, args []string) error {
			id, err := engine.ParseID(args[0])
			if err != nil {
				return err
			}
			m, err := change(ctx, id)
			if err != nil {
				return err
			}
			return a.answer(a.messageDTO(m), func() { a.showMessage(m) })
		}),
	}
}
