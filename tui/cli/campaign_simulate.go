package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

func (a *app) campaignSimulate() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use: "simulate FILE.json|-|TITLE|ID [SECOND]", Args: takes(1, engine.MaxSimulated),
		Example: "  bounceback campaign simulate spring.json\n" +
			"  bounceback campaign simulate spring.json 'Volte sempre' --from 2026-01-01 --to 2026-06-30\n" +
			"  bounceback campaign simulate spring.json --csv > spring.csv",
	}
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		days, err := a.reportDays(ctx, cmd, f)
		if err != nil {
			return err
		}
		req := engine.SimulationRequest{From: days.From, To: days.To}
		if req.From == 0 && !cmd.Flags().Changed("from") {
			until := a.today()
			if req.To != 0 {
				until = req.To
			}
			req.From = engine.SimulatedFrom(until)
		}
		for _, name := range args {
			c, err := a.simulated(ctx, name)
			if err != nil {
				return err
			}
			req.Drafts = append(req.Drafts, c)
		}
		s, err := a.runSimulation(ctx, req)
		if err != nil {
			return err
		}
		d := newSimulationDTO(s)
		rows := make([]simulatedRowDTO, len(d.Drafts))
		for i, draft := range d.Drafts {
			rows[i] = draft.simulatedRowDTO
		}
		return answerReport(a, f, rows, d, a.pen().Simulation(s))
	})
	f.bindReport(a, cmd, true)
	return cmd
}

// simulated reads a draft: the campaign of a file, or an existing one. A file
// may have any name that no campaign has.
func (a *app) simulated(ctx context.Context, name string) (engine.Campaign, error) {
	if !isFile(name) {
		c, err := a.campaign(ctx, name)
		if engine.CodeOf(err) != engine.CodeCampaignUnknown || a.noFiles(name) != nil || !exists(name) {
			return c, err
		}
	}
	all, err := a.readCampaigns(name)
	if err != nil {
		return engine.Campaign{}, err
	}
	if len(all) > 1 {
		return engine.Campaign{}, engine.BadInput(CodeOneCampaign, "n", len(all))
	}
	return all[0], nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// runSimulation shows on a terminal how far it is.
func (a *app) runSimulation(ctx context.Context, req engine.SimulationRequest) (engine.Simulation, error) {
	p := a.newProgress(0)
	defer p.end()
	return a.file.Simulate(ctx, a.actor, req, func(done, all int64) {
		p.line(func() string {
			return a.words.T("simulate.progress", "done", a.format.Count(int(done)), "all", a.format.Count(int(all)))
		})
	})
}

// simulationDTO answers campaign simulate --json.
type simulationDTO struct {
	From      *string             `json:"from"`
	To        *string             `json:"to"`
	FirstSale *string             `json:"first_sale"`
	LastSale  *string             `json:"last_sale"`
	Sales     int64               `json:"sales"`
	Known     int64               `json:"sales_with_customer"`
	Unpriced  int64               `json:"unpriced"`
	Goods     int64               `json:"goods_minor"`
	Ended     int64               `json:"ended"` // coupons of the shop, voided ones aside
	Redeemed  int64               `json:"ended_redeemed"`
	Margin    *int64              `json:"margin_bp"`
	Others    []string            `json:"others"` // the active campaigns beside the drafts
	Drafts    []simulatedDraftDTO `json:"drafts"`
}

// simulatedRowDTO is one draft as a row of --csv. What its kind does not have is
// null.
type simulatedRowDTO struct {
	Campaign  string  `json:"campaign"`
	ID        *string `json:"id"` // of a campaign that exists
	Kind      string  `json:"kind"`
	Sales     int64   `json:"sales"`
	Customers int64   `json:"customers"`
	Unknown   int64   `json:"sales_without_customer"`
	Goods     int64   `json:"goods_minor"`
	Paid      int64   `json:"paid_minor"`
	Near      int64   `json:"near"`
	Coupons   *int64  `json:"coupons"`
	Face      *int64  `json:"face_minor"`
	FaceMean  *int64  `json:"face_mean_minor"`
	FaceMost  *int64  `json:"face_most_minor"`
	Rounding  *int64  `json:"rounding_minor"`
	Held      *int64  `json:"held_back"` // sales of customers who get none, for a comparison
	Worst     *int64  `json:"worst_discount_minor"`
	Texts     *int64  `json:"texts"`
	TextCost  *int64  `json:"text_cost_micros"`
	Off       *int64  `json:"discount_minor"`
	Units     *int64  `json:"units"`
	Points    *int64  `json:"points"`
}

// simulatedDraftDTO is one draft whole.
type simulatedDraftDTO struct {
	simulatedRowDTO

	Matured bool   `json:"matured"`   // the rates of the outlook are measured; otherwise they are assumed
	Own     bool   `json:"own_rates"` // by the campaign's own coupons; otherwise by those of the shop
	Return  *int64 `json:"return_bp"` // redeeming sales ÷ earning sales; null: assumed to be as large
	OffFace *int64 `json:"off_face_bp"`

	Likely  []outlookDTO         `json:"outlook"`
	Lost    []rivalDTO           `json:"lost_to"`
	Taken   []rivalDTO           `json:"taken_from"`
	Reasons []simulatedReasonDTO `json:"reasons"`
	Months  []simulatedMonthDTO  `json:"months"`
}

// outlookDTO is what would come of coupons under a rate of redemption.
type outlookDTO struct {
	Rate    int64  `json:"rate_bp"`
	Returns int64  `json:"returns"`
	Off     int64  `json:"discount_minor"`
	Net     int64  `json:"net_minor"`
	Texts   int64  `json:"texts_minor"`
	Gain    *int64 `json:"gain_minor"` // null: the store has set no margin
}

type rivalDTO struct {
	CampaignID string `json:"campaign_id"`
	Campaign   string `json:"campaign"`
	Sales      int64  `json:"sales"`
}

type simulatedReasonDTO struct {
	Reason string `json:"reason"`
	Sales  int64  `json:"sales"`
}

type simulatedMonthDTO struct {
	Month string `json:"month"`
	Sales int64  `json:"sales"`
	Hits  int64  `json:"hits"`
	Given int64  `json:"given_minor"`
}

func newSimulationDTO(s engine.Simulation) simulationDTO {
	d := simulationDTO{
		From: dayText(s.From), To: dayText(s.To), FirstSale: dayText(s.First), LastSale: dayText(s.Last), Sales: s.Sales, Known: s.Known,
		Unpriced: s.Unpriced, Goods: int64(s.Goods), Ended: s.Shop.Ended.Used().Of, Redeemed: s.Shop.Ended.Redeemed, Others: []string{},
	}
	if s.Margin > 0 {
		d.Margin = number(s.Margin)
	}
	for _, c := range s.Others {
		d.Others = append(d.Others, c.Title)
	}
	for _, draft := range s.Drafts {
		d.Drafts = append(d.Drafts, newSimulatedDraftDTO(draft, s.Basis(draft)))
	}
	return d
}

func newSimulatedDraftDTO(s engine.SimulatedDraft, b engine.OutlookBasis) simulatedDraftDTO {
	d := simulatedDraftDTO{
		simulatedRowDTO: newSimulatedRowDTO(s), Lost: rivalDTOs(s.Lost), Taken: rivalDTOs(s.Taken),
		Likely: []outlookDTO{}, Reasons: []simulatedReasonDTO{}, Months: []simulatedMonthDTO{},
	}
	d.Matured, d.Own = b.Matured, b.OwnRates
	if b.Measured {
		d.Return, d.OffFace = number(b.Return), number(b.Taken)
	}
	for _, o := range s.Likely {
		one := outlookDTO{Rate: int64(o.Rate), Returns: o.Returns, Off: int64(o.Off), Net: int64(o.Net), Texts: int64(o.Texts)}
		if o.GainSaid {
			one.Gain = number(o.Gain)
		}
		d.Likely = append(d.Likely, one)
	}
	for _, r := range s.Reasons {
		d.Reasons = append(d.Reasons, simulatedReasonDTO{string(r.Reason), r.Sales})
	}
	for _, m := range s.Months {
		d.Months = append(d.Months, simulatedMonthDTO{m.First.String(), m.Sales, m.Hits, int64(m.Given)})
	}
	return d
}

func newSimulatedRowDTO(s engine.SimulatedDraft) simulatedRowDTO {
	d := simulatedRowDTO{
		Campaign: s.Campaign.Title, Kind: string(s.Campaign.Offer().Kind), Sales: s.Sales, Customers: s.Customers, Unknown: s.Unknown,
		Goods: int64(s.Goods), Paid: int64(s.Paid), Near: s.Near,
	}
	if s.Campaign.Updated != 0 {
		d.ID = idText(s.Campaign.ID)
	}
	switch {
	case s.Coupons():
		texts := s.Texts.Coupons * int64(s.Texts.Each)
		d.Coupons, d.Face, d.FaceMean, d.FaceMost = &s.Sales, number(s.Face), number(s.FaceMean()), number(s.FaceMost)
		d.Rounding, d.Worst, d.Texts, d.TextCost = number(s.Rounding), number(s.Worst), &texts, number(s.Texts.Cost)
		d.Held = &s.Held
	case s.Campaign.Promo.Kind == engine.KindPoints:
		d.Points = &s.Points
	default:
		d.Off, d.Units = number(s.Off), &s.Units
	}
	return d
}

func rivalDTOs(of []engine.SimulatedRival) []rivalDTO {
	out := make([]rivalDTO, 0, len(of))
	for _, r := range of {
		out = append(out, rivalDTO{r.ID.String(), r.Title, r.Sales})
	}
	return out
}
