package engine

import (
	"slices"
	"strings"
)

// counterChannel is the channel of a sale for which no other was chosen.
const counterChannel = "counter"

// impossible tells whether the conditions of an offer can be met together, and
// the days of its campaign with them.
func (l *linter) impossible(i int) {
	scenes, bad := sceneOf(l.campaigns[i], l.in.Today).solve(&l.offers[i].When, "threshold.")
	if l.open[i] = len(scenes) > 0; !l.open[i] && l.about(i) {
		l.note(i, LintNote{Code: bad.code, Field: bad.field})
	}
}

// labels looks for labels that the shop's settings do not have, and so no sale
// at the counter carries.
func (l *linter) labels(i int) {
	if !l.about(i) {
		return
	}
	l.thresholdLabels(i, &l.offers[i].When)
	if o := &l.offers[i]; o.Kind.PhaseOf() == PhaseDelivery {
		l.unlisted(i, "methods", o.Method, l.listed(SetDelivery))
	}
}

func (l *linter) thresholdLabels(i int, t *Threshold) {
	l.unlisted(i, "threshold.channel", t.Channels, append(l.listed(SetChannels), counterChannel))
	l.unlisted(i, "threshold.payment", t.Payments, l.listed(SetPayments))
	l.unlisted(i, "threshold.source", t.Sources, l.listed(SetSources))
	for _, inner := range slices.Concat(t.All, t.Any) {
		l.thresholdLabels(i, &inner)
	}
}

// listed are the labels that a setting names, separated by commas.
func (l *linter) listed(name Setting) (labels []string) {
	for label := range strings.SplitSeq(l.in.Store.Settings.Text(name), ",") {
		if label = strings.TrimSpace(label); label != "" {
			labels = append(labels, label)
		}
	}
	return labels
}

func (l *linter) unlisted(i int, field string, labels, known []string) {
	for _, label := range labels {
		if !slices.ContainsFunc(known, func(k string) bool { return sameLabel(k, label) }) {
			l.note(i, LintNote{Code: LintLabel, Field: field, Text: label})
		}
	}
}

// unmatched looks for filters that no product passes.
func (l *linter) unmatched(i int) {
	if !l.about(i) {
		return
	}
	told := map[string]bool{}
	for _, part := range goodsOf(&l.offers[i]) {
		if part.field != "" && !told[part.field] && len(l.shelf.some(l.shelf.fitting(part.goods), 1)) == 0 {
			told[part.field] = true
			l.note(i, LintNote{Code: LintNoProduct, Field: part.field})
		}
	}
}

// gift looks whether the gift of an offer is there to be given.
func (l *linter) gift(i int) {
	o := &l.offers[i]
	if o.Kind != KindGift || !l.about(i) {
		return
	}
	p, known := l.shelf.skus[foldText(o.Gift.SKU)]
	switch {
	case !known || !p.Active:
		l.note(i, LintNote{Code: LintGift, Text: o.Gift.SKU})
	case p.Counted && p.Stock < max(1, o.Gift.Units):
		l.note(i, LintNote{Code: LintGiftStock, SKU: p.SKU, Product: p.Name, Units: p.Stock})
	}
}
