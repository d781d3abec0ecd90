package screen

import (
	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// headLine is where this is and who works here, and at the right what waits for
// somebody. What waits is worth more than the name of the shop.
func (c *Counter) headLine(width int) string {
	st, a, pieces := c.env.Styles, c.env.Actor(), c.banner()
	till, staff := kit.Clean(a.Register), kit.Clean(a.Staff)
	left := st.Title.Render(kit.Clean(c.env.Store().Title)) + st.Dim.Render(" · "+till+" · "+staff)
	if len(pieces) == 0 {
		return kit.Spread(left, "", width)
	}
	room := func() int { return width - kit.Width(left) - 2 }
	if pieces[0].tone == kit.Faded && kit.Width(pieces[0].text) > room() {
		return kit.Spread(left, "", width)
	}
	for _, shorter := range []string{till + " · " + staff, staff} {
		if kit.Width(pieces[0].text) > room() {
			left = st.Dim.Render(shorter)
		}
	}
	return kit.Spread(left, fitted(st, pieces, max(room(), width/2)), width)
}

// banner is what waits for somebody, the most important first: carts put aside,
// why texts do not go, texts that need a look. What only informs is faded.
func (c *Counter) banner() []piece {
	d, w := c.desk.Texts, c.env.Words
	var out []piece
	add := func(when bool, tone kit.Tone, text string) {
		if when {
			out = append(out, piece{text, tone, len(out)})
		}
	}
	add(len(c.parked) > 0, kit.Caution, w.N("counter.parked", len(c.parked)))
	add(d.LimitReached(), kit.Caution, c.t("counter.banner.limit"))
	add(c.mute(), kit.Caution, c.t("counter.banner.no_sender"))
	add(!c.mute() && d.Health.At != 0 && !d.Health.Ready, kit.Caution, c.t("counter.banner.not_ready"))
	add(d.Health.Left(c.now()), kit.Caution, c.t("counter.banner.left"))
	add(inSandbox(d.Health), kit.Caution, c.t("counter.banner.sandbox"))
	add(d.Unknown > 0, kit.Caution, w.N("counter.texts_unknown", d.Unknown))
	add(d.Stuck > 0, kit.Caution, w.N("counter.banner.stuck", d.Stuck))
	add(d.LimitNear() && !d.LimitReached(), kit.Caution, c.t("counter.banner.limit_near", "percent", d.LimitUsed()))
	rest := d.Due - d.Stuck
	add(rest > 0, kit.Faded, w.N("counter.texts_due", rest))
	add(d.Held > 0, kit.Faded, w.N("counter.banner.held", d.Held))
	return out
}

// mute tells whether nobody is set up to send texts.
func (c *Counter) mute() bool {
	h := c.desk.Texts.Health
	return !h.Ready && h.Problem == string(delivery.ReasonNoSender)
}

// inSandbox tells whether the carrier texts verified numbers only.
func inSandbox(h engine.SenderHealth) bool { return h.Ready && h.Sandbox == "yes" }
