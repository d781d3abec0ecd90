package cli

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"net"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/delivery/devsns"
)

// CodeListen says that an address cannot be listened on; with address, cause.
const CodeListen engine.Code = "listen"

// NewWorker makes the worker that sends the texts of a file: through SNS when
// it is configured, and otherwise only telling that they were not sent.
func NewWorker(o delivery.Outbox, clock func() engine.Instant, show func(delivery.Text), settled func(delivery.Outgoing, delivery.Settlement)) *delivery.Worker {
	return delivery.NewWorker(delivery.Options{
		Outbox: o, Clock: clock, Random: rand.Int64N, Settled: settled,
		Sender: &delivery.Auto{SNS: &delivery.SNS{}, Otherwise: delivery.Console{Show: show}},
	})
}

// sentDTO is one text that was handed to a sender.
type sentDTO struct {
	ID     string  `json:"id"`
	State  string  `json:"state"`
	Reason *string `json:"reason"`
	Detail *string `json:"detail"`
	Sender *string `json:"sender"`
	At     *string `json:"settled_at"`
}

// statsDTO answers send --once.
type statsDTO struct {
	Accepted  int       `json:"accepted"`
	Refused   int       `json:"refused"`
	Unknown   int       `json:"unknown"`
	Cancelled int       `json:"cancelled"`
	Requeued  int       `json:"requeued"`
	Recovered int       `json:"recovered"`
	Held      bool      `json:"held"`
	Items     []sentDTO `json:"items"`
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
	w := NewWorker(a.file, a.env.Clock, a.showUnsent, func(_ delivery.Outgoing, s delivery.Settlement) {
		items = append(items, a.sentDTO(s))
		a.showSettled(s)
	})
	stats, err := w.RunOnce(ctx)
	if err != nil {
		return err
	}
	d := statsDTO{
		Accepted: stats.Accepted, Refused: stats.Refused, Unknown: stats.Unknown, Cancelled: stats.Cancelled,
		Requeued: stats.Requeued, Recovered: stats.Recovered, Held: stats.Held, Items: items,
	}
	return a.answer(d, func() {
		a.say("%s", a.words.T("cli.sent", "accepted", stats.Accepted, "refused", stats.Refused, "unknown", stats.Unknown,
			"cancelled", stats.Cancelled, "requeued", stats.Requeued))
		if stats.Held {
			a.note("%s", a.words.T("cli.held"))
		}
	})
}

// sendOn sends until it is stopped; with --json one line a text.
func (a *app) sendOn(ctx context.Context) error {
	w := NewWorker(a.file, a.env.Clock, a.showUnsent, func(_ delivery.Outgoing, s delivery.Settlement) {
		a.showSettled(s)
		if a.JSON {
			_ = json.NewEncoder(a.env.Stdout).Encode(a.sentDTO(s)) // the row has it as well
		}
	})
	if !a.JSON {
		a.note("%s", a.words.T("cli.watching"))
	}
	w.Run(ctx, a.tell)
	return nil
}

// showUnsent shows a text that nobody is set up to send.
func (a *app) showUnsent(t delivery.Text) {
	if !a.JSON {
		a.say("%s", a.words.T("cli.not_sent", "to", t.To, "body", t.Body))
	}
}

func (a *app) showSettled(s delivery.Settlement) {
	if a.JSON {
		return
	}
	a.say("%s  %s  %s", s.ID, messageState(a.words, string(s.State)), reasonSentence(a.words, string(s.Reason)))
}

func (a *app) sentDTO(s delivery.Settlement) sentDTO {
	return sentDTO{
		ID: s.ID.String(), State: string(s.State), Reason: text(string(s.Reason)), Detail: text(s.Detail), Sender: text(s.Sender), At: a.timeText(s.At),
	}
}

func (a *app) devSNSCommand() *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use: "dev-sns", Args: takes(0, 0), Example: "  bounceback dev-sns --listen 127.0.0.1:9911",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ln, err := net.Listen("tcp", address)
			if err != nil {
				return engine.Broken(CodeListen, err, "address", address)
			}
			return devsns.Run(cmd.Context(), ln, a.env.Stdout, a.words, devsns.Config{Clock: a.env.Clock, Random: a.env.Random})
		},
	}
	cmd.Flags().StringVar(&address, "listen", "127.0.0.1:9911", "")
	return cmd
}
