package screen_test

import (
	"context"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/screen"
)

func (o *office) campaigns() []engine.Campaign {
	o.t.Helper()
	p, err := o.db.Campaigns(context.Background(), o.owner, engine.Filter{})
	o.must(err)
	return p.Items
}

// to goes forward to the field of a label.
func (o *office) to(label string) {
	o.t.Helper()
	for range 80 {
		if m := o.marked(); len(m) > 2 && len(m) > len(label)+2 && m[2:2+len(label)] == label {
			return
		}
		o.press("tab")
	}
	o.t.Fatalf("there is no field %q:\n%s", label, o.view(120, 40))
}

// back goes to the first field.
func (o *office) back() {
	o.t.Helper()
	for range 80 {
		o.press("shift+tab")
	}
}

// TestWorkedCampaigns types A 10 % and B 20 % from 100 to 500 and tries the
// amounts of the worked figures.
func TestWorkedCampaigns(t *testing.T) {
	o := newOffice(t)
	o.press("4", "e")
	o.fill("A")
	o.to("Cashback")
	o.fill("10%")
	o.press("ctrl+s")
	o.sees("“A” is saved.", "10 %")
	o.press("n", "enter")
	o.typed("B")
	o.to("Sales from")
	o.typed("100")
	o.to("Sales up to")
	o.typed("500,00")
	o.sees("Sales of R$ 100 – R$ 500 give 20 % back")
	o.to("Try an amount")
	for amount, by := range map[string]string{
		"99,99": "R$ 10,00, good 20/11/2026 – 04/01/2027, by “A”", "100": "R$ 20,00, good 20/11/2026 – 04/01/2027, by this campaign",
		"500.00": "R$ 100,00, good 20/11/2026 – 04/01/2027, by this campaign", "500,01": "R$ 51,00, good 20/11/2026 – 04/01/2027, by “A”",
	} {
		o.fill(amount)
		o.sees(by)
	}
	o.sees("! This campaign comes first for sales of R$ 100 – R$ 500, before “A”.")
	o.lacks("“A” comes first")
	o.press("ctrl+s")
	o.at("Campaigns")
	o.sees("“B” is saved as a draft", "draft", "R$ 100 – R$ 500")
	o.press("a")
	o.sees("“B” is active.")
	o.press("down", "e")
	o.sees("“B” comes first for sales of R$ 100 – R$ 500")
}

func TestStandardParametersArePrefilled(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	o.to("Cashback")
	o.fill("12,5")
	o.to("Coupon's lifetime")
	o.fill("60")
	o.press("ctrl+s")
	o.at("Lists and settings")
	o.sees("The settings are saved.")
	o.press("4", "n", "enter")
	o.sees("12,5  12,5 %", "60  60 days")
	o.typed("Spring")
	o.press("ctrl+s")
	c := o.campaigns()[0]
	if c.Title != "Spring" || c.Terms != (engine.Terms{Cashback: 1250, MaxDiscount: 3000, Lifetime: 60}) || c.State != engine.CampaignDraft {
		t.Errorf("saved %+v", c)
	}
}

func TestCampaignIsCheckedAsTyped(t *testing.T) {
	o := newOffice(t)
	o.press("4", "n", "enter", "ctrl+s")
	o.sees("A campaign needs a title")
	o.typed("X")
	for _, c := range []struct{ label, typed, says string }{
		{"Cashback", "101", "goes up to 100 %"},
		{"Cashback", "0", "goes up to 100 %"},
		{"Sales from", "1e3", "not an amount"},
		{"Lifetime", "4", "between 5 and 3650 days"},
		{"Starts on", "31/2", "is not a date"},
		{"Link", "example", "is not a link"},
	} {
		o.back()
		o.to(c.label)
		o.fill(c.typed)
		o.sees(c.says)
		o.press("ctrl+s")
		o.at("New campaign")
		o.fill(map[string]string{"Cashback": "20", "Lifetime": "45"}[c.label])
	}
	o.back()
	o.to("Sales from")
	o.fill("100")
	o.to("Sales up to")
	o.fill("50")
	o.press("ctrl+s")
	o.sees("do not fit")
	if n := len(o.campaigns()); n != 1 {
		t.Errorf("%d campaigns were saved", n)
	}
}

func TestEditingKeepsIssuedCoupons(t *testing.T) {
	o := newOffice(t)
	first, _, _ := o.year()
	o.press("4", "enter", "e")
	o.sees("Coupons already issued keep their terms.")
	o.to("Maximum discount")
	o.fill("50")
	o.press("ctrl+s")
	o.at("Campaign")
	o.sees("50 % of a sale")
	c, _, err := o.db.Coupon(context.Background(), o.owner, first.Issued.ID)
	o.must(err)
	if c.MaxDiscount != 3000 {
		t.Errorf("the issued coupon takes at most %d", c.MaxDiscount)
	}
}

// TestTrialTakesTheCampaignAsTyped: what it was before does not count, and a
// campaign that starts later is tried on its first day.
func TestTrialTakesTheCampaignAsTyped(t *testing.T) {
	o := newOffice(t)
	o.press("4", "e")
	o.to("Cashback")
	o.fill("10")
	o.sees("A sale of R$ 100,00 would earn R$ 10,00, good 20/11/2026 – 04/01/2027, by this campaign.")
	o.to("Starts on")
	o.fill("1/12/2026")
	o.sees("would earn R$ 10,00, good 01/12/2026 – 15/01/2027, by this campaign.")
}

func TestPauseActivateEndDuplicate(t *testing.T) {
	o := newOffice(t)
	o.press("4", "p")
	o.sees("“Welcome back” is paused.", "paused")
	o.press("a")
	o.sees("“Welcome back” is active.")
	o.press("d")
	o.sees("Welcome back (copy)")
	o.press("ctrl+s")
	o.sees("saved as a draft")
	if !strings.Contains(o.marked(), "Welcome back (copy)") {
		t.Errorf("the marker stands on %q", o.marked())
	}
	if all := o.campaigns(); len(all) != 2 || all[0].State != engine.CampaignDraft || all[0].Title != "Welcome back (copy)" {
		t.Errorf("campaigns %+v", all)
	}
	o.press("end", "x", "n")
	o.sees("active")
	o.press("x", "y")
	o.sees("“Welcome back” has ended.", "ended")
	o.press("a")
	o.sees("One that has ended stays ended")
}

func TestCampaignThatStartsLaterIsScheduled(t *testing.T) {
	o := newOffice(t)
	o.press("4", "n", "enter")
	o.typed("Summer")
	o.to("Starts on")
	o.fill("1/12/2026")
	o.to("Ends on")
	o.fill("30/11/2026")
	o.sees("! Ends on: ", "before it starts")
	o.fill("")
	o.press("ctrl+s", "a")
	o.sees("“Summer” is scheduled from 01/12/2026.")
}

func TestCampaignsAreTheOwners(t *testing.T) {
	o := newOffice(t)
	o.as("Bruno", engine.Manager)
	o.press("4")
	for _, key := range []string{"n", "e", "d", "a", "p", "x"} {
		o.need = nil
		o.press(key)
		if o.need == nil || o.need.Permission != engine.MayEditCampaigns {
			t.Errorf("%s asked for %+v", key, o.need)
		}
	}
	o.actor = o.owner
	o.run(o.need.Retry)
	o.sees("for good?")
}

// TestUseIsShownOfACampaignThatDoesNotRun: the page says what was used of the
// limits of a paused and of an ended campaign.
func TestUseIsShownOfACampaignThatDoesNotRun(t *testing.T) {
	o := newOffice(t)
	c := o.offered("Few", engine.Offer{
		Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 10_00}, Limits: engine.Limits{Total: 5, Budget: 100_00},
	})
	for _, state := range []engine.CampaignState{engine.CampaignActive, engine.CampaignPaused, engine.CampaignEnded} {
		_, err := o.db.SetCampaignState(context.Background(), o.owner, c.ID, state)
		o.must(err)
		o.take(screen.GotoMsg{Kind: screen.KindCampaign, ID: c.ID})
		o.sees("Used so far", "0 of 5", "Budget left")
		o.press("esc")
	}
}
