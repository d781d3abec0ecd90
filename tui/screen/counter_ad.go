package screen

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// labelsOf are the labels of the campaigns that run on a day.
func labelsOf(campaigns []engine.Campaign, day engine.Day) []engine.AdLabels {
	var out []engine.AdLabels
	for _, c := range campaigns {
		if c.StateOn(day) == engine.CampaignActive && (c.Source != "" || c.Ad != "") {
			out = append(out, c.Labels())
		}
	}
	return out
}

// adLinks are the links of running campaigns, while a sale is rung up.
func (c *Counter) adLinks() map[string]engine.AdLabels {
	if c.mode != selling {
		return nil
	}
	return c.rules().book.adLinks
}

// choices are what can be chosen from a list: what the shop's setting names
// and, of sources and ads, what its running campaigns do.
func (c *Counter) choices(l factList) []string {
	out := namedIn(c.env.Store().Settings, l.setting)
	add := func(v string) {
		if v != "" && !slices.ContainsFunc(out, func(have string) bool { return strings.EqualFold(have, v) }) {
			out = append(out, v)
		}
	}
	for _, ad := range c.rules().book.ads {
		switch {
		case l.name == "source":
			add(ad.Source)
		case l.name == "ad" && strings.EqualFold(ad.Source, c.cart.source):
			add(ad.Ad)
		}
	}
	return out
}

// setSource takes where the customer came from, and asks which ad it was where
// there are several to tell apart.
func (c *Counter) setSource(v string) tea.Cmd {
	if v != c.cart.source {
		c.cart.source, c.cart.ad = v, ""
	}
	cmd := c.settled()
	if v != "" && len(c.choices(adList)) > 0 {
		return tea.Batch(cmd, c.askFact(adList))
	}
	return cmd
}

// takeAd counts the sale for an ad that the customer showed, and puts the code
// that it names on the sale.
func (c *Counter) takeAd(l engine.AdLabels) tea.Cmd {
	if l.Source == "" && l.Ad == "" {
		return c.takeCode(l.Code)
	}
	c.taken()
	c.cart.source, c.cart.ad = l.Source, l.Ad
	if l.Code != "" && !slices.Contains(c.cart.codes, l.Code) {
		c.cart.codes = append(slices.Clone(c.cart.codes), l.Code)
	}
	cmd := c.settled()
	tone, text := kit.Fine, c.t("counter.say.ad", "ad", adText(l.Source, l.Ad))
	if l.Code != "" {
		answer := ""
		if tone, answer = c.codeAnswer(l.Code); tone == kit.Wrong { // the ad counts all the same
			tone = kit.Caution
		}
		text += " " + answer
	}
	c.say(tone, text)
	return cmd
}

// adText names a source and its ad: "instagram / spring".
func adText(source, ad string) string {
	switch {
	case source == "":
		return kit.Clean(ad)
	case ad == "":
		return kit.Clean(source)
	}
	return kit.Clean(source) + " / " + kit.Clean(ad)
}
