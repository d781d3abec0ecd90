package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) messageCommands() *cobra.Command {
	cmd := group("message", a.messageList(), a.messageShow(), a.messageResend())
	cmd.Example = "  bounceback message list --state unknown"
	return cmd
}

func (a *app) messageList() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback message list --state unknown",
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
	f.states = []string{"queued", "sending", "accepted", "refused", "unknown", "cancelled"}
	f.bindPage(cmd)
	return cmd
}

// messageState names a state.
//
// words: core.message_state.*
func messageState(w *words.Words, state string) string { return w.T("core.message_state." + state) }

// reasonSentence says why a text is not accepted.
//
// words: delivery.reason.*
func reasonSentence(w *words.Words, reason string) string {
	if reason == "" {
		return ""
	}
	return w.T("delivery.reason." + reason)
}

func (a *app) showMessages(p engine.Page[engine.Message]) {
	w, t := a.words, table{}
	t.column(w, "when", left)
	t.column(w, "coupon", left)
	t.column(w, "customer", left)
	t.column(w, "to", left)
	t.column(w, "state", left)
	t.column(w, "parts", right)
	t.column(w, "id", left)
	for _, m := range p.Items {
		t.add(a.format.DateTime(m.Created), engine.ShowCode(m.CouponCode), m.Customer, m.To, messageState(w, m.State), strconv.Itoa(m.Parts), m.ID.String())
	}
	a.print(t)
	a.more(p.Next)
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
	f.add(w, "state", messageState(w, m.State))
	f.add(w, "note", reasonSentence(w, m.Reason))
	f.add(w, "detail", m.Detail)
	f.add(w, "customer", m.Customer)
	f.add(w, "to", m.To)
	f.add(w, "coupon", engine.ShowCode(m.CouponCode))
	f.add(w, "text", m.Body)
	f.add(w, "parts", strconv.Itoa(m.Parts)+" "+m.Encoding)
	f.add(w, "attempts", strconv.Itoa(m.Attempts))
	f.add(w, "due_at", a.timeOrEmpty(m.Due))
	f.add(w, "sender", m.Sender)
	f.add(w, "id", m.ID.String())
	a.printFacts(f)
}

func (a *app) messageResend() *cobra.Command {
	return &cobra.Command{
		Use: "resend ID", Args: takes(1, 1), Example: "  bounceback message resend 019a9f3e-6c00-7000-8000-000000000001",
		RunE: a.work(func(ctx context.Context, args []string) error {
			id, err := engine.ParseID(args[0])
			if err != nil {
				return err
			}
			m, err := a.file.ResendMessage(ctx, a.actor, id)
			if err != nil {
				return err
			}
			return a.answer(a.messageDTO(m), func() { a.showMessage(m) })
		}),
	}
}
