package screen

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// Whose texts and wordings a campaign has.
const (
	ofShop     = "shop"
	ofCampaign = "own"
)

// whoseOptions are the shop's and its own.
//
// words: lists.campaign.whose.shop lists.campaign.whose.own
func whoseOptions(env *Env) []kit.Option {
	var out []kit.Option
	for _, v := range []string{ofShop, ofCampaign} {
		out = append(out, kit.Option{Value: v, Label: env.Words.T("lists.campaign.whose." + v)})
	}
	return out
}

func whose(own bool) string {
	if own {
		return ofCampaign
	}
	return ofShop
}

// texts are the fields of which texts its coupons get; its own begin as the
// shop's.
func (f *campaignForm) texts() []kit.Field {
	p, env := f.begun.TextPlan(f.env.Store().Settings), f.env
	out := []kit.Field{
		f.field("texts.at_issue", kit.Field{Kind: kit.YesNo, Value: yesNo(p.AtIssue)}),
		f.field("texts.days", kit.Field{Value: engine.WriteTextDays(p.Days), Limit: mostDaysTyped, Read: f.readTextDays}),
		f.field("texts.before", kit.Field{Kind: kit.Number, Value: strconv.Itoa(p.Before), Read: f.readBefore}),
		f.field("texts.long_life", kit.Field{Kind: kit.Number, Value: strconv.Itoa(p.LongLife), Read: env.readDays(0, engine.MaxLifetime, badDays)}),
	}
	for i := range out {
		out[i].Under = true
		out[i].Hidden = func(v kit.Values) bool { return !f.isCoupon(v) || v["texts"] != ofCampaign }
	}
	return append([]kit.Field{f.field("texts", kit.Field{
		Kind: kit.Choice, Value: whose(f.begun.Texts != nil), Options: whoseOptions(env), Hidden: f.noCoupon,
	})}, out...)
}

// mostDaysTyped is room for as many days as a plan may have.
const mostDaysTyped = 60

// badDays says what a number of days may be.
var badDays = engine.BadInput(engine.CodeSettingBounds, "least", 0, "most", engine.MaxLifetime)

func (f *campaignForm) noCoupon(v kit.Values) bool { return !f.isCoupon(v) }

func (f *campaignForm) readTextDays(text string, _ kit.Values) (string, error) {
	if _, err := engine.ParseTextDays(text); err != nil {
		return "", err
	}
	return daysText(f.env, text), nil
}

func (f *campaignForm) readBefore(text string, _ kit.Values) (string, error) {
	if n, ok := count(text); !ok || n > engine.MaxLifetime {
		return "", badDays
	}
	return lastText(f.env, text), nil
}

// wordings are the fields of what these texts say.
func (f *campaignForm) wordings() []kit.Field {
	w := f.begun.Wording
	out := []kit.Field{f.field("wording", kit.Field{
		Kind: kit.Choice, Value: whose(w != engine.TextWording{}), Options: whoseOptions(f.env), Hidden: f.noCoupon,
	})}
	for _, step := range couponSteps {
		out = append(out, f.field("wording."+string(step), kit.Field{
			Kind: kit.Paged, Under: true, Value: w.Of(step),
			Read: func(text string, _ kit.Values) (string, error) {
				return f.env.wordingEcho(step, text, f.shopWording(step))
			},
			Hidden: func(v kit.Values) bool { return !f.isCoupon(v) || v["wording"] != ofCampaign },
		}))
	}
	return out
}

// atTexts tells whether the current field is one of the texts'.
func (f *campaignForm) atTexts() bool {
	section, _, _ := strings.Cut(f.page.form.Current(), ".")
	return section == "texts" || section == "wording"
}

// couponSteps are the texts of a coupon that a campaign may word itself.
var couponSteps = []engine.TextStep{engine.StepIssue, engine.StepDay, engine.StepLast}

// shopWording is what a text says unless the campaign has a wording of its own.
func (f *campaignForm) shopWording(step engine.TextStep) string {
	return delivery.Template(f.env.Store(), engine.TextWording{}, step)
}

// openWording opens the page of one of the wordings.
func (f *campaignForm) openWording(name string) tea.Cmd {
	v := f.page.form.Values()
	for _, step := range couponSteps {
		if name == "wording."+string(step) {
			return open(newWording(f.env, wordingJob{
				store: f.env.Store(), campaign: f.campaign(v), step: step, text: v[name], standard: f.shopWording(step),
				keep: func(text string) { f.page.form.Set(name, text) },
			}))
		}
	}
	return nil
}

// typedTexts is the plan that the form says; nil: the shop's.
func (f *campaignForm) typedTexts(v kit.Values) *engine.TextPlan {
	if v["texts"] != ofCampaign {
		return nil
	}
	p := f.begun.TextPlan(f.env.Store().Settings)
	p.AtIssue = v.Bool("texts.at_issue")
	if days, err := engine.ParseTextDays(v["texts.days"]); err == nil {
		p.Days = days
	}
	if n, ok := count(v["texts.before"]); ok {
		p.Before = n
	}
	if n, ok := count(v["texts.long_life"]); ok {
		p.LongLife = n
	}
	return &p
}

// typedWordings are the wordings that the form says.
func typedWordings(v kit.Values) engine.TextWording {
	if v["wording"] != ofCampaign {
		return engine.TextWording{}
	}
	return engine.TextWording{Issue: v["wording.issue"], Day: v["wording.day"], Last: v["wording.last"]}
}

// campaignTexts says which texts the coupons of a campaign get, and which of
// its days are too late for them.
func campaignTexts(env *Env, c engine.Campaign) string {
	s := env.Store()
	p := c.TextPlan(s.Settings)
	said := textsText(env, s, p, c.Terms)
	for _, d := range p.Days {
		if d > c.Terms.Lifetime && s.Settings.Flag(engine.SetTexts) {
			return said + " " + env.Words.T("wording.plan.late", "day", d, "lifetime", env.Words.N("core.duration.days", c.Terms.Lifetime))
		}
	}
	return said
}

// textsText says which texts a coupon of some terms, issued now, would get by a
// plan.
func textsText(env *Env, s engine.Store, p engine.TextPlan, t engine.Terms) string {
	w := env.Words
	if !s.Settings.Flag(engine.SetTexts) {
		return w.T("wording.plan.off")
	}
	days, parts := []int{}, []string{}
	last := 0
	for _, one := range plannedTexts(env, s, p, t) {
		switch one.Step {
		case engine.StepIssue:
			parts = append(parts, w.T("wording.plan.issue"))
		case engine.StepDay:
			days = append(days, one.Days)
		case engine.StepLast:
			last = one.Days
		}
	}
	if len(days) > 0 {
		parts = append(parts, daysList(env, days))
	}
	if last > 0 {
		parts = append(parts, w.N("wording.plan.last", last))
	}
	if len(parts) == 0 {
		return w.T("wording.plan.none")
	}
	return w.T("wording.plan", "list", enumerated(parts, func(first, last string) string {
		return w.T("wording.plan.and", "first", first, "last", last)
	}))
}

// plannedTexts are the texts of a coupon of some terms that is issued now.
func plannedTexts(env *Env, s engine.Store, p engine.TextPlan, t engine.Terms) []delivery.Planned {
	now := engine.InstantOf(env.Clock())
	today, zone := s.Today(now), s.Zone()
	c := engine.Coupon{LastDay: today + engine.Day(t.Lifetime), ValidFrom: now}
	c.ValidUntil = (c.LastDay + 1).Start(zone)
	if t.ValidAfter > 0 {
		c.ValidFrom = (today + engine.Day(t.ValidAfter)).Start(zone)
	}
	return delivery.Plan(p, c, today, int(s.Settings.Count(engine.SetTextHour)), zone, now)
}

// daysList names days after a sale: "on days 2, 7 and 27".
func daysList(env *Env, days []int) string {
	numbers := make([]string, len(days))
	for i, d := range days {
		numbers[i] = strconv.Itoa(d)
	}
	return env.Words.N("wording.plan.days", len(days), "days", enumerated(numbers, func(first, last string) string {
		return env.Words.T("offer.list.and", "first", first, "last", last)
	}))
}

// daysText is how typed days of reminders are understood.
func daysText(env *Env, text string) string {
	days, err := engine.ParseTextDays(text)
	if err != nil || len(days) == 0 {
		return env.Words.T("wording.plan.no_days")
	}
	return daysList(env, days)
}

// lastText is how a typed number of days before the last day is understood.
func lastText(env *Env, text string) string {
	n, _ := count(text)
	if n == 0 {
		return env.Words.T("wording.plan.no_days")
	}
	return env.Words.N("wording.plan.last", n)
}

// enumerated joins with commas, and the last one as and does.
func enumerated(parts []string, and func(first, last string) string) string {
	n := len(parts) - 1
	if n < 1 {
		return commas(parts)
	}
	return and(commas(parts[:n]), parts[n])
}

// wordingLabels name the wordings where they stand apart.
var wordingLabels = map[engine.TextStep]string{
	engine.StepIssue: "setting.texts.wording", engine.StepDay: "setting.texts.wording_day", engine.StepLast: "setting.texts.wording_last",
}

// textLines say on a campaign's page which texts its coupons get, and what
// those say that are not the shop's.
func textLines(env *Env, c engine.Campaign) []line {
	out := []line{{label: "lists.campaign.field.texts", value: campaignTexts(env, c)}}
	for _, step := range couponSteps {
		if own := c.Wording.Of(step); own != "" {
			out = append(out, line{label: wordingLabels[step], value: own})
		}
	}
	return out
}
