package screen

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// texts is the list of all texts with the figures of today and of the month
// above it.
type texts struct {
	*browse
	reading kit.Seq
	read    bool
	figures textFigures
}

// textFigures are what stands above the list.
type textFigures struct {
	today, month engine.TextFigures
	desk         engine.TextDesk
}

// gotTextFigures brings them. Who may not see them sees the list without.
type gotTextFigures struct {
	to  string
	seq uint64
	textFigures
	err error
}

func newTexts(b *browse) *texts {
	l := &texts{browse: b}
	b.above = l.strip
	return l
}

// Init asks for the first page and the figures.
func (l *texts) Init() tea.Cmd { return tea.Batch(l.browse.Init(), l.count()) }

// Msg takes the figures, and counts anew when the file has changed.
func (l *texts) Msg(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case gotTextFigures:
		if msg.to == l.name && !l.reading.Stale(msg.seq) && msg.err == nil {
			l.figures, l.read = msg.textFigures, true
		}
		return nil
	case ChangedMsg:
		return tea.Batch(l.browse.Msg(msg), l.count())
	}
	return l.browse.Msg(msg)
}

// count reads the figures of today and of this month.
func (l *texts) count() tea.Cmd {
	actor, ctx, shop, today := l.env.Actor(), l.env.Ctx, l.env.Shop, l.today()
	got := gotTextFigures{to: l.name, seq: l.reading.Next()}
	return func() tea.Msg {
		got.textFigures, got.err = readTextFigures(ctx, shop, actor, today)
		return got
	}
}

// textReader is what the figures are read from.
type textReader interface {
	Desk(ctx context.Context, a engine.Actor) (engine.Desk, error)
	TextFigures(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.TextFigures, error)
}

func readTextFigures(ctx context.Context, from textReader, a engine.Actor, today engine.Day) (f textFigures, err error) {
	if f.today, err = from.TextFigures(ctx, a, today, today); err != nil {
		return f, err
	}
	first := engine.DayOf(today.Date().Year(), today.Date().Month(), 1)
	if f.month, err = from.TextFigures(ctx, a, first, today); err != nil {
		return f, err
	}
	d, err := from.Desk(ctx, a)
	f.desk = d.Texts
	return f, err
}

// From how many lines on the month has a line of its own, and a second one.
const (
	roomForMonth = 10
	roomForMore  = 16
)

// strip is the figures in one line or two.
func (l *texts) strip(width, height int) []string {
	if !l.read || height < 5 {
		return nil
	}
	today, month := l.t("lists.texts.today"), l.t("lists.texts.month")
	label := max(kit.Width(today), kit.Width(month)) + 2
	lines := []string{l.figureLine(today, label, width, l.todayPieces())}
	if height < roomForMonth {
		return lines
	}
	lines = append(lines, l.figureLine(month, label, width, l.monthPieces()))
	if more := l.morePieces(); len(more) > 0 && height >= roomForMore {
		lines = append(lines, l.figureLine("", label, width, more))
	}
	for _, row := range kit.Wrap(l.trouble(), width) {
		lines = append(lines, l.env.Styles.Warn.Render(row))
	}
	return append(lines, "")
}

// trouble is what is wrong with the carrier's account; empty if nothing is
// known to be.
func (l *texts) trouble() string {
	h := l.figures.desk.Health
	return strings.TrimSpace(l.env.Words.TextReason("", h.Problem) + " " + kit.Clean(h.Detail))
}

func (l *texts) figureLine(name string, label, width int, pieces []piece) string {
	return l.env.Styles.Dim.Render(kit.Fit(name, label)) + fitted(l.env.Styles, pieces, width-label)
}

// piece is one figure of a line; where there is no room, the one of the highest
// rank goes first.
type piece struct {
	text string
	tone kit.Tone
	rank int
}

// fitted joins as many pieces as there is room for.
func fitted(st *kit.Styles, pieces []piece, width int) string {
	out := make([]string, len(pieces))
	worst := 0
	for i, p := range pieces {
		out[i] = inkOf(st, p.tone).Render(p.text)
		if p.rank >= pieces[worst].rank {
			worst = i
		}
	}
	line := strings.Join(out, st.Dim.Render(" · "))
	if kit.Width(line) <= width || len(pieces) <= 1 {
		return kit.Clip(line, width)
	}
	return fitted(st, slices.Delete(slices.Clone(pieces), worst, worst+1), width)
}

// counted is a piece of so many texts; dim when there are none.
func (l *texts) counted(key string, n int64, tone kit.Tone, rank int) piece {
	if n == 0 {
		tone, rank = kit.Faded, rank+10
	}
	return piece{l.env.Words.N(key, int(n)), tone, rank}
}

// todayPieces are what is due today, and what went.
//
// words: lists.texts.due lists.texts.held lists.texts.sent lists.texts.refused lists.texts.unknown
func (l *texts) todayPieces() []piece {
	f := l.figures.today
	return []piece{
		l.counted("lists.texts.due", f.DueToday, kit.Stressed, 0),
		l.counted("lists.texts.held", f.Held, kit.Caution, 3),
		l.counted("lists.texts.sent", f.Accepted, kit.Usual, 1),
		l.counted("lists.texts.refused", f.Refused, kit.Wrong, 2),
		l.counted("lists.texts.unknown", f.Unknown, kit.Caution, 1),
		{l.env.whole(f.Cost), kit.Usual, 4},
	}
}

// monthPieces are the texts of the month and what they cost.
//
// words: lists.texts.count lists.texts.parts lists.texts.repeated
func (l *texts) monthPieces() []piece {
	f := l.figures.month
	out := []piece{
		l.counted("lists.texts.count", f.Texts, kit.Usual, 1),
		l.counted("lists.texts.parts", f.Parts, kit.Usual, 3),
		{l.env.whole(f.Cost), kit.Stressed, 0},
	}
	if f.Repeated > 0 {
		out = slices.Insert(out, 1, l.counted("lists.texts.repeated", f.Repeated, kit.Usual, 4))
	}
	if f.PerRedeemed() > 0 {
		out = append(out, piece{l.t("lists.texts.each", "cost", l.env.whole(f.PerRedeemed())), kit.Usual, 2})
	}
	return out
}

// morePieces are how the month stands against the owner's limit, and what the
// carrier's reports say.
//
// words: lists.texts.delivered lists.texts.failed
func (l *texts) morePieces() []piece {
	f, desk := l.figures.month, l.figures.desk
	var out []piece
	if desk.Limit > 0 {
		out = append(out, piece{l.t("lists.texts.limit", "limit", l.env.whole(desk.Limit), "percent", desk.LimitUsed()), limitTone(desk), 0})
	}
	if f.Delivered+f.Failed > 0 {
		out = append(out, l.counted("lists.texts.delivered", f.Delivered, kit.Usual, 2), l.counted("lists.texts.failed", f.Failed, kit.Wrong, 1))
	}
	if f.PaidTexts > 0 {
		out = append(out, piece{l.t("lists.texts.paid", "amount", l.env.Format.PriceIn(f.Paid, "USD")), kit.Usual, 3})
	}
	return out
}

func limitTone(d engine.TextDesk) kit.Tone {
	switch {
	case d.LimitReached():
		return kit.Wrong
	case d.LimitNear():
		return kit.Caution
	}
	return kit.Usual
}

// whole writes a sum of prices as an amount of money: of a sum nobody wants
// what is smaller than a coin.
func (e *Env) whole(m engine.Micros) string { return e.Format.Money(m.Minor(e.Format.Exponent())) }
