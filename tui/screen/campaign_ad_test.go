package screen_test

import (
	"context"
	"strings"
	"testing"

	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// TestCampaignAd: the key on a campaign's page shows its ad with the QR code,
// and one with nothing to count by says so.
func TestCampaignAd(t *testing.T) {
	o := newOffice(t)
	c := o.campaigns()[0]
	o.push(screen.Detail(o.env, screen.KindCampaign, c.ID))
	o.press("q")
	o.sees("There is nothing to count by")

	c.Source, c.Ad, c.OfferText = "instagram", "spring", "A gift for your next visit"
	_, err := o.db.SaveCampaign(context.Background(), o.owner, c)
	o.must(err)
	o.tell(screen.ChangedMsg{})
	o.press("q")
	o.sees("A gift for your next visit", "20 % back as a coupon", "Show this at the counter", "bb:instagram/spring", "▄▄▄")
	o.golden("campaign-ad")
	if small := o.view(40, 12); !strings.Contains(small, "too small for the QR code") || strings.Contains(small, "▄▄▄") {
		t.Errorf("in a small window:\n%s", small)
	}
	o.speak("en", kit.Plain)
	o.sees("bb:instagram/spring")
	o.lacks("▄", "too small")
	o.press("esc")
	o.sees("20 %", "e edit")
}
