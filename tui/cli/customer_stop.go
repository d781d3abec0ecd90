package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) customerStop() *cobra.Command {
	return &cobra.Command{
		Use: "stop PHONE", Args: takes(1, 1), Example: "  bounceback customer stop '(11) 98765-4321'",
		RunE: a.work(func(ctx context.Context, args []string) error {
			p, err := engine.ParsePhone(args[0], a.store.Country)
			if err != nil {
				return err
			}
			c, err := a.file.StopTexts(ctx, a.actor, p.E164)
			if err != nil {
				return err
			}
			d := stopDTO{Phone: p.E164, Stopped: true}
			if !c.ID.IsZero() {
				who := a.customerDTO(c)
				d.Customer = &who
			}
			return a.answer(d, func() { a.say("%s", joinCells(a.words.T("cli.stopped", "phone", p.National()), c.Name)) })
		}),
	}
}

// showConsents writes the answers of a customer about texts, newest first.
func (a *app) showConsents(all []engine.ConsentRecord) {
	if len(all) == 0 {
		return
	}
	a.say("")
	w, t := a.words, table{}
	t.column(w, "when", left)
	t.column(w, "consent", left)
	t.column(w, "how", left)
	t.column(w, "staff", left)
	t.column(w, "register", left)
	t.column(w, "asked", left)
	for _, r := range all {
		t.add(a.format.DateTime(r.At), consentWord(w, r.Answer), originWord(w, r.Channel), r.Staff, r.Register, r.Wording)
	}
	a.print(t)
}

// originWord says where something came from.
//
// words: lists.origin.*
func originWord(w *words.Words, o engine.Origin) string {
	if o == "" {
		return ""
	}
	return w.T("lists.origin." + string(o))
}
