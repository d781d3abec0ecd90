package screen

import (
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// look is what needs attention, each line with what it is about behind it.
func (r *deskDrawer) look() {
	r.out = append(r.out, kit.NoMarker+r.env.Styles.Title.Render(kit.Clip(r.t("desk.look"), r.width-len(kit.NoMarker))))
	if len(r.d.o.Look) == 0 {
		r.out = append(r.out, kit.NoMarker+r.env.Styles.GoodText(kit.Clip(r.t("desk.look.nothing"), r.width-len(kit.NoMarker)-2)))
		return
	}
	st := r.env.Styles
	r.first = len(r.links)
	for _, n := range r.d.o.Look {
		lines := kit.Wrap("! "+r.d.notice(n), r.width-len(kit.NoMarker))
		if r.tall < deskLow {
			lines = []string{kit.Clip("! "+r.d.notice(n), r.width-len(kit.NoMarker))}
		}
		r.mark(kit.Binding{}, lookLink(n), func(marked bool) string {
			if marked {
				return lines[0]
			}
			return st.Warn.Render(lines[0])
		})
		for _, l := range lines[1:] {
			r.out = append(r.out, kit.NoMarker+kit.NoMarker+st.Warn.Render(l))
		}
	}
}

// notice is the sentence of one thing that needs attention.
//
// words: desk.look.*
func (d *desk) notice(n engine.Notice) string {
	w, f := d.env.Words, d.env.Format
	args := []any{"title", kit.Clean(n.Title), "percent", f.Percent(engine.BP(n.Percent * 100))} //nolint:gosec // at most a hundred
	switch n.What {
	case engine.LookSender:
		return joinedSentence(w.TextReason("", n.Reason), kit.Clean(n.Detail))
	case engine.LookAlert:
		text, _, _ := strings.Cut(d.pen().Finding(n.Finding), ". ")
		return strings.TrimSuffix(text, ".")
	case engine.LookClock, engine.LookSenderLeft:
		args = append(args, "at", f.DateTime(n.At))
	}
	if n.From != 0 {
		args = append(args, "day", f.DayMonth(n.From))
	}
	return w.N("desk.look."+string(n.What), int(n.Count), append(args, "n", f.Count(int(n.Count)))...)
}

func joinedSentence(a, b string) string {
	if b == "" {
		return a
	}
	return a + " " + b
}

// lookLink is where what needs attention can be seen, or settled.
func lookLink(n engine.Notice) report.Link {
	switch n.What {
	case engine.LookTextsStuck:
		return report.Link{To: report.ToMessages, Filter: engine.Filter{State: textDue}}
	case engine.LookTextsUnknown:
		return report.Link{To: report.ToMessages, Filter: engine.Filter{State: "unknown"}}
	case engine.LookTextsRefused:
		return report.Link{To: report.ToMessages, Filter: engine.Filter{State: "refused", From: n.From}}
	case engine.LookTextLimit, engine.LookTextsNear:
		return report.Link{To: report.ToMessages, Filter: engine.Filter{State: textHeld}}
	case engine.LookSender, engine.LookSenderLeft:
		return report.Link{To: report.ToMessages}
	case engine.LookAlert:
		return report.FindingLink(n.Finding)
	case engine.LookAlerts:
		return report.Link{To: report.ToReport, Name: "alerts"}
	case engine.LookCampaignLimit, engine.LookCampaignSpent, engine.LookCampaignEnds:
		return report.Link{To: report.ToCampaign, ID: n.Campaign}
	case engine.LookNoCampaign:
		return report.Link{To: report.ToCampaigns}
	case engine.LookClock:
		return report.Link{To: report.ToSales}
	}
	return report.Link{To: report.ToBackupHelp}
}
