package screen

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// save looks at what the campaign would do beside the others and to the
// catalogue. If that is odd, it says so and asks once; otherwise it stores.
func (f *campaignForm) save(e *editor, v kit.Values) tea.Cmd {
	c := f.campaign(v)
	return read(&e.base, func(ctx context.Context, a engine.Actor) (judged, error) {
		return f.judged(ctx, a, c)
	}, func(j judged) tea.Cmd {
		if len(j.found.Notes) == 0 {
			return f.store(e, j.campaign)
		}
		said := "! " + strings.Join(f.env.Format.Lints(j.found), "\n! ")
		e.confirm(e.t("lists.campaign.lint.ask"), said, func() tea.Cmd { return f.store(e, j.campaign) })
		return nil
	})
}

// judged is a campaign as it will be stored, and what is odd about it.
type judged struct {
	campaign engine.Campaign
	found    engine.LintReport
}

// judged reads the catalogue for what the campaign is to be stored with and
// judged by. What hides a coupon, or it hides, stands in the form already.
func (f *campaignForm) judged(ctx context.Context, a engine.Actor, c engine.Campaign) (judged, error) {
	products, err := catalogue(ctx, f.env, a)
	if err != nil {
		return judged{}, err
	}
	in := engine.LintInput{
		Store: f.env.Store(), Today: f.env.Store().Today(engine.InstantOf(f.env.Clock())), Campaigns: f.others, Draft: &c, Products: products,
	}
	j := judged{campaign: c, found: engine.Lint(in)}
	j.found.Notes = slices.DeleteFunc(j.found.Notes, func(n engine.LintNote) bool {
		return n.Code == engine.LintHidden || n.Code == engine.LintHiddenPart
	})
	return j, nil
}

// catalogue reads as many products as can be judged.
func catalogue(ctx context.Context, env *Env, a engine.Actor) ([]engine.Product, error) {
	var out []engine.Product
	f := engine.Filter{State: productActive, Limit: engine.MostPage}
	for len(out) <= engine.MaxLintProducts { // one more says that there are more
		page, err := env.Shop.Products(ctx, a, f)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Items...)
		if f.After = page.Next; f.After == "" {
			break
		}
	}
	return out, nil
}

// store saves the campaign and leaves the form.
func (f *campaignForm) store(e *editor, c engine.Campaign) tea.Cmd {
	return write(&e.base, func(ctx context.Context, a engine.Actor) (engine.Campaign, error) {
		return f.env.Shop.SaveCampaign(ctx, a, c)
	}, func(saved engine.Campaign) tea.Cmd {
		key := "lists.campaign.saved"
		if saved.State == engine.CampaignDraft {
			key = "lists.campaign.saved_draft"
		}
		// words: lists.campaign.saved lists.campaign.saved_draft
		return backSaved(saved.ID, f.env.Words.T(key, "title", saved.Title))
	})
}
