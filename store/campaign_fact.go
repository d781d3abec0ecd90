package store

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bounceback/engine"
)

// campaignFact is one thing of a campaign as the audit log writes it.
type campaignFact struct{ name, value string }

func campaignFacts(c engine.Campaign) []campaignFact {
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	day := func(d engine.Day) string {
		if d == 0 {
			return "none"
		}
		return d.String()
	}
	return []campaignFact{
		{"state", string(c.State)},
		{"title", quoted(c.Title)},
		{"cashback", number(int64(c.Terms.Cashback))},
		{"max_discount", number(int64(c.Terms.MaxDiscount))},
		{"min_sale", number(int64(c.Terms.MinSale))},
		{"max_sale", number(int64(c.Terms.MaxSale))},
		{"lifetime", number(int64(c.Terms.Lifetime))},
		{"valid_after", number(int64(c.Terms.ValidAfter))},
		{"starts_on", day(c.StartsOn)},
		{"ends_on", day(c.EndsOn)},
		{"offer_text", quoted(c.OfferText)},
		{"link", quoted(c.Link)},
		{"source", quoted(c.Source)},
		{"ad", quoted(c.Ad)},
		{"on_return", string(c.OnReturn)},
		{"text_plan", quoted(writeTextPlan(c.Texts))},
		{"wording_issue", quoted(c.Wording.Issue)},
		{"wording_day", quoted(c.Wording.Day)},
		{"wording_last", quoted(c.Wording.Last)},
		{"holdback", number(int64(c.Holdback))},
	}
}

// changes writes what differs between two campaigns as name=old>new: first the
// campaign's own facts, then those of its offer by their place in its JSON.
func changes(before, after engine.Campaign) (string, error) {
	var out []string
	note := func(name, was, is string) {
		if was != is {
			out = append(out, name+"="+was+">"+is)
		}
	}
	was, is := campaignFacts(before), campaignFacts(after)
	for i := range is {
		note(is[i].name, was[i].value, is[i].value)
	}
	had, err := offerFacts(before)
	if err != nil {
		return "", err
	}
	has, err := offerFacts(after)
	if err != nil {
		return "", err
	}
	names := maps.Clone(had)
	maps.Copy(names, has)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		note(name, had[name], has[name])
	}
	return strings.Join(out, "; "), nil
}

// offerFacts are the values of a campaign's offer by their place in its JSON:
// offer.threshold.min_amount_minor=5000.
func offerFacts(c engine.Campaign) (map[string]string, error) {
	out := map[string]string{}
	text, err := promoText(c)
	if err != nil || text == "" {
		return out, err
	}
	return out, flatten(out, "offer", []byte(text))
}

// factEscapes write what would end a value of the log in a way that both Go and
// JSON read as the same.
var factEscapes = strings.NewReplacer("; ", `;\u0020`, ">", `\u003e`)

// quoted is a text as the log holds it.
func quoted(s string) string { return factEscapes.Replace(strconv.Quote(s)) }

// flatten adds the values of a JSON object by their place. Lists stand as a
// whole.
func flatten(out map[string]string, place string, text []byte) error {
	var parts map[string]json.RawMessage
	if json.Unmarshal(text, &parts) != nil {
		var line bytes.Buffer
		if err := json.Compact(&line, text); err != nil {
			return err
		}
		out[place] = factEscapes.Replace(line.String())
		return nil
	}
	for name, part := range parts {
		if err := flatten(out, place+"."+name, part); err != nil {
			return err
		}
	}
	return nil
}
