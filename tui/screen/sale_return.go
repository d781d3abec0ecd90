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

// partReturn is the form for taking part of a sale back: units of its lines, or
// an amount of a sale without lines. What the return would do is asked of the
// store at each change, and shown before it is done.
type partReturn struct {
	*editor
	facts  saleFacts
	key    string         // makes saving it twice one return
	asked  string         // what was last asked about
	shown  engine.Preview // the answer
	shows  string         // what it is for; empty: none yet
	failed error          // why there is no answer for what was asked about
	choose bool           // the form says what becomes of the spent coupon
}

// newReturn is the form for a sale.
func newReturn(env *Env, f saleFacts) *partReturn {
	r := &partReturn{facts: f, key: rand.Text()}
	fields := r.goods(env)
	r.choose = f.spent && engine.Spent(env.Store().Settings.Text(engine.SetReturnSpent)) == engine.SpentAsk
	fields = append(fields,
		kit.Field{Name: "reason", Label: "lists.return.reason", Hint: "lists.return.reason.help", Limit: 200},
		kit.Field{
			Name: "spent", Label: "lists.return.spent", Hint: "lists.return.spent.help", Kind: kit.Choice,
			Options: spentOptions(env), Hidden: func(kit.Values) bool { return !r.choose },
		})
	form := kit.NewForm("", env.explain, fields...)
	form.Faults = true
	form.Check = r.check
	form.Sentence = r.sentence
	title := env.Words.T("lists.return.title", "amount", env.Format.Money(f.sale.Net))
	r.editor = newEditor(env, title, form, func(_ *editor, v kit.Values) tea.Cmd { return r.confirmed(v) })
	return r
}

// goods are the fields that say what comes back.
func (r *partReturn) goods(env *Env) []kit.Field {
	s := r.facts.sale
	if len(s.Lines) == 0 {
		return []kit.Field{{Name: "amount", Label: "lists.return.amount", Hint: "lists.return.amount.help", Kind: kit.Amount, Read: func(text string, _ kit.Values) (string, error) {
			part, err := env.amount(text)
			if err != nil {
				return "", err
			}
			_, err = engine.Refund(s.Gross, s.Net, s.Returned, part)
			return env.Format.Money(part), err
		}}}
	}
	var fields []kit.Field
	for _, l := range s.Lines {
		if left := l.Line.Units - l.Returned; left > 0 {
			fields = append(fields, r.field(env, l, left))
		}
	}
	return fields
}

// field takes how many units of a line come back.
func (r *partReturn) field(env *Env, l engine.SaleLine, left int64) kit.Field {
	name := l.Line.Name
	if name == "" {
		name = l.Line.SKU
	}
	each := l.Result.Gross / engine.Minor(max(1, l.Line.Units))
	echo := env.Words.T("lists.return.of", "left", env.Format.Count(int(left)), "price", env.Format.Amount(each))
	if l.Gift {
		echo = env.Words.T("lists.return.of_gift", "left", env.Format.Count(int(left)))
	}
	return kit.Field{
		Name: strconv.Itoa(l.No), Caption: name, Hint: "lists.return.units.help", Kind: kit.Number,
		Read: func(text string, _ kit.Values) (string, error) {
			if n, ok := count(text); !ok || int64(n) > left {
				return "", engine.BadInput(CodeReturnLeft, "left", left)
			}
			return echo, nil
		},
	}
}

// units are what comes back by the form.
func (r *partReturn) units(v kit.Values) []engine.ReturnLine {
	var out []engine.ReturnLine
	for _, l := range r.facts.sale.Lines {
		if n, ok := count(v[strconv.Itoa(l.No)]); ok && n > 0 {
			out = append(out, engine.ReturnLine{No: l.No, Units: int64(n)})
		}
	}
	return out
}

// amount is what comes back of a sale without lines by the form, 0 if it does
// not say it.
func (r *partReturn) amount(v kit.Values) engine.Minor {
	part, err := r.env.amount(v["amount"])
	if err != nil || len(r.facts.sale.Lines) > 0 {
		return 0
	}
	return part
}

// what tells returns apart by all that changes their answer; empty: nothing
// comes back.
func (r *partReturn) what(v kit.Values) string {
	ask := r.reversal(v)
	var b strings.Builder
	for _, l := range ask.Lines {
		b.WriteString(strconv.Itoa(l.No) + "*" + strconv.FormatInt(l.Units, 10) + " ")
	}
	if ask.Amount > 0 {
		b.WriteString(ask.Amount.Plain(0))
	}
	if b.Len() == 0 {
		return ""
	}
	return b.String() + " " + string(ask.Spent)
}

func (r *partReturn) reversal(v kit.Values) engine.Reversal {
	out := engine.Reversal{SaleID: r.facts.sale.ID, Lines: r.units(v), Amount: r.amount(v), Reason: v["reason"], Key: r.key}
	if r.choose {
		out.Spent = engine.Spent(v["spent"])
	}
	return out
}

// Event takes what is typed, and asks what the return would do whenever that
// may change.
func (r *partReturn) Event(ev kit.Event) tea.Cmd {
	cmd := r.editor.Event(ev)
	if ask := r.askAgain(); ask != nil {
		return tea.Batch(cmd, ask)
	}
	return cmd
}

// askAgain asks what the return would do if the form says something else than
// when that was last asked.
func (r *partReturn) askAgain() tea.Cmd {
	v := r.form.Values()
	what := r.what(v)
	if what == r.asked {
		return nil
	}
	r.asked, r.failed = what, nil
	if what == "" {
		return nil
	}
	return r.ask(v, what)
}

func (r *partReturn) ask(v kit.Values, what string) tea.Cmd {
	reversal := r.reversal(v)
	return read(&r.base, func(ctx context.Context, a engine.Actor) (engine.Preview, error) {
		return r.env.Shop.PreviewReturn(ctx, a, reversal)
	}, func(p engine.Preview) tea.Cmd {
		if r.choose = r.choose || p.Asks; p.Asks {
			return r.askAgain() // with what the form now says of the coupon
		}
		r.shown, r.shows = p, what
		return nil
	})
}

// Msg takes answers; that there is no preview is said in its place.
func (r *partReturn) Msg(msg tea.Msg) tea.Cmd {
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
func (r *partReturn) preview(v kit.Values) (engine.Preview, bool) {
	what := r.what(v)
	return r.shown, what != "" && what == r.shows
}

func (r *partReturn) check(v kit.Values) (string, error) {
	switch {
	case r.what(v) == "":
		return r.form.Current(), engine.BadInput(CodeReturnNothing)
	case v["reason"] == "":
		return "reason", engine.BadInput(engine.CodeReasonMissing)
	case r.failed != nil:
		return r.form.Current(), r.failed
	}
	return "", nil
}

// CodeReturnLeft says in the field of a line that more units of it were to come
// back than are left; with left.
const CodeReturnLeft engine.Code = "return_left"

// CodeReturnNothing says that no units are to come back.
const CodeReturnNothing engine.Code = "return_nothing"

// confirmed asks once, with the money to give back in the question.
func (r *partReturn) confirmed(v kit.Values) tea.Cmd {
	p, known := r.preview(v)
	if !known {
		r.form.Resume() // the answer is on its way, and stands there in a moment
		return nil
	}
	question := r.t("lists.return.ask", "refund", r.env.Format.Money(p.Payout()))
	r.confirm(question, strings.Join(append(r.lost(p, v), r.coupon(p)...), " "), func() tea.Cmd {
		return reverse(&r.base, r.reversal(v), func(text string) tea.Cmd { return backSaying(kit.Fine, text) })
	})
	return nil
}

// sentence says what the return will do.
func (r *partReturn) sentence(v kit.Values) string {
	p, known := r.preview(v)
	switch {
	case r.failed != nil:
		return "✗ " + r.env.explain(r.failed)
	case r.what(v) == "" && len(r.facts.sale.Lines) == 0:
		return r.t("lists.return.choose_amount")
	case r.what(v) == "":
		return r.t("lists.return.choose")
	case !known:
		return r.t("lists.return.reckoning")
	}
	fm := r.env.Format
	said := append([]string{r.t("lists.return.lines", "goods", fm.Money(p.Goods), "refund", fm.Money(p.Payout()))}, r.lost(p, v)...)
	return strings.Join(append(said, r.coupon(p)...), "\n")
}

// coupon says what becomes of the coupon the sale earned.
func (r *partReturn) coupon(p engine.Preview) []string {
	fm, code := r.env.Format, showCode(r.facts.sale.IssuedCode)
	switch {
	case p.Deducted > 0:
		return []string{r.t("lists.return.coupon_deducted", "amount", fm.Money(p.Deducted), "code", code)}
	case p.Spent > 0:
		return []string{r.t("lists.return.coupon_absorbed", "amount", fm.Money(p.Spent), "code", code)}
	case p.EarnedVoid:
		return []string{r.t("lists.return.coupon_void", "code", code)}
	case p.EarnedFace > 0:
		return []string{r.t("lists.return.coupon_lowered", "code", code, "face", fm.Money(p.EarnedFace))}
	}
	return nil
}

// lost says what is kept back because offers no longer hold, and which gifts
// the customer is to give back, or may.
func (r *partReturn) lost(p engine.Preview, v kit.Values) []string {
	var said, broken []string
	for _, o := range p.Broken {
		if o.Kind != engine.KindGift {
			broken = append(broken, "“"+o.Title+"”")
		}
	}
	switch {
	case p.Kept > 0:
		said = append(said, r.t("lists.return.kept", "amount", r.env.Format.Money(p.Kept), "offers", commas(broken)))
	case len(broken) > 0:
		said = append(said, r.t("lists.return.stays", "offers", commas(broken)))
	}
	if gifts := giftTexts(r.env, r.facts.sale, r.unasked(p, v)); len(gifts) > 0 {
		said = append(said, r.t("lists.return.gifts", "gifts", commas(gifts)))
	}
	if gifts := giftTexts(r.env, r.facts.sale, p.Gifts); len(gifts) > 0 {
		said = append(said, r.t("lists.return.gifts_stay", "gifts", commas(gifts)))
	}
	return said
}

// unasked is what comes back beyond what the form says.
func (r *partReturn) unasked(p engine.Preview, v kit.Values) []engine.ReturnedLine {
	var out []engine.ReturnedLine
	for _, back := range p.Lines {
		for _, l := range r.units(v) {
			if l.No == back.No {
				back.Units -= l.Units
			}
		}
		out = append(out, back)
	}
	return out
}

// giftTexts name the gifts among lines of a sale that come back.
func giftTexts(env *Env, s engine.Sale, back []engine.ReturnedLine) []string {
	var out []string
	for _, b := range back {
		for _, l := range s.Lines {
			if l.No == b.No && l.Gift && b.Units > 0 {
				out = append(out, env.Words.T("lists.sale.gift", "name", l.Line.Name, "n", env.Format.Count(int(b.Units))))
			}
		}
	}
	return out
}

// giftsToTake are the gifts that a void of a sale takes back.
func giftsToTake(env *Env, s engine.Sale) []string {
	var left []engine.ReturnedLine
	for _, l := range s.Lines {
		left = append(left, engine.ReturnedLine{No: l.No, Units: l.Line.Units - l.Returned})
	}
	return giftTexts(env, s, left)
}
