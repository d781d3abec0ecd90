package store

import (
	"reflect"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

func (s *shop) onlyCampaign() engine.Campaign {
	s.t.Helper()
	page, err := s.Campaigns(bgc, s.owner, engine.Filter{})
	s.ok(err)
	c, err := s.Campaign(bgc, s.owner, page.Items[0].ID)
	s.ok(err)
	return c
}

func TestCampaignTexts(t *testing.T) {
	s := newShop(t, "")
	c := s.onlyCampaign()
	if c.Texts != nil || c.Wording != (engine.TextWording{}) {
		t.Fatalf("%+v", c)
	}
	c.Texts = &engine.TextPlan{AtIssue: true, Days: []int{1, 10}, Before: 4, LongLife: 20}
	c.Wording = engine.TextWording{Issue: " {shop}: {face}, {code}; {last_day}>{stop} ", Day: "{code}", Last: "{code} {last_day}", Several: "{coupons}"}
	saved, err := s.SaveCampaign(bgc, s.owner, c)
	s.ok(err)
	want := engine.TextWording{Issue: "{shop}: {face}, {code}; {last_day}>{stop}", Day: "{code}", Last: "{code} {last_day}"}
	for what, got := range map[string]engine.Campaign{"saved": saved, "read": s.onlyCampaign()} {
		if !reflect.DeepEqual(got.Texts, c.Texts) || got.Wording != want {
			t.Errorf("%s: %+v %+v", what, got.Texts, got.Wording)
		}
	}
	page, err := s.Audit(bgc, s.owner, engine.Filter{State: "campaign.edit"})
	s.ok(err)
	detail := page.Items[0].Detail
	if parts := strings.Split(detail, "; "); len(parts) != 4 || parts[0] != `text_plan="">"issue=1;days=1,10;before=4;long=20"` {
		t.Errorf("%q", detail)
	}
	desk, err := s.Desk(bgc, s.owner)
	s.ok(err)
	if got := desk.Campaigns[0]; !reflect.DeepEqual(got.Texts, c.Texts) || got.Wording != want {
		t.Errorf("at the counter: %+v", got)
	}
	c.Texts, c.Wording = nil, engine.TextWording{}
	_, err = s.SaveCampaign(bgc, s.owner, c)
	s.ok(err)
	if got := s.onlyCampaign(); got.Texts != nil || got.Wording != c.Wording {
		t.Errorf("%+v", got)
	}
}

func TestTextPlansAreRead(t *testing.T) {
	for _, p := range []engine.TextPlan{
		{}, {AtIssue: true}, {Days: []int{2}}, {Days: []int{2, 7, 27}, Before: 3, LongLife: 35}, {Before: 1},
	} {
		got, err := readTextPlan(writeTextPlan(&p))
		if err != nil || !reflect.DeepEqual(got, &p) {
			t.Errorf("%+v became %+v, %v", p, got, err)
		}
	}
	for _, text := range []string{"x", "issue=1;days=a;before=0;long=0", "issue=1;days=;before=;long=0", "issue=1;days=2;before=1"} {
		if p, err := readTextPlan(text); err == nil {
			t.Errorf("%q is %+v", text, p)
		}
	}
}

func TestDamagedTextPlanIsTold(t *testing.T) {
	s := newShop(t, "")
	s.raw("UPDATE campaign SET text_plan = 'days=x'")
	_, err := s.Campaigns(bgc, s.owner, engine.Filter{})
	s.refused(err, CodeCampaignOffer)
}

func TestTemplatesAreChecked(t *testing.T) {
	s := newShop(t, "")
	for template, code := range map[string]engine.Code{
		"{code} {prise}": delivery.CodeTemplateField, "{code": delivery.CodeTemplateBrace, "{code} \x1b[2J": engine.CodeCampaignText,
		"{code}" + strings.Repeat("x", engine.MaxTemplate): engine.CodeCampaignText,
	} {
		for _, set := range []func(*engine.TextWording){
			func(w *engine.TextWording) { w.Issue = template },
			func(w *engine.TextWording) { w.Day = template },
			func(w *engine.TextWording) { w.Last = template },
		} {
			c := s.onlyCampaign()
			set(&c.Wording)
			_, err := s.SaveCampaign(bgc, s.owner, c)
			s.refused(err, code)
		}
	}
	for _, name := range []engine.Setting{engine.SetWording, engine.SetWordingDay, engine.SetWordingLast, engine.SetWordingSeveral} {
		st := s.store
		st.Settings = engine.Settings{name: "{prise}"}
		_, err := s.SaveStore(bgc, s.owner, st)
		s.refused(err, delivery.CodeTemplateField)
	}
	c := s.onlyCampaign()
	c.Texts = &engine.TextPlan{Days: []int{3, 3}}
	_, err := s.SaveCampaign(bgc, s.owner, c)
	s.refused(err, engine.CodeTextDays)
}
