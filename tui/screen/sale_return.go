package screen

import (
	"context"
	"crypto/rand"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// lineReturn is the form for taking units of a sale's lines back. What the
// return would do is asked of the store at each change, and shown before it is
// done.
type lineReturn struct {
	*editor
	facts  saleFacts
	key    string         // makes saving it twice one return
	asked  string         // the units that were last asked about
	shown  engine.Preview // the answer
	shows  string         // the units it is for; empty: none yet
	failed error          // why there is no answer for the units asked about
}

// newLineReturn is the form for a sale of lines.
func newLineReturn(env *Env, f saleFacts) *lineReturn {
	r := &lineReturn{facts: f, key: rand.Text()}
	var fields []kit.Field
	for _, l := range f.sale.Lines {
		if left := l.Line.Units - l.Returned; left > 0 && !l.Gift {
			fields = append(fields, r.field(env, l, left))
		}
	}
	ask := r.policy(env) == engine.SpentAsk
	fields = append(fields,
		kit.Field{Name: "reason", Label: "lists.return.reason", Hint: "lists.return.reason.help", Limit: 200},
		kit.Field{
			Name: "spent", Label: "lists.return.spent", Hint: "lists.return.spent.help", Kind: kit.Choice,
			Options: spentOptions(env), Hidden: func(kit.Values) bool { return !ask || !f.spent },
		})
	form := kit.NewForm("", env.explain, fields...)
	form.Faults = true
	form.Check = r.check
	form.Sentence = r.sentence
	title := env.Words.T("lists.return.title", "amount", env.Format.Money(f.sale.Net))
	r.editor = newEditor(env, title, form, func(_ *editor, v kit.Values) tea.Cmd { return r.confirmed(v) })
	return r
}

func (r *lineReturn) policy(env *Env) engine.Spent {
	return engine.Spent(env.Store().Settings.Text(engine.SetReturnSpent))
}

// field takes how many units of a line come back.
func (r *lineReturn) field(env *Env, l engine.SaleLine, left int64) kit.Field {
	name := l.Line.Name
	if name == "" {
		name = l.Line.SKU
	}
	each := l.Result.Gross / engine.Minor(max(1, l.Line.Units))
	echo := env.Words.T("lists.return.of", "left", env.Format.Count(int(left)), "price", env.Format.Amount(each))
	return kit.Field{
		Name: strconv.Itoa(l.No), Caption: name, Hint: "lists.return.units.help",
		Read: func(text string, _ kit.Values) (string, error) {
			if n, ok := count(text); !ok || int64(n) > left {
				return "", engine.BadInput(engine.CodeReturnUnits, "name", name, "left", left)
			}
			return echo, nil
		},
	}
}

// units are what comes back by the form.
func (r *lineReturn) units(v kit.Values) []engine.ReturnLine {
	var out []engine.ReturnLine
	for _, l := range r.facts.sale.Lines {
		if n, ok := count(v[strconv.Itoa(l.No)]); ok && n > 0 {
			out = append(out, engine.ReturnLine{No: l.No, Units: int64(n)})
		}
	}
	return out
}

// unitsKey tells returns apart by their units.
func unitsKey(lines []engine.ReturnLine) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strconv.Itoa(l.No) + "*" + strconv.FormatInt(l.Units, 10) + " ")
	}
	return b.String()
}

func (r *lineReturn) reversal(v kit.Values) engine.Reversal {
	out := engine.Reversal{SaleID: r.facts.sale.ID, Lines: r.units(v), Reason: v["reason"], Key: r.key}
	if r.facts.spent && r.policy(r.env) == engine.SpentAsk {
		out.Spent = engine.Spent(v["spent"])
	}
	return out
}

// Event takes what is typed, and asks what the return would do whenever the
// units change.
func (r *lineReturn) Event(ev kit.Event) tea.Cmd {
	cmd := r.editor.Event(ev)
	v := r.form.Values()
	if units := unitsKey(r.units(v)); units != r.asked {
		r.asked, r.failed = units, nil
		if units != "" {
			return tea.Batch(cmd, r.ask(v, units))
		}
	}
	return cmd
}

func (r *lineReturn) ask(v kit.Values, units string) tea.Cmd {
	reversal := r.reversal(v)
	return read(&r.base, func(ctx context.Context, a engine.Actor) (engine.Preview, error) {
		return r.env.Shop.PreviewReturn(ctx, a, reversal)
	}, func(p engine.Preview) tea.Cmd {
		r.shown, r.shows = p, units
		return nil
	})
}

// Msg takes answers; that there is no preview is said in its place.
func (r *lineReturn) Msg(msg tea.Msg) tea.Cmd {
	cmd, _ := r.msg(msg, func(err error) {
		if _, reading := msg.(answered); reading {
			r.failed = err
			return
		}
		r.form.Fail(err)
	})
	return cmd
}

// preview is the answer for what the form says now, if it has come.
func (r *lineReturn) preview(v kit.Values) (engine.Preview, bool) {
	units := unitsKey(r.units(v))
	return r.shown, units != "" && units == r.shows
}

func (r *lineReturn) check(v kit.Values) (string, error) {
	lines := r.units(v)
	switch {
	case len(lines) == 0:
		return r.form.Current(), engine.BadInput(CodeReturnNothing)
	case v["reason"] == "":
		return "reason", engine.BadInput(engine.CodeReasonMissing)
	case r.failed != nil:
		return r.form.Current(), r.failed
	}
	return "", nil
}

// CodeReturnNothing says that no units are to come back.
const CodeReturnNothing engine.Code = "return_nothing"

// confirmed asks once, with the money to give back in the question.
func (r *lineReturn) confirmed(v kit.Values) tea.Cmd {
	p, known := r.preview(v)
	if !known {
		r.form.Resume() // the answer is on its way, and stands there in a moment
		return nil
	}
	r.confirm(r.t("lists.return.ask", "refund", r.env.Format.Money(p.Refund)), strings.Join(r.lost(p), " "), func() tea.Cmd {
		return reverse(&r.base, r.reversal(v), func(text string) tea.Cmd { return backSaying(kit.Fine, text) })
	})
	return nil
}

// sentence says what the return will do.
func (r *lineReturn) sentence(v kit.Values) string {
	p, known := r.preview(v)
	switch {
	case r.failed != nil:
		return "✗ " + r.env.explain(r.failed)
	case len(r.units(v)) == 0:
		return r.t("lists.return.choose")
	case !known:
		return r.t("lists.return.reckoning")
	}
	spent := r.policy(r.env)
	if spent == engine.SpentAsk {
		spent = engine.Spent(v["spent"])
	}
	fm := r.env.Format
	said := append([]string{r.t("lists.return.lines", "goods", fm.Money(p.Goods), "refund", fm.Money(p.Refund))}, r.lost(p)...)
	return strings.Join(append(said, couponAfter(r.env, r.facts, spent)...), "\n")
}

// lost says what is kept back because offers no longer hold, and which gifts
// the customer is to give back.
func (r *lineReturn) lost(p engine.Preview) []string {
	var said, broken []string
	gifts, givers := r.gifts(p)
	for _, o := range p.Broken {
		if !givers[o.OfferID] {
			broken = append(broken, "“"+o.Title+"”")
		}
	}
	switch {
	case p.Kept > 0:
		said = append(said, r.t("lists.return.kept", "amount", r.env.Format.Money(p.Kept), "offers", commas(broken)))
	case len(broken) > 0:
		said = append(said, r.t("lists.return.stays", "offers", commas(broken)))
	}
	if len(gifts) > 0 {
		said = append(said, r.t("lists.return.gifts", "gifts", commas(gifts)))
	}
	return said
}

// gifts are those that come back with the goods, and the offers that gave them.
func (r *lineReturn) gifts(p engine.Preview) (gifts []string, givers map[engine.ID]bool) {
	givers = map[engine.ID]bool{}
	for _, back := range p.Lines {
		for _, l := range r.facts.sale.Lines {
			if l.No == back.No && l.Gift {
				givers[l.GivenBy] = true
				gifts = append(gifts, r.t("lists.sale.gift", "name", l.Line.Name, "n", r.env.Format.Count(int(back.Units))))
			}
		}
	}
	return gifts, givers
}
