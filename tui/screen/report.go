package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// reportPage is the page of one report: a report.Doc drawn for the terminal,
// with a marker over all that leads somewhere.
//
//	report.go        keys and reading
//	report_list.go   which reports there are
//	report_draw.go   blocks, as lines
//	report_table.go  tables and grids, which may be wider than the window
//	report_follow.go where links lead
//	report_export.go files
type reportPage struct {
	base
	kind  reportKind
	acts  []act  // beside the keys of every report
	dates string // value of the filter of dates
	label string

	doc    report.Doc
	loaded bool
	gone   string // why it could not be read

	at    int  // which link is marked
	top   int  // first line in sight
	side  int  // columns of tables left out behind the first
	most  int  // of them
	room  int  // lines seen in the last View
	links int  // of the last View
	held  bool // what is in sight follows the marked link
	seen  bool // the marked link was in sight in the last View
	size  [2]int
}

// The keys of every report. Moving, opening and leaving are those of a detail.
var (
	reportSide   = kit.Bind("report.key.side", "left", "right")
	reportExport = kit.Bind("report.key.export", "e")
	reportSplit  = kit.Bind("report.key.split", "b")
	reportAgain  = kit.Bind("report.key.again", "r", "f5", "ctrl+r")
)

// newReport is the page of a report of some days; nil if there is none of this
// name. No days are those it begins with.
func newReport(env *Env, name string, from, to engine.Day) Screen {
	k := reportNamed(name)
	if k == nil {
		return nil
	}
	p := &reportPage{base: newBase(env, "report"), kind: *k}
	p.dates = k.first
	if from != 0 || to != 0 {
		p.dates, p.label = datesValue(from, to), p.datesLabel(from, to)
	}
	return p
}

// Init reads the report.
func (p *reportPage) Init() tea.Cmd {
	r, write := reader{shop: p.env.Shop, pen: p.pen()}, p.kind.write
	if p.kind.days {
		r.from, r.to = daysOf(p.dates, p.today())
	}
	return read(&p.base, func(ctx context.Context, a engine.Actor) (report.Doc, error) {
		r.ctx, r.actor = ctx, a
		return write(r)
	}, func(d report.Doc) tea.Cmd {
		p.doc, p.loaded, p.gone = d, true, ""
		return nil
	})
}

// pen is what reports are written with.
func (b *base) pen() report.Pen {
	return report.Pen{Words: b.env.Words, Format: b.env.Format, Store: b.env.Store(), Today: b.today()}
}

// Title names the report.
func (p *reportPage) Title() string { return p.t(p.kind.title) }

// Typing tells whether an answer is being typed.
func (p *reportPage) Typing() bool { return p.dialog != nil }

// Msg takes what was read, and reads anew when the file has changed.
func (p *reportPage) Msg(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(ChangedMsg); ok {
		return p.Init()
	}
	cmd, _ := p.msg(msg, p.failed)
	return cmd
}

func (p *reportPage) failed(err error) {
	if !p.loaded {
		p.gone = p.env.explain(err)
		return
	}
	p.fail(err)
}

// Event takes keys.
func (p *reportPage) Event(ev kit.Event) tea.Cmd {
	if cmd, taken := p.asking(ev); taken {
		return cmd
	}
	switch {
	case detailBack.Matches(ev):
		return send(BackMsg{})
	case reportAgain.Matches(ev):
		return p.Init()
	case chipDates.Matches(ev) && p.kind.days:
		return p.nextDates()
	case chipTyped.Matches(ev) && p.kind.days:
		return p.askDays(p.setDates)
	case reportSplit.Matches(ev) && p.kind.next != "":
		return p.split()
	case !p.loaded:
	case reportExport.Matches(ev):
		return p.may(engine.MayExport, func() tea.Cmd { return p.askExport() })
	default:
		return p.look(ev)
	}
	return nil
}

// look moves the marker and what is in sight, and follows links.
func (p *reportPage) look(ev kit.Event) tea.Cmd {
	k, _ := ev.(kit.Key)
	switch {
	case detailMove.Matches(ev):
		p.move(k.Name == "up" || k.Name == "shift+tab")
	case detailScroll.Matches(ev):
		p.scroll(k.Name)
	case reportSide.Matches(ev):
		if k.Name == "left" {
			p.side = max(0, p.side-1)
		} else {
			p.side = min(p.most, p.side+1)
		}
	case detailOpen.Matches(ev):
		if p.held = true; p.seen && p.at < p.links {
			return p.follow(p.marked())
		}
	default:
		return sheet{acts: p.acts}.key(ev)
	}
	return nil
}

// marked is the link the marker stands at.
func (p *reportPage) marked() report.Link {
	d := p.drawn(p.size[0], p.size[1])
	return d.links[p.at]
}

// move moves the marker, or what is in sight where nothing leads further.
func (p *reportPage) move(up bool) {
	step := 1
	if up {
		step = -1
	}
	if next := p.at + step; p.links > 0 && next >= 0 && next < p.links {
		p.at, p.held = next, true
		return
	}
	p.held = false
	p.top += step
}

func (p *reportPage) scroll(name string) {
	page := max(1, p.room-1)
	p.held = false
	switch name {
	case "pgup":
		p.top -= page
	case "pgdown":
		p.top += page
	case "home":
		p.top, p.at = 0, 0
	case "end":
		p.top, p.at = 1<<20, max(0, p.links-1) // View brings it back to the last page
	}
}

// split turns to the same report split by something else.
func (p *reportPage) split() tea.Cmd {
	p.kind = *reportNamed(p.kind.next)
	p.loaded, p.at, p.top, p.side = false, 0, 0, 0
	return p.Init()
}

// nextDates turns to the next of the usual spans of days.
func (p *reportPage) nextDates() tea.Cmd {
	next := map[string]string{"": datesToday, datesToday: datesWeek, datesWeek: datesMonth, datesMonth: datesThis}
	if p.dates, p.label = next[p.dates], ""; p.dates == "" && p.kind.first != "" {
		p.dates = datesToday // it has to be of some days
	}
	return p.Init()
}

func (p *reportPage) setDates(from, to engine.Day) tea.Cmd {
	p.dates, p.label = datesValue(from, to), p.datesLabel(from, to)
	return p.Init()
}

// Keys are those of reports.
//
// words: report.keys report.key.side report.key.side.help report.key.export report.key.export.help
// words: report.key.split report.key.split.help report.key.again report.key.again.help
func (p *reportPage) Keys() []kit.Group {
	return []kit.Group{reportKeys()}
}

func reportKeys() kit.Group {
	return kit.Group{Title: "report.keys", Bindings: []kit.Binding{
		detailMove, detailOpen, detailBack, detailScroll, reportSide, chipDates, chipTyped, reportSplit, reportExport, reportAgain,
	}}
}

// View draws the report.
func (p *reportPage) View(width, height int) string {
	title := p.Title()
	if p.kind.days && p.loaded && p.doc.Span != "" {
		title += " · " + p.doc.Span
	}
	links, most := p.leads(width, height)
	keys := []kit.Binding{detailMove}
	if links > 0 {
		keys = append(keys, detailOpen)
	}
	if keys = append(keys, detailBack); most > 0 {
		keys = append(keys, reportSide)
	}
	if p.kind.next != "" {
		keys = append(keys, reportSplit)
	}
	if p.kind.days {
		keys = append(keys, chipDates, chipTyped)
	}
	keys = append(append(keys, binds(p.acts)...), reportExport, reportAgain)
	return p.frame(width, height, title, p.body, keys...)
}

// leads tells how much can be opened in a window, and how many columns moved.
func (p *reportPage) leads(width, height int) (links, most int) {
	if !p.loaded {
		return 0, 0
	}
	d := p.drawn(width, height)
	return len(d.links), d.most
}

// body draws what is in sight: the head at first, the marked link once it has
// been moved.
func (p *reportPage) body(width, height int) []string {
	if !p.loaded {
		text := p.t("kit.list.loading")
		if p.gone != "" {
			text = p.gone
		}
		return kit.Wrap(text, width)
	}
	p.size = [2]int{width, height}
	d := p.drawn(width, height)
	p.links = len(d.links)
	p.at = max(0, min(p.at, p.links-1))
	p.most = d.most
	p.side = min(p.side, p.most)
	return p.inSight(d.out, d.from, d.to, width, height)
}

// inSight is a window on some lines, with how many are out of sight below it.
func (p *reportPage) inSight(lines []string, from, to, width, height int) []string {
	all, mark := len(lines), len(lines) > height && height > 2
	if mark {
		height--
	}
	p.room = height
	if p.held && to > from {
		p.top = max(min(p.top, from), to-height)
	}
	p.top = max(0, min(p.top, all-height))
	p.seen = to > from && from >= p.top && from < p.top+height
	lines = lines[p.top:]
	lines = lines[:min(len(lines), max(0, height))]
	if mark {
		text := kit.Scrolled(p.env.Words, p.top, all-p.top-len(lines))
		lines = append(lines[:len(lines):len(lines)], kit.NoMarker+p.env.Styles.Dim.Render(kit.Clip(text, width-len(kit.NoMarker))))
	}
	return lines
}
