package store_test

import (
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
)

func standard(title string) engine.Campaign {
	return engine.Campaign{Title: title, Terms: engine.Terms{Cashback: 1000, MaxDiscount: 5000, Lifetime: 30}}
}

func (s *till) lastAudit() engine.AuditEntry {
	s.t.Helper()
	page, err := s.Audit(bg, s.actor, engine.Filter{Limit: 1})
	if err != nil || len(page.Items) == 0 {
		s.t.Fatalf("audit: %v", err)
	}
	return page.Items[0]
}

func TestEditedCampaignLeavesIssuedCouponsAlone(t *testing.T) {
	s := openTill(t)
	issued := s.sell(toMaria(100_00)).Issued
	c, err := s.Campaign(bg, s.actor, issued.CampaignID)
	if err != nil || c.Issued != 1 {
		t.Fatalf("%d issued, %v; want 1", c.Issued, err)
	}
	c.Title, c.Terms.Cashback, c.EndsOn = " Nova ", 5000, engine.DayOf(2026, 12, 31)
	c.State = engine.CampaignEnded // changed by SetCampaignState alone
	saved, err := s.SaveCampaign(bg, s.actor, c)
	if err != nil || saved.Title != "Nova" || saved.State != engine.CampaignActive {
		t.Fatalf("saved %+v, %v", saved, err)
	}
	e := s.lastAudit()
	if e.Action != "campaign.edit" || e.ID != c.ID || e.Detail != `title="Volte sempre">"Nova"; cashback=2000>5000; ends_on=none>2026-12-31` {
		t.Errorf("audit %q: %q", e.Action, e.Detail)
	}
	after, _, err := s.Coupon(bg, s.actor, issued.ID)
	if err != nil || after.Rate != 2000 || after.Face != 20_00 {
		t.Errorf("the issued coupon became %+v, %v", after, err)
	}
	if next := s.sell(toMaria(100_00)).Issued; next.Face != 50_00 {
		t.Errorf("the next coupon has face %d, want 50.00", next.Face)
	}
	if again, err := s.SaveCampaign(bg, s.actor, saved); err != nil || again.Updated != saved.Updated || s.lastAudit().Action != "sale.record" {
		t.Error("saving without a change left a trace")
	}
}

func TestCampaignStates(t *testing.T) {
	s := openTill(t)
	set := func(id engine.ID, state engine.CampaignState) error {
		_, err := s.SetCampaignState(bg, s.actor, id, state)
		return err
	}
	c := s.campaign(standard("Natal"))
	if c.State != engine.CampaignDraft {
		t.Fatalf("a new campaign is %s, want a draft", c.State)
	}
	s.refused(set(c.ID, engine.CampaignPaused), engine.CodeCampaignState)
	s.refused(set(c.ID, engine.CampaignDraft), engine.CodeCampaignState)
	s.refused(set(c.ID, engine.CampaignScheduled), engine.CodeCampaignState)
	s.refused(set(engine.ID{15: 1}, engine.CampaignActive), engine.CodeCampaignUnknown)
	for _, state := range []engine.CampaignState{engine.CampaignActive, engine.CampaignPaused, engine.CampaignActive, engine.CampaignEnded} {
		if err := set(c.ID, state); err != nil {
			t.Fatalf("to %s: %v", state, err)
		}
		if e := s.lastAudit(); !strings.HasSuffix(e.Detail, ">"+string(state)) || e.ID != c.ID {
			t.Errorf("to %s: audit says %q", state, e.Detail)
		}
	}
	s.refused(set(c.ID, engine.CampaignActive), engine.CodeCampaignState)
	c.Title = "Páscoa"
	_, err := s.SaveCampaign(bg, s.actor, c)
	s.refused(err, engine.CodeCampaignState)
	past := standard("Passada")
	past.EndsOn = engine.DayOf(2026, 11, 19)
	s.refused(set(s.campaign(past).ID, engine.CampaignActive), engine.CodeCampaignState)
}

func TestOnlyTheOwnerEditsCampaigns(t *testing.T) {
	s := openTill(t)
	c := s.campaign(standard("Natal"))
	for _, role := range []engine.Role{engine.Manager, engine.Cashier, engine.Salesperson} {
		a := s.hire("P "+string(role), role, "Till 1")
		_, err := s.SaveCampaign(bg, a, standard("Mine"))
		s.refused(err, engine.CodeForbidden)
		_, err = s.SetCampaignState(bg, a, c.ID, engine.CampaignActive)
		s.refused(err, engine.CodeForbidden)
	}
	bad := standard("Cheap")
	bad.Terms.Lifetime = 4
	_, err := s.SaveCampaign(bg, s.actor, bad)
	s.refused(err, engine.CodeCampaignLifetime)
}

func TestCampaignListByStateAndTitle(t *testing.T) {
	s := openTill(t)
	add := func(title string, state engine.CampaignState, from, to engine.Day) engine.Campaign {
		c := standard(title)
		c.State, c.StartsOn, c.EndsOn = state, from, to
		return s.campaign(c)
	}
	today := engine.DayOf(2026, 11, 20)
	add("Verão de ação", engine.CampaignDraft, 0, 0)
	add("Outono", engine.CampaignActive, today+1, 0)
	add("Inverno", engine.CampaignActive, today-5, today)
	add("Primavera", engine.CampaignActive, today-5, today-1)
	add("Açaí", engine.CampaignActive, 0, 0)
	titles := func(f engine.Filter) string {
		var out []string
		for {
			page, err := s.Campaigns(bg, s.actor, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range page.Items {
				out = append(out, c.Title)
			}
			if f.After = page.Next; f.After == "" {
				return strings.Join(out, ", ")
			}
		}
	}
	for _, c := range []struct {
		f    engine.Filter
		want string
	}{
		{engine.Filter{}, "Açaí, Primavera, Inverno, Outono, Verão de ação, Volte sempre"},
		{engine.Filter{Limit: 2}, "Açaí, Primavera, Inverno, Outono, Verão de ação, Volte sempre"},
		{engine.Filter{State: "active", Limit: 1}, "Açaí, Inverno, Volte sempre"},
		{engine.Filter{State: "scheduled"}, "Outono"},
		{engine.Filter{State: "ended"}, "Primavera"},
		{engine.Filter{State: "draft"}, "Verão de ação"},
		{engine.Filter{State: "paused"}, ""},
		{engine.Filter{Search: "ACA"}, "Açaí, Verão de ação"},
		{engine.Filter{Search: "acao ver"}, "Verão de ação"},
	} {
		if got := titles(c.f); got != c.want {
			t.Errorf("%+v lists %q, want %q", c.f, got, c.want)
		}
	}
}

func TestDeskTellsWhatTheCounterNeeds(t *testing.T) {
	s := openTill(t)
	before, err := s.Desk(bg, s.actor)
	if err != nil || before.Store.Title != "Casa Azul" || len(before.Campaigns) != 1 || before.Texts.Due != 0 {
		t.Fatalf("desk of a new shop: %+v, %v", before, err)
	}
	s.campaign(standard("Rascunho"))
	c := s.sell(toMaria(100_00)).Issued
	s.sell(redeeming(toMaria(200_00), c))
	desk, err := s.Desk(bg, s.actor)
	if err != nil {
		t.Fatal(err)
	}
	want := engine.DayFigures{Day: engine.DayOf(2026, 11, 20), Sales: 2, Gross: 300_00, Discount: 20_00, Net: 280_00, Issued: 2, Redeemed: 1}
	if desk.Today != want {
		t.Errorf("today %+v, want %+v", desk.Today, want)
	}
	if desk.Texts.Due != 1 || desk.Texts.Unknown != 0 || desk.Version == before.Version {
		t.Errorf("%d texts due, %d unknown, version %d after %d", desk.Texts.Due, desk.Texts.Unknown, desk.Version, before.Version)
	}
	if !slices.EqualFunc(desk.Campaigns, before.Campaigns, func(a, b engine.Campaign) bool { return a.ID == b.ID }) {
		t.Errorf("running campaigns %+v", desk.Campaigns)
	}
}
