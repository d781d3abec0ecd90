package screen

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// The keys that try a campaign on past sales: on its page, in its form, and
// beside another on what was found.
var (
	campaignTry  = kit.Bind("lists.campaign.try", "t")
	formTry      = kit.Bind("lists.campaign.try", "f8", "ctrl+t")
	simulateWith = kit.Bind("simulate.with", "v")
	simulateStop = kit.Bind("simulate.stop", "esc")
)

// words: lists.campaign.try lists.campaign.try.help simulate.with simulate.with.help simulate.stop simulate.stop.help

// simulatePage tries drafts on past sales: it shows how far it is, and then
// what was found, as a report.
type simulatePage struct {
	base
	drafts    []engine.Campaign
	ctx       context.Context //nolint:containedctx // of the one run; the page's key ends it
	stop      context.CancelFunc
	done, all atomic.Int64
	running   bool
	gone      string      // why nothing was found
	page      *reportPage // of what was found; nil before
}

// simulateEvery is how often the page says how far it is, while it runs.
const simulateEvery = 250 * time.Millisecond

// simulateTick asks a page to say how far it is.
type simulateTick struct{ to string }

func newSimulatePage(env *Env, drafts ...engine.Campaign) Screen {
	p := &simulatePage{base: newBase(env, "simulate"), drafts: drafts}
	p.ctx, p.stop = context.WithCancel(env.Ctx)
	return p
}

// simulate opens the page for a campaign.
func simulate(b *base, c engine.Campaign) tea.Cmd { return open(newSimulatePage(b.env, c)) }

// try tries what the form says, with or without a title.
func (f *campaignForm) try() tea.Cmd {
	c := f.campaign(f.page.form.Values())
	c.Title = orDash(c.Title)
	return simulate(&f.page.base, c)
}

// Init begins.
func (p *simulatePage) Init() tea.Cmd {
	today, shop, ctx := p.today(), p.env.Shop, p.ctx
	req := engine.SimulationRequest{Drafts: p.drafts, From: engine.SimulatedFrom(today)}
	p.running = true
	job := read(&p.base, func(_ context.Context, a engine.Actor) (engine.Simulation, error) {
		return shop.Simulate(ctx, a, req, func(done, all int64) {
			p.done.Store(done)
			p.all.Store(all)
		})
	}, p.found)
	return tea.Batch(job, p.tick())
}

func (p *simulatePage) tick() tea.Cmd {
	to := p.name
	return tea.Tick(simulateEvery, func(time.Time) tea.Msg { return simulateTick{to} })
}

// found shows what was found.
func (p *simulatePage) found(s engine.Simulation) tea.Cmd {
	p.running = false
	p.stop()
	w := func(r reader) (report.Doc, error) { return r.pen.Simulation(s), nil }
	p.page = &reportPage{base: newBase(p.env, "report"), kind: reportKind{name: "simulate", title: "report.simulate.title", write: w}}
	if len(p.drafts) < engine.MaxSimulated {
		p.page.acts = []act{{simulateWith, p.askOther}}
	}
	return p.page.Init()
}

// askOther lets another campaign be chosen, to compare with.
func (p *simulatePage) askOther() tea.Cmd {
	b := &p.page.base
	return read(b, func(ctx context.Context, a engine.Actor) (engine.Page[engine.Campaign], error) {
		return p.env.Shop.Campaigns(ctx, a, engine.Filter{})
	}, func(all engine.Page[engine.Campaign]) tea.Cmd {
		var options []kit.Option
		known := map[string]engine.Campaign{}
		for _, c := range all.Items {
			if c.ID != p.drafts[0].ID {
				options = append(options, kit.Option{Value: c.ID.String(), Label: c.Title})
				known[c.ID.String()] = c
			}
		}
		if len(options) == 0 {
			b.say(kit.Caution, p.t("simulate.no_other"))
			return nil
		}
		b.pick(p.t("simulate.ask"), options, func(id string) tea.Cmd {
			return open(newSimulatePage(p.env, p.drafts[0], known[id]))
		})
		return nil
	})
}

// Title names the page.
func (p *simulatePage) Title() string { return p.t("report.simulate.title") }

// Typing tells whether an answer is being typed.
func (p *simulatePage) Typing() bool { return p.page != nil && p.page.Typing() }

// Msg takes what was found, and draws anew how far it is.
func (p *simulatePage) Msg(msg tea.Msg) tea.Cmd {
	if t, ok := msg.(simulateTick); ok {
		if t.to == p.name && p.running {
			return p.tick()
		}
		return nil
	}
	if p.page != nil {
		return p.page.Msg(msg)
	}
	cmd, _ := p.msg(msg, func(err error) { p.running, p.gone = false, p.env.explain(err) })
	return cmd
}

// Event takes keys. Leaving ends the run.
func (p *simulatePage) Event(ev kit.Event) tea.Cmd {
	if p.page != nil {
		return p.page.Event(ev)
	}
	if simulateStop.Matches(ev) {
		p.stop()
		p.running = false
		return send(BackMsg{})
	}
	return nil
}

// Keys are those of what was found.
func (p *simulatePage) Keys() []kit.Group {
	if p.page != nil {
		return p.page.Keys()
	}
	return []kit.Group{{Title: "report.simulate.title", Bindings: []kit.Binding{simulateStop, simulateWith}}}
}

// View draws how far it is, or what was found.
func (p *simulatePage) View(width, height int) string {
	if p.page != nil {
		return p.page.View(width, height)
	}
	return p.frame(width, height, p.Title(), func(w, _ int) []string { return p.progress(w) }, simulateStop)
}

// barWidth is how long the bar of progress is at most.
const barWidth = 40

func (p *simulatePage) progress(width int) []string {
	if p.gone != "" {
		return kit.Wrap(p.gone, width)
	}
	done, all, room := p.done.Load(), p.all.Load(), int64(min(barWidth, max(0, width-2)))
	full := int64(0)
	if all > 0 {
		full = done * room / all
	}
	count := func(n int64) string { return p.env.Format.Count(int(n)) }
	return []string{
		kit.Clip(p.t("simulate.running", "title", p.drafts[0].Title), width),
		"",
		"[" + strings.Repeat("#", int(full)) + strings.Repeat(".", int(room-full)) + "]",
		kit.Clip(p.t("simulate.done", "done", count(done), "all", count(all)), width),
	}
}
