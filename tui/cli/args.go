package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/form"
)

// Codes of values of flags.
const (
	CodeBadRate    engine.Code = "bad_rate"    // with text
	CodeBadChoice  engine.Code = "bad_choice"  // with text, flag, choices
	CodeChoiceNear engine.Code = "choice_near" // likewise, but one is near; with text, flag, choices, near
)

// marks are how amounts are written here: 1234.50 always, and the store's way.
func (a *app) marks() engine.Marks {
	return engine.Marks{Decimal: a.format.Decimal(), Group: a.format.Group(), Exponent: a.store.Exponent}
}

func (a *app) amount(text string) (engine.Minor, error) { return engine.ParseAmount(text, a.marks()) }

// day reads a date as 2026-11-20, or as the store's country writes it.
func (a *app) day(text string) (engine.Day, error) { return a.format.ParseDay(text, 0) }

// rate reads a share in percent: 20, 20 %, 12.5.
func rate(text string) (engine.BP, error) {
	plain := strings.TrimSuffix(strings.ReplaceAll(text, " ", ""), "%")
	m, err := engine.ParseAmount(plain, engine.Marks{Decimal: '.', Exponent: 2})
	if err != nil {
		return 0, engine.BadInput(CodeBadRate, "text", text)
	}
	return engine.BP(m), nil
}

// choice reads a text that must be one of some.
func choice[T ~string](flag, text string, choices ...T) (T, error) {
	var all []string
	for _, c := range choices {
		if strings.EqualFold(text, string(c)) {
			return c, nil
		}
		all = append(all, string(c))
	}
	return "", engine.BadInput(CodeBadChoice, "flag", flag, "text", text, "choices", all)
}

// phone reads a telephone number as people of the store's country write it. A
// number that texts are unlikely to reach is taken, and said so.
func (a *app) phone(text string) (string, error) {
	p, err := engine.ParsePhone(text, a.store.Country)
	if err != nil {
		return "", err
	}
	if p.Questionable() && !a.JSON {
		a.note("%s", a.words.T("cli.landline", "phone", p.National()))
	}
	return p.E164, nil
}

// customer finds a customer by id, phone or the shop's number.
func (a *app) customer(ctx context.Context, text string) (engine.Customer, error) {
	if id, err := engine.ParseID(text); err == nil {
		v, err := a.file.Customer(ctx, a.actor, id)
		return v.Customer, err
	}
	q := engine.CustomerQuery{Number: strings.TrimSpace(text), Limit: 1}
	found, err := a.file.FindCustomers(ctx, a.actor, q)
	if err != nil || len(found) > 0 {
		return first(found), err
	}
	if p, err := engine.ParsePhone(text, a.store.Country); err == nil {
		if found, err = a.file.FindCustomers(ctx, a.actor, engine.CustomerQuery{Phone: p.E164, Limit: 1}); err != nil || len(found) > 0 {
			return first(found), err
		}
	}
	return engine.Customer{}, engine.Refuse(engine.CodeCustomerUnknown)
}

func first[T any](items []T) T {
	var none T
	if len(items) == 0 {
		return none
	}
	return items[0]
}

// sale finds a sale by id or by its reference.
func (a *app) sale(ctx context.Context, text string) (engine.Sale, error) {
	if id, err := engine.ParseID(text); err == nil {
		return a.file.Sale(ctx, a.actor, id)
	}
	return a.file.SaleByReference(ctx, a.actor, text)
}

// coupon finds a coupon by id or by its code.
func (a *app) coupon(ctx context.Context, text string) (engine.ID, error) {
	if id, err := engine.ParseID(text); err == nil {
		return id, nil
	}
	code, err := engine.ParseCode(text)
	if err != nil {
		return engine.ID{}, err
	}
	page, err := a.file.Coupons(ctx, a.actor, engine.Filter{Search: code, Limit: 1})
	if err == nil && len(page.Items) == 0 {
		err = engine.Refuse(engine.CodeCouponUnknown)
	}
	return first(page.Items).ID, err
}

// campaign finds a campaign by id or by its title.
func (a *app) campaign(ctx context.Context, text string) (engine.Campaign, error) {
	if id, err := engine.ParseID(text); err == nil {
		return a.file.Campaign(ctx, a.actor, id)
	}
	f := engine.Filter{Search: text, Limit: engine.MostPage}
	for {
		page, err := a.file.Campaigns(ctx, a.actor, f)
		if err != nil {
			return engine.Campaign{}, err
		}
		for _, c := range page.Items {
			if strings.EqualFold(c.Title, strings.TrimSpace(text)) {
				return c, nil
			}
		}
		if f.After = page.Next; f.After == "" {
			return engine.Campaign{}, engine.Refuse(engine.CodeCampaignUnknown)
		}
	}
}

// filterFlags are the flags that narrow lists and exports.
type filterFlags struct {
	state, from, to, customer, campaign, cashier, search, after string
	till, source, ad                                            string
	limit                                                       int
	states                                                      []string // that --state may be; nil is any
}

// only names the states that --state may be, for its help too.
func (f *filterFlags) only(a *app, cmd *cobra.Command, states ...string) {
	f.states = states
	cmd.Flags().Lookup("state").Usage = a.words.T("cli.flag.state_of", "states", strings.Join(states, ", "))
}

// otherStates are words for states that other programs use, or that stand on
// the screens, by the ones that are meant.
var otherStates = map[string]string{
	"not_delivered": "failed", "undelivered": "failed", "sent": "accepted", "waiting": "queued", "canceled": "cancelled",
	"used": "redeemed", "void": "voided", "cancelled": "voided", "done": "completed", "running": "active",
}

// mostStateSlips is how many letters a state may be off to be taken for another.
const mostStateSlips = 2

// stateError says which states there are, and which one may be meant.
func (f *filterFlags) stateError() error {
	typed := strings.ToLower(strings.ReplaceAll(f.state, "-", "_"))
	near, best := "", mostStateSlips+1
	for _, s := range f.states {
		if n := form.Distance(typed, s, best); n < best && n < len(s)/2 {
			near, best = s, n
		}
	}
	if other := otherStates[typed]; near == "" && slices.Contains(f.states, other) {
		near = other
	}
	if near != "" {
		return engine.BadInput(CodeChoiceNear, "flag", "--state", "text", f.state, "near", near, "choices", f.states)
	}
	return engine.BadInput(CodeBadChoice, "flag", "--state", "text", f.state, "choices", f.states)
}

// bind makes the flags of a list; only the names given.
func (f *filterFlags) bind(cmd *cobra.Command, names ...string) {
	all := map[string]*string{
		"state": &f.state, "from": &f.from, "to": &f.to, "customer": &f.customer, "campaign": &f.campaign,
		"cashier": &f.cashier, "search": &f.search,
	}
	for _, name := range names {
		cmd.Flags().StringVar(all[name], name, "", "")
	}
}

// bindOrigin makes the flags that narrow sales and coupons by where they come
// from. --register is this till, whose sales are another matter.
func (f *filterFlags) bindOrigin(a *app, cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.till, "till", "", a.words.T("cli.flag.only_till"))
	cmd.Flags().StringVar(&f.source, "source", "", a.words.T("cli.flag.only_source"))
	cmd.Flags().StringVar(&f.ad, "ad", "", a.words.T("cli.flag.only_ad"))
}

// CodeTillUnknown says that there is no till of that name; with name, tills.
const CodeTillUnknown engine.Code = "till_unknown"

// tillNamed finds a till by name or id.
func (a *app) tillNamed(ctx context.Context, text string) (engine.ID, error) {
	all, err := a.file.Registers(ctx, a.store.ID)
	if err != nil {
		return engine.ID{}, err
	}
	var names []string
	for _, r := range all {
		if strings.EqualFold(r.Name, strings.TrimSpace(text)) || r.ID.String() == text {
			return r.ID, nil
		}
		names = append(names, r.Name)
	}
	return engine.ID{}, engine.Refuse(CodeTillUnknown, "name", text, "tills", names)
}

// bindPage makes the flags of a list that is read page by page.
func (f *filterFlags) bindPage(cmd *cobra.Command) {
	cmd.Flags().IntVar(&f.limit, "limit", engine.DefaultPage, "")
	cmd.Flags().StringVar(&f.after, "after", "", "")
}

// filter turns the flags into what the store takes.
func (a *app) filter(ctx context.Context, f filterFlags) (engine.Filter, error) {
	out := engine.Filter{State: f.state, Search: f.search, Source: f.source, Ad: f.ad, Limit: f.limit, After: f.after}
	if f.state != "" && f.states != nil && !slices.Contains(f.states, f.state) {
		return out, f.stateError()
	}
	if f.limit < 0 || f.limit > engine.MostPage {
		return out, engine.BadInput(CodeUsageBad, "flag", "--limit", "value", strconv.Itoa(f.limit))
	}
	var err error
	if f.from != "" {
		if out.From, err = a.day(f.from); err != nil {
			return out, err
		}
	}
	if f.to != "" {
		if out.To, err = a.day(f.to); err != nil {
			return out, err
		}
	}
	if f.customer != "" {
		c, err := a.customer(ctx, f.customer)
		if err != nil {
			return out, err
		}
		out.CustomerID = c.ID
	}
	if f.campaign != "" {
		c, err := a.campaign(ctx, f.campaign)
		if err != nil {
			return out, err
		}
		out.CampaignID = c.ID
	}
	if f.cashier != "" {
		all, err := a.file.Staff(ctx, a.store.ID, true)
		if err != nil {
			return out, err
		}
		s, err := findStaff(all, f.cashier)
		if err != nil {
			return out, err
		}
		out.StaffID = s.ID
	}
	if f.till != "" {
		if out.RegisterID, err = a.tillNamed(ctx, f.till); err != nil {
			return out, err
		}
	}
	return out, nil
}
