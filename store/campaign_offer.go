package store

import (
	"reflect"
	"sync"

	"bounceback/engine"
	"bounceback/engine/form"
)

// Codes of what campaigns run.
const (
	CodeCampaignCode  engine.Code = "campaign_code"  // with code, title: another campaign that runs has this code
	CodeCampaignOffer engine.Code = "campaign_offer" // with title: its offer in the file cannot be read
)

// promoCache keeps the offers read from their JSON, by campaign: every sale and
// every look at the counter reads the same few. A text that differs is read
// anew, so nobody has to tell it what changed. It is used by all connections.
type promoCache struct {
	mu    sync.Mutex
	known map[engine.ID]promo
}

type promo struct {
	text  string
	offer engine.Offer
}

// mostPromos bounds the cache: beyond it, it begins anew.
const mostPromos = 5000

// read is readPromo, but nobody may change what the offer's lists hold.
func (c *promoCache) read(id engine.ID, text string) (engine.Offer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.known[id]; ok && p.text == text {
		return p.offer, nil
	}
	o, err := readPromo(id, text)
	if err != nil {
		return o, err
	}
	if c.known == nil || len(c.known) >= mostPromos {
		c.known = map[engine.ID]promo{}
	}
	c.known[id] = promo{text, o}
	return o, nil
}

// readPromo reads the offer of a campaign from its JSON.
func readPromo(_ engine.ID, text string) (engine.Offer, error) {
	o, err := form.ReadOffer([]byte(text))
	return bare(o), err
}

// bare is what a campaign keeps of its offer: all but what is the campaign's
// own.
func bare(o engine.Offer) engine.Offer {
	o.ID, o.Title, o.Created, o.Rebate, o.Holdback = engine.ID{}, "", 0, engine.Terms{}, 0
	return o
}

// tidyPromo gives a campaign's offer as it is kept: none if it is a coupon of
// the terms alone.
func tidyPromo(c engine.Campaign) engine.Campaign {
	c.Promo = bare(c.Promo)
	if reflect.DeepEqual(c.Promo, engine.Offer{Kind: engine.KindNextCoupon}) {
		c.Promo = engine.Offer{}
	}
	if c.Promo.Code != "" {
		c.Promo.Code = engine.FoldOfferCode(c.Promo.Code)
	}
	if c.OnReturn == "" {
		c.OnReturn = engine.ReturnKeep
	}
	return c
}

// promoText is the JSON of a campaign's offer; empty if it has none of its own.
func promoText(c engine.Campaign) (string, error) {
	if c.Promo.Kind == "" {
		return "", nil
	}
	text, err := form.WriteOffer(bare(c.Promo))
	return string(text), err
}

// checkPromo refuses an offer that could not be kept or priced: once it runs,
// every sale meets it.
func checkPromo(c engine.Campaign) error {
	if _, err := engine.Prepare([]engine.Offer{c.Offer()}); err != nil {
		return err
	}
	text, err := promoText(c)
	if err != nil || text == "" {
		return err
	}
	_, err = form.ReadOffer([]byte(text))
	return err
}

// codeFree refuses a code that another campaign has that runs or will: the
// customer who gives it means one of them.
func (t *tx) codeFree(storeID engine.ID, c engine.Campaign) error {
	if c.Promo.Code == "" || c.State != engine.CampaignActive {
		return nil
	}
	st, err := t.store(storeID)
	if err != nil {
		return err
	}
	others, err := t.activeCampaigns(storeID)
	if err != nil {
		return err
	}
	today := st.Today(t.now)
	for _, o := range others {
		if o.ID != c.ID && o.Promo.Code == c.Promo.Code && o.StateOn(today) != engine.CampaignEnded {
			return engine.Refuse(CodeCampaignCode, "code", c.Promo.Code, "title", o.Title)
		}
	}
	return nil
}
