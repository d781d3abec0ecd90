package cli

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// texts is where a worker finds texts, and records what became of them and of
// the carrier's account.
type texts interface {
	delivery.Outbox
	delivery.Upkeep
	RaiseAlerts(ctx context.Context) error
}

// newWorker makes the worker that sends the texts of a file: through SNS when
// it is configured, and otherwise only recording that they were not sent. What
// else it needs is in the options.
func newWorker(t texts, clock func() engine.Instant, o delivery.Options) *delivery.Worker {
	o.Outbox, o.Upkeep, o.Clock, o.Random, o.Chores = t, t, clock, rand.Int64N, t.RaiseAlerts
	o.Sender = &delivery.Auto{SNS: &delivery.SNS{}, Otherwise: delivery.Console{}}
	return delivery.NewWorker(o)
}

// sentDTO is one text that was handed to a sender. With are the rows that went
// with it, as one text.
type sentDTO struct {
	ID     string   `json:"id"`
	State  string   `json:"state"`
	Reason *string  `json:"reason"`
	Detail *string  `json:"detail"`
	Sender *string  `json:"sender"`
	At     *string  `json:"settled_at"`
	With   []string `json:"with"`
}

// statsDTO answers send --once. Held says that what is due was left for later,
// and held_reason why; next_at is when the next text of the file goes, null if
// none waits.
type statsDTO struct {
	Accepted   int       `json:"accepted"`
	Refused    int       `json:"refused"`
	Unknown    int       `json:"unknown"`
	Cancelled  int       `json:"cancelled"`
	Requeued   int       `json:"requeued"`
	Recovered  int       `json:"recovered"`
	Held       bool      `json:"held"`
	HeldReason *string   `json:"held_reason"`
	Items      []sentDTO `json:"items"`
	NextAt     *string   `json:"next_at"`
	NextReason *string   `json:"next_reason"` // what holds it back
	Due        *int      `json:"due"`         // of the store, and held back; null where nobody is signed in
	HeldBack   *int      `json:"held_back"`
}

func (a *app) sendCommand() *cobra.Command {
	var once, watch bool
	cmd := &cobra.Command{
		Use: "send", Args: takes(0, 0), Example: "  bounceback send --once\n  bounceback send --watch",
		PreRunE: func(cmd *cobra.Command, _ []string) error { return atMostOne(cmd, "once", "watch") },
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.enterAny(cmd.Context()); err != nil {
				return err
			}
			if watch {
				return a.sendOn(cmd.Context())
			}
			return a.sendOnce(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&once, "once", false, "")
	cmd.Flags().BoolVar(&watch, "watch", false, "")
	return cmd
}

// enterAny opens the file for what concerns all its stores. Of several none is
// chosen, and the words are the machine's.
func (a *app) enterAny(ctx context.Context) error {
	err := a.enter(ctx)
	if engine.CodeOf(err) == engine.CodeWhichStore {
		return nil
	}
	return err
}

func (a *app) sendOnce(ctx context.Context) error {
	items := []sentDTO{}
	w := newWorker(a.file, a.env.Clock, delivery.Options{Settled: func(out delivery.Outgoing, s delivery.Settlement) {
		items = append(items, a.sentDTO(s))
		a.showSettled(out, s)
	}})
	stats, err := w.RunOnce(ctx)
	if err != nil {
		return err
	}
	next, err := a.file.NextText(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	d := statsDTO{
		Accepted: stats.Accepted, Refused: stats.Refused, Unknown: stats.Unknown, Cancelled: stats.Cancelled,
		Requeued: stats.Requeued, Recovered: stats.Recovered, Held: stats.Held, HeldReason: text(string(stats.Why)), Items: items,
		NextAt: a.timeText(next.Due), NextReason: text(next.Reason),
	}
	if desk, err := a.textDesk(context.WithoutCancel(ctx)); err == nil {
		d.Due, d.HeldBack = &desk.Due, &desk.Held
	}
	err = a.answer(d, func() { a.showStats(d, stats, next) })
	if err == nil && stats.Why == delivery.ReasonNoSender && next.Due != 0 && next.Due <= a.env.Clock() {
		err = engine.Refuse(CodeNoSenderHere)
	}
	return err
}

// CodeNoSenderHere says that texts are due, AWS is not set up on this machine,
// and another one has sent texts of the file through it.
const CodeNoSenderHere engine.Code = "no_sender_here"

// showStats says what became of texts, what holds those back that were left, and
// when the next one goes.
func (a *app) showStats(d statsDTO, stats delivery.Stats, next engine.Message) {
	a.say("%s", a.words.T("cli.sent", "accepted", stats.Accepted, "refused", stats.Refused, "unknown", stats.Unknown,
		"cancelled", stats.Cancelled, "requeued", stats.Requeued))
	a.showHold(stats.Why)
	if d.Due != nil {
		a.say("%s", a.words.T("cli.waiting", "due", *d.Due, "held", *d.HeldBack))
	}
	a.say("%s", a.nextText(next))
}

// showHold says why texts are left for later, if they are.
//
// words: cli.hold.*
func (a *app) showHold(why delivery.Reason) {
	if why != "" && !a.JSON {
		a.note("%s", a.words.T("cli.hold."+string(why)))
	}
}

// textDesk is what waits in the store. Sending asks for nobody's PIN, so that it
// may be known to nobody.
func (a *app) textDesk(ctx context.Context) (engine.TextDesk, error) {
	if a.store.ID.IsZero() {
		return engine.TextDesk{}, engine.Refuse(engine.CodeWhichStore)
	}
	if err := a.signIn(ctx); err != nil {
		return engine.TextDesk{}, err
	}
	desk, err := a.file.Desk(ctx, a.actor)
	return desk.Texts, err
}

// sendOn sends until it is stopped; with --json one line a text.
func (a *app) sendOn(ctx context.Context) error {
	o := delivery.Options{Holds: a.showHold, Settled: func(out delivery.Outgoing, s delivery.Settlement) {
		a.showSettled(out, s)
		if a.JSON {
			_ = json.NewEncoder(a.env.Stdout).Encode(a.sentDTO(s)) // the row has it as well
		}
	}}
	if !a.JSON {
		a.note("%s", a.words.T("cli.watching"))
	}
	if a.env.Terminal && !a.JSON {
		o.Wait = a.tellingNext()
	}
	newWorker(a.file, a.env.Clock, o).Run(ctx, a.tell)
	return nil
}

// tellingNext waits as a worker does, and says before it when the next text
// goes, unless that was said already.
func (a *app) tellingNext() func(context.Context, time.Duration, <-chan struct{}) error {
	said := ""
	return func(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
		if next, err := a.file.NextText(ctx); err == nil && wake != nil {
			if line := a.nextText(next); line != said {
				a.note("%s", line)
				said = line
			}
		}
		return delivery.Wait(ctx, d, wake)
	}
}

// nextText says when the next text goes and what holds it back.
func (a *app) nextText(m engine.Message) string {
	if m.Due == 0 {
		return a.words.T("cli.none_waiting")
	}
	return strings.TrimSpace(a.words.T("cli.next_text", "at", a.format.DateTime(m.Due), "why", a.words.TextReason(string(delivery.StateQueued), m.Reason)))
}

// showSettled says what became of a text. Numbers and codes are not for the
// mail that cron makes of it.
func (a *app) showSettled(out delivery.Outgoing, s delivery.Settlement) {
	if a.JSON {
		return
	}
	merged := ""
	if len(s.With) > 0 {
		merged = a.words.N("cli.merged", len(s.With))
	}
	a.say("%s", joinCells(s.ID.String(), engine.Phone{E164: out.To}.Masked(), messageState(a.words, string(s.State)), merged, a.words.TextReason(string(s.State), string(s.Reason))))
}

func (a *app) sentDTO(s delivery.Settlement) sentDTO {
	d := sentDTO{
		ID: s.ID.String(), State: string(s.State), Reason: text(string(s.Reason)), Detail: text(s.Detail), Sender: text(s.Sender), At: a.timeText(s.At),
		With: make([]string, 0, len(s.With)),
	}
	for _, one := range s.With {
		d.With = append(d.With, one.ID.String())
	}
	return d
}
