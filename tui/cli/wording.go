package cli

import (
	"slices"
	"strings"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// CodeOddWording says that something is odd about a wording, which is not saved
// without --anyway; with warnings.
const CodeOddWording engine.Code = "odd_wording"

// reviewSetting tries a wording that a store is to get; nil of another setting.
// Of an odd one it is an error, unless it is to be saved anyway.
func (a *app) reviewSetting(st engine.Store, name engine.Setting, anyway bool) (*reviewDTO, error) {
	step, is := delivery.WordingSettings[name]
	if !is {
		return nil, nil //nolint:nilnil // nothing to review is a result
	}
	r, err := delivery.Trial{
		Format: a.format, Store: st, Step: step, Template: st.Settings.Text(name), Now: a.env.Clock(),
	}.Review()
	if err != nil {
		return nil, err
	}
	if len(r.Warnings) > 0 && !anyway {
		return nil, a.oddWording(r.Warnings)
	}
	d := a.reviewDTO(r)
	return &d, nil
}

// oddWording says why a wording is not saved without --anyway.
func (a *app) oddWording(odd []delivery.Warning) error {
	var said []string
	for _, w := range odd {
		said = append(said, w.Tell(a.words))
	}
	return engine.Refuse(CodeOddWording, "warnings", strings.Join(said, " "))
}

// checkWording refuses a campaign whose own wording is odd, unless it is to be
// saved anyway, or what its texts say is as it was.
func (a *app) checkWording(c, was engine.Campaign, anyway bool) error {
	same := c.Wording == was.Wording && c.OfferText == was.OfferText && c.Link == was.Link
	if anyway || same || !isCoupon(c) {
		return nil
	}
	if odd := a.reviewCampaign(c); len(odd) > 0 {
		return a.oddWording(odd)
	}
	return nil
}

// reviewCampaign tells what is odd about a campaign's own wording, each thing
// once.
func (a *app) reviewCampaign(c engine.Campaign) []delivery.Warning {
	var odd []delivery.Warning
	for _, step := range []engine.TextStep{engine.StepIssue, engine.StepDay, engine.StepLast} {
		if c.Wording.Of(step) == "" {
			continue
		}
		r, err := delivery.Trial{
			Format: a.format, Store: a.store, Campaign: c, Step: step, Template: c.Wording.Of(step), Now: a.env.Clock(),
		}.Review()
		if err != nil { // an unusable one is not saved
			continue
		}
		for _, w := range r.Warnings {
			if !slices.ContainsFunc(odd, func(o delivery.Warning) bool { return o.Kind == w.Kind }) {
				odd = append(odd, w)
			}
		}
	}
	return odd
}

func (a *app) reviewDTO(r delivery.Review) reviewDTO {
	d := reviewDTO{
		NameParts: r.Foreign.Parts.Parts,
		Text:      r.Real.Text, Encoding: r.Real.Parts.Encoding.String(), Parts: r.Real.Parts.Parts, LongestParts: r.Longest.Parts.Parts,
		Cost: int64(r.Real.Cost), Currency: a.store.Currency, Forcing: []string{}, Warnings: a.warningDTOs(r.Warnings),
	}
	for _, f := range r.Forcing {
		if !slices.Contains(d.Forcing, f.Char) {
			d.Forcing = append(d.Forcing, f.Char)
		}
	}
	return d
}

func (a *app) warningDTOs(all []delivery.Warning) []warningDTO {
	out := make([]warningDTO, 0, len(all))
	for _, w := range all {
		out = append(out, warningDTO{Kind: string(w.Kind), Message: w.Tell(a.words)})
	}
	return out
}

func (a *app) showReview(d reviewDTO) {
	a.say("  %s", d.Text)
	a.say("  %s", joinCells(a.words.N("cli.parts", d.Parts, "encoding", d.Encoding), a.priceOrEmpty(engine.Micros(d.Cost))))
	if d.NameParts > d.Parts {
		a.say("  %s", a.words.N("cli.review_name", d.NameParts, "name", delivery.ForeignName))
	}
	for _, w := range d.Warnings {
		a.note("%s", w.Message)
	}
}
