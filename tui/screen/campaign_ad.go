package screen

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/promo"
)

// campaignAd is the key that shows the ad of a campaign.
var campaignAd = kit.Bind("lists.campaign.ad", "q")

// adPage shows the text of a campaign's ad and its QR code, large enough to be
// scanned off the screen.
type adPage struct {
	base
	ad promo.Material
}

// showAd opens the ad of a campaign, under its own labels.
//
// words: lists.campaign.ad lists.campaign.ad.help
func showAd(b *base, c engine.Campaign) tea.Cmd {
	ad, err := promo.Of(b.env.Named(), b.env.Store(), c, c.Labels())
	if err != nil {
		b.fail(err)
		return nil
	}
	return open(&adPage{newBase(b.env, "ad"), ad})
}

// Init has nothing to read.
func (p *adPage) Init() tea.Cmd { return nil }

// Title names the page.
func (p *adPage) Title() string { return p.t("lists.campaign.ad") }

// Keys are the page's.
func (p *adPage) Keys() []kit.Group {
	return []kit.Group{{Title: "lists.campaign.ad", Bindings: []kit.Binding{detailBack}}}
}

// Msg takes nothing.
func (p *adPage) Msg(msg tea.Msg) tea.Cmd {
	cmd, _ := p.msg(msg, p.fail)
	return cmd
}

// Event goes back.
func (p *adPage) Event(ev kit.Event) tea.Cmd {
	if detailBack.Matches(ev) {
		return send(BackMsg{})
	}
	return nil
}

// View draws the text with the QR code beside it, or under it where there is
// more room.
func (p *adPage) View(width, height int) string {
	return p.frame(width, height, p.Title(), p.body, detailBack)
}

func (p *adPage) body(width, height int) []string {
	st := p.env.Styles
	qr := kit.QR(st, p.ad.Target, width*3/5, height)
	room := width
	if len(qr) > 0 {
		room -= kit.Width(qr[0]) + 3
	}
	left := inked(st.Strong, kit.Wrap(kit.Clean(p.ad.Headline), room))
	for _, text := range p.told(len(qr) > 0) {
		left = append(append(left, ""), kit.Wrap(kit.Clean(text), room)...)
	}
	if len(left) > height { // the words matter more than the air between them
		left = slices.DeleteFunc(left, func(l string) bool { return l == "" })
	}
	return beside(left[:min(len(left), height)], qr, width)
}

// told is what the ad says below its headline, and how the counter is told:
// that comes first where there is no room for the QR code.
func (p *adPage) told(drawn bool) []string {
	says := append([]string{p.ad.Sentence}, p.ad.Small...)
	if p.ad.Link != "" {
		says = append(says, p.ad.Link)
	}
	var counter []string
	if p.ad.Token != "" {
		counter = append(counter, p.t("promo.token", "token", p.ad.Token))
	}
	if drawn {
		return append(says, counter...)
	}
	if p.env.Styles.Theme != kit.Plain {
		counter = append(counter, p.t("lists.campaign.ad.small"))
	}
	return append(counter, says...)
}
