package screen

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
	"bounceback/tui/kit"
)

// wordingJob is a wording to be edited: of which text, for whom, and where it
// goes when it is done.
type wordingJob struct {
	store    engine.Store    // as it would be
	campaign engine.Campaign // whose texts it is for; without one: the shop's
	step     engine.TextStep
	text     string
	standard string // is used while there is none
	keep     func(text string)
}

// wordingPage is the page on which a wording is typed, with the text that comes
// of it. What is typed goes back to the form that asked for it.
type wordingPage struct {
	base
	job     wordingJob
	line    kit.Line
	format  *words.Format // as texts are written
	sample  wordingSample
	review  delivery.Review
	fault   error // why it cannot be used
	top     int   // first line of the lower pane in sight
	width   int   // of the last View
	leaving bool
}

// The keys of the page.
var (
	wordingKeep     = kit.Bind("wording.keep", "enter", "ctrl+s")
	wordingField    = kit.Bind("wording.field", "tab", "f2")
	wordingStandard = kit.Bind("wording.standard", "f3", "ctrl+t")
	wordingMove     = kit.Bind("wording.move", "up", "down")
	wordingScroll   = kit.Bind("wording.scroll", "pgdown", "pgup")
	wordingLeave    = kit.Bind("wording.leave", "esc")
)

// newWording is the page of a wording.
func newWording(env *Env, job wordingJob) Screen {
	p := &wordingPage{base: newBase(env, "wording"), job: job, line: kit.NewLine(job.text), format: textFormat(env, job.store)}
	p.line.Limit = engine.MaxTemplate
	p.look()
	return p
}

// Init looks for a real coupon to show the text with.
func (p *wordingPage) Init() tea.Cmd {
	return read(&p.base, p.findSample, func(found wordingSample) tea.Cmd {
		p.sample = found
		p.look()
		return nil
	})
}

// Title says which text it is.
//
// words: wording.title.issue wording.title.day wording.title.last wording.title.several
func (p *wordingPage) Title() string { return p.t("wording.title." + string(p.job.step)) }

// Typing is always so.
func (p *wordingPage) Typing() bool { return true }

// Keys are those of the page.
func (p *wordingPage) Keys() []kit.Group { return []kit.Group{wordingKeys()} }

// words: wording.title wording.keep wording.keep.help wording.field wording.field.help wording.standard wording.standard.help
// words: wording.move wording.move.help wording.scroll wording.scroll.help wording.leave wording.leave.help
func wordingKeys() kit.Group {
	return kit.Group{Title: "wording.title", Bindings: []kit.Binding{
		wordingKeep, wordingField, wordingStandard, wordingMove, wordingScroll, wordingLeave,
	}}
}

// Msg takes what was read. Without a real coupon the example stays.
func (p *wordingPage) Msg(msg tea.Msg) tea.Cmd {
	cmd, _ := p.msg(msg, p.fail)
	return cmd
}

// Event takes keys, scans and pastes.
func (p *wordingPage) Event(ev kit.Event) tea.Cmd {
	if cmd, taken := p.asking(ev); taken {
		return cmd
	}
	leaving := p.leaving
	p.leaving = false
	switch {
	case wordingLeave.Matches(ev):
		if leaving || !p.changed() {
			return send(BackMsg{})
		}
		p.leaving = true
		p.say(kit.Caution, p.t("kit.form.discard"))
	case wordingKeep.Matches(ev):
		return p.done()
	case wordingField.Matches(ev):
		p.pickField()
	case wordingStandard.Matches(ev):
		p.begin()
	case wordingScroll.Matches(ev):
		p.scroll(ev)
	case wordingMove.Matches(ev):
		p.climb(ev)
	default:
		p.edit(ev)
	}
	return nil
}

// begin takes the standard wording, seen from its first line on.
func (p *wordingPage) begin() {
	p.line.Set(p.job.standard)
	p.line.Update(kit.Key{Name: "home"})
	p.top = 0
	p.look()
}

// edit types. A scan belongs to no wording.
func (p *wordingPage) edit(ev kit.Event) {
	if _, scanned := ev.(kit.Scan); !scanned && p.line.Update(ev) {
		p.look()
	}
}

func (p *wordingPage) climb(ev kit.Event) {
	dir := 1
	if k, ok := ev.(kit.Key); ok && k.Name == "up" {
		dir = -1
	}
	p.line.Climb(dir, p.width)
}

// scrolled is how many lines one key moves the lower pane.
const scrolled = 3

func (p *wordingPage) scroll(ev kit.Event) {
	if k, ok := ev.(kit.Key); ok && k.Name == "pgup" {
		p.top = max(0, p.top-scrolled)
		return
	}
	p.top += scrolled // View brings it back to the last line
}

// text is what was typed.
func (p *wordingPage) text() string { return strings.TrimSpace(p.line.Text()) }

func (p *wordingPage) changed() bool { return p.text() != p.job.text }

// pickField puts one of the fields in at the cursor.
func (p *wordingPage) pickField() {
	var options []kit.Option
	for _, name := range delivery.FieldNames(p.job.step) {
		options = append(options, kit.Option{Value: name, Label: "{" + name + "}  " + p.t("wording.fields."+name)})
	}
	// words: wording.fields.*
	p.pick(p.t("wording.field.ask"), options, func(name string) tea.Cmd {
		p.line.Insert("{" + name + "}")
		p.look()
		return nil
	})
}

// done gives the wording back to the form: not one with a fault, and one that
// is odd only after a question.
func (p *wordingPage) done() tea.Cmd {
	switch {
	case !p.changed():
		return send(BackMsg{})
	case p.fault != nil:
		p.say(kit.Wrong, p.faultText())
		return nil
	case len(p.warnings()) > 0:
		p.confirm(p.t("wording.ask"), "! "+strings.Join(p.warnings(), "\n! "), p.kept)
		return nil
	}
	return p.kept()
}

func (p *wordingPage) kept() tea.Cmd {
	text := p.text()
	if text == p.job.standard {
		text = "" // and so it follows the standard one when that changes
	}
	p.job.keep(text)
	return backSaying(kit.Fine, p.t("wording.kept"))
}
