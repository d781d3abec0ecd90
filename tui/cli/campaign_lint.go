package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// CodeLint says that a campaign is impossible or sells below cost; with n.
const CodeLint engine.Code = "lint_found"

// grave are what campaign lint fails for: a campaign that can never apply, and
// one that sells below cost.
var grave = []engine.LintCode{
	engine.LintDates, engine.LintHours, engine.LintClash, engine.LintNoProduct, engine.LintNothing, engine.LintLoss,
}

// lintDTO answers campaign lint.
type lintDTO struct {
	Items    []lintNoteDTO  `json:"items"`
	More     map[string]int `json:"more"`     // by code: warnings that are not told
	Products int            `json:"products"` // whose prices were judged
	Cut      bool           `json:"cut"`      // there was more than is looked at
}

// lintNoteDTO is one warning about a campaign.
type lintNoteDTO struct {
	Code       string   `json:"code"`
	Grave      bool     `json:"grave"` // it can never apply, or sells below cost
	Message    string   `json:"message"`
	CampaignID *string  `json:"campaign_id"`
	Campaign   string   `json:"campaign"`
	ByID       *string  `json:"by_id"` // the campaign in its way
	By         *string  `json:"by"`
	With       []string `json:"with"` // all campaigns that take part
	Field      *string  `json:"field"`
	SKU        *string  `json:"sku"`
	Product    *string  `json:"product"`
	Units      int64    `json:"units"`
	Amount     int64    `json:"amount_minor"`
	Cost       int64    `json:"cost_minor"`
	More       int      `json:"more_products"` // of which the same is true
}

func (a *app) lintNotes(notes []engine.LintNote) []lintNoteDTO {
	out := make([]lintNoteDTO, 0, len(notes))
	for _, n := range notes {
		out = append(out, lintNoteDTO{
			Code: string(n.Code), Grave: slices.Contains(grave, n.Code), Message: a.format.Lint(n), CampaignID: idText(n.CampaignID),
			Campaign: n.Title, ByID: idText(n.By), By: text(n.ByTitle), With: orEmpty(n.With), Field: text(n.Field), SKU: text(n.SKU),
			Product: text(n.Product), Units: n.Units, Amount: int64(n.Amount), Cost: int64(n.Cost), More: n.More,
		})
	}
	return out
}

func (a *app) campaignLint() *cobra.Command {
	return &cobra.Command{
		Use: "lint [TITLE|ID]", Args: takes(0, 1), Example: "  bounceback campaign lint\n  bounceback campaign lint 'Second coffee' --json",
		RunE: a.work(func(ctx context.Context, args []string) error {
			var draft *engine.Campaign
			if len(args) == 1 {
				c, err := a.campaign(ctx, args[0])
				if err != nil {
					return err
				}
				draft = &c
			}
			r, err := a.lint(ctx, draft)
			if err != nil {
				return err
			}
			d := lintDTO{Items: a.lintNotes(r.Notes), More: map[string]int{}, Products: r.Products, Cut: r.Cut}
			for code, n := range r.Left {
				d.More[string(code)] = n
			}
			if err := a.answer(d, func() { a.showLint(r) }); err != nil {
				return err
			}
			if n := countGrave(r); n > 0 {
				return engine.Refuse(CodeLint, "n", n)
			}
			return nil
		}),
	}
}

func countGrave(r engine.LintReport) (n int) {
	for _, note := range r.Notes {
		if slices.Contains(grave, note.Code) {
			n++
		}
	}
	for code, left := range r.Left {
		if slices.Contains(grave, code) {
			n += left
		}
	}
	return n
}

func (a *app) showLint(r engine.LintReport) {
	if len(r.Notes) == 0 {
		a.say("%s", a.words.T("cli.lint_fine"))
	}
	for _, said := range a.format.Lints(r) {
		a.say("%s", said)
	}
	if cut := a.format.LintCut(r); cut != "" {
		a.note("%s", cut)
	}
}

// lint looks at the campaigns that run or will run, or at what concerns one.
func (a *app) lint(ctx context.Context, draft *engine.Campaign) (engine.LintReport, error) {
	desk, err := a.file.Desk(ctx, a.actor)
	if err != nil {
		return engine.LintReport{}, err
	}
	in := engine.LintInput{Store: a.store, Today: a.today(), Campaigns: desk.Campaigns, Draft: draft}
	f := engine.Filter{State: "active", Limit: engine.MostPage}
	for len(in.Products) <= engine.MaxLintProducts { // one more says that there are more
		page, err := a.file.Products(ctx, a.actor, f)
		if err != nil {
			return engine.LintReport{}, err
		}
		in.Products = append(in.Products, page.Items...)
		if f.After = page.Next; f.After == "" {
			break
		}
	}
	return engine.Lint(in), nil
}
