package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// segmentDTO is a row of report customers.
type segmentDTO struct {
	Segment   string `json:"segment"`
	Customers int64  `json:"customers"`
	Share     *int64 `json:"share_bp"`
	Sales     int64  `json:"sales"`
	Spent     int64  `json:"spent_minor"`
}

// groupDTO is how many customers are in a group of recency and one of frequency,
// each from 1, the longest ago and the fewest sales, to 5.
type groupDTO struct {
	Recency   int   `json:"recency"`
	Frequency int   `json:"frequency"`
	Customers int64 `json:"customers"`
}

// segmentsDTO answers report customers --json. The days are null while nobody has
// come back.
type segmentsDTO struct {
	Day       string       `json:"day"`
	Customers int64        `json:"customers"`
	Risk      *int64       `json:"at_risk_after_days"`
	Lost      *int64       `json:"lost_after_days"`
	Segments  []segmentDTO `json:"segments"`
	Groups    []groupDTO   `json:"groups"`
}

func (a *app) reportCustomers() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use: "customers", Args: takes(0, 0), Example: "  bounceback report customers\n  bounceback report customers --csv",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		if _, err := a.reportDays(ctx, cmd, f); err != nil {
			return err
		}
		r, err := a.file.Segments(ctx, a.actor)
		if err != nil {
			return err
		}
		d := newSegmentsDTO(r)
		return answerReport(a, f, d.Segments, d, a.pen().Customers(r))
	})
	f.bindReport(a, cmd, false)
	return cmd
}

func newSegmentsDTO(r engine.SegmentReport) segmentsDTO {
	d := segmentsDTO{Day: r.Today.String(), Segments: []segmentDTO{}, Groups: []groupDTO{}}
	if r.Known {
		d.Risk, d.Lost = &r.Risk, &r.Lost
	}
	for _, s := range r.Segments {
		d.Customers += s.Customers
	}
	for _, s := range r.Segments {
		row := segmentDTO{Segment: string(s.Segment), Customers: s.Customers, Sales: s.Sales, Spent: int64(s.Spent)}
		if p := (engine.Proportion{Hits: s.Customers, Of: d.Customers}); p.Known() {
			row.Share = number(p.BP())
		}
		d.Segments = append(d.Segments, row)
	}
	for recency, row := range r.Grid {
		for frequency, n := range row {
			d.Groups = append(d.Groups, groupDTO{recency + 1, frequency + 1, n})
		}
	}
	return d
}
