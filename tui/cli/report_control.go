package cli

import (
	"context"
	"math"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// controlDTO is one campaign of report control. Low and high are the ends of
// 95 % intervals. What cannot be said, or not yet, is null.
type controlDTO struct {
	CampaignID string  `json:"campaign_id"`
	Title      string  `json:"title"`
	Holdback   int64   `json:"holdback_bp"`
	Since      string  `json:"since"`
	Verdict    string  `json:"verdict"`
	Uplift     *int64  `json:"uplift_bp"`
	UpliftLow  *int64  `json:"uplift_low_bp"`
	UpliftHigh *int64  `json:"uplift_high_bp"`
	Least      int64   `json:"least_uplift_bp"`
	Extra      *int64  `json:"extra_sales"`
	ExtraLow   *int64  `json:"extra_sales_low"`
	ExtraHigh  *int64  `json:"extra_sales_high"`
	Cost       int64   `json:"cost_minor"`
	Each       *int64  `json:"cost_each_minor"`
	EachLow    *int64  `json:"cost_each_low_minor"`
	EachHigh   *int64  `json:"cost_each_high_minor"`
	Missing    *int64  `json:"missing_customers"` // null: there will never be enough
	Days       *int64  `json:"missing_days"`
	Until      *string `json:"running_until"` // all who take part now count from then on
	Treated    int64   `json:"treated"`       // customers who had coupons
	TreatedIn  int64   `json:"treated_came_back"`
	TreatedBP  *int64  `json:"treated_came_back_bp"`
	TreatedLow *int64  `json:"treated_came_back_low_bp"`
	TreatedTop *int64  `json:"treated_came_back_high_bp"`
	TreatedNow int64   `json:"treated_running"` // whose coupons are still good: they count later
	Control    int64   `json:"control"`         // customers held back
	ControlIn  int64   `json:"control_came_back"`
	ControlBP  *int64  `json:"control_came_back_bp"`
	ControlLow *int64  `json:"control_came_back_low_bp"`
	ControlTop *int64  `json:"control_came_back_high_bp"`
	ControlNow int64   `json:"control_running"`
	Early      bool    `json:"early"` // the planned size is not reached: intervals of three standard errors instead of 95 %
}

// controlReportDTO answers report control --json.
type controlReportDTO struct {
	From  *string      `json:"from"`
	To    *string      `json:"to"`
	Items []controlDTO `json:"items"`
}

func (a *app) reportControl() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use: "control", Args: takes(0, 0), Example: "  bounceback report control\n  bounceback report control --campaign 'Spring' --json",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		days, err := a.reportDays(ctx, cmd, f)
		if err != nil {
			return err
		}
		all, err := a.file.Control(ctx, a.actor, days.CampaignID, days.From, days.To)
		if err != nil {
			return err
		}
		d := controlReportDTO{From: dayText(days.From), To: dayText(days.To), Items: make([]controlDTO, 0, len(all))}
		for _, c := range all {
			d.Items = append(d.Items, newControlDTO(c))
		}
		return answerReport(a, f, d.Items, d, a.pen().Control(all, days.From, days.To))
	})
	f.bindReport(a, cmd, true)
	f.bind(cmd, "campaign")
	return cmd
}

func newControlDTO(c engine.Comparison) controlDTO {
	r, n := c.Report, c.Counts
	d := controlDTO{
		CampaignID: c.CampaignID.String(), Title: c.Campaign, Holdback: int64(c.Share), Since: c.Since.String(), Verdict: string(r.Verdict), Early: r.Early,
		Least: int64(n.Least), Cost: int64(n.Cost), Until: dayText(c.Running.Last),
		Treated: n.Treated.Of, TreatedIn: n.Treated.Hits, TreatedNow: c.Running.Treated,
		Control: n.Control.Of, ControlIn: n.Control.Hits, ControlNow: c.Running.Held,
	}
	d.TreatedBP, d.TreatedLow, d.TreatedTop = shareBP(n.Treated)
	d.ControlBP, d.ControlLow, d.ControlTop = shareBP(n.Control)
	if n.Treated.Known() && n.Control.Known() {
		low, high := r.Uplift.BP()
		d.Uplift, d.UpliftLow, d.UpliftHigh = number(r.Uplift.ValueBP()), number(low), number(high)
		d.Extra, d.ExtraLow, d.ExtraHigh = whole(r.Extra.Value), whole(r.Extra.Low), whole(r.Extra.High)
	}
	if r.Each.Known {
		d.Each, d.EachLow = number(r.Each.Each), number(r.Each.Low)
	}
	if r.Each.Bounded {
		d.EachHigh = number(r.Each.High)
	}
	if !r.Wait.Never {
		d.Missing = &r.Wait.Customers
	}
	if r.Wait.Paced {
		d.Days = &r.Wait.Days
	}
	return d
}

// shareBP is a proportion and its interval; nil of nobody.
func shareBP(p engine.Proportion) (rate, low, high *int64) {
	if !p.Known() {
		return nil, nil, nil
	}
	l, h := p.Wilson().BP()
	return number(p.BP()), number(l), number(h)
}

func whole(n float64) *int64 {
	v := int64(math.Round(n))
	return &v
}
