package store

import (
	"crypto/sha256"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
)

var (
	wordingInsert = declare(`INSERT INTO wording (store_id, id, template) VALUES ($1, $2, $3) ON CONFLICT (store_id, id) DO NOTHING`)
	wordingOf     = declare(`
SELECT w.template FROM message m JOIN wording w ON w.store_id = m.store_id AND w.id = m.wording_id
 WHERE m.store_id = $1 AND m.id = $2`)
	// What a campaign says in texts, and which it plans: a text must not wait for
	// an offer that cannot be read.
	campaignTexts = declare(`
SELECT offer_text, link, text_plan, wording_issue, wording_day, wording_last FROM campaign WHERE store_id = $1 AND id = $2`)
	leadWords = declare(`SELECT body_sealed FROM message WHERE store_id = $1 AND id = $2`)
)

// keepWording stores a template, unless it is there, and gives its id: the
// beginning of its hash.
func (t *tx) keepWording(storeID engine.ID, template string) (engine.ID, error) {
	hash := sha256.Sum256([]byte(template))
	id := engine.ID(hash[:len(engine.ID{})])
	_, err := t.exec(wordingInsert, storeID, id, template)
	return id, err
}

// pen writes the texts of one store from what is true now.
type pen struct {
	t         *tx
	store     engine.Store
	format    *words.Format
	campaigns map[engine.ID]engine.Campaign
}

func (t *tx) newPen(storeID engine.ID) (*pen, error) {
	st, err := t.store(storeID)
	if err != nil {
		return nil, err
	}
	f, err := t.d.format(st)
	return &pen{t: t, store: st, format: f, campaigns: map[engine.ID]engine.Campaign{}}, err
}

// campaign gives what a campaign has to do with texts, and nothing else of it.
func (p *pen) campaign(id engine.ID) (engine.Campaign, error) {
	if c, known := p.campaigns[id]; known {
		return c, nil
	}
	c, plan := engine.Campaign{ID: id}, ""
	found, err := p.t.row(campaignTexts, []any{p.store.ID, id}, &c.OfferText, &c.Link, &plan, &c.Wording.Issue, &c.Wording.Day, &c.Wording.Last)
	if err == nil && !found {
		err = engine.Refuse(engine.CodeCampaignUnknown)
	}
	if err != nil {
		return c, err
	}
	if c.Texts, err = readTextPlan(plan); err == nil {
		p.campaigns[id] = c
	}
	return c, err
}

// template is what a text of a step is written by if it is planned now.
func (p *pen) template(c engine.Coupon, step engine.TextStep) (string, error) {
	campaign, err := p.campaign(c.CampaignID)
	return delivery.Template(p.store, campaign.Wording, step), err
}

// item is what a text says of one coupon.
func (p *pen) item(c engine.Coupon, template string) (delivery.Item, error) {
	campaign, err := p.campaign(c.CampaignID)
	return delivery.Item{Coupon: c, Template: template, Offer: campaign.OfferText, Link: campaign.Link}, err
}

// write is the text of some coupons.
func (p *pen) write(to engine.Customer, items ...delivery.Item) string {
	return delivery.Compose(p.format, p.store, to.FirstName(), items...)
}

// tell puts words into a text as it would go now.
func (p *pen) tell(m *engine.Message, to engine.Customer, it delivery.Item) {
	m.Body = p.write(to, it)
	parts := delivery.Count(m.Body)
	m.Encoding, m.Parts = parts.Encoding.String(), parts.Parts
}

// tellWords gives queued texts of coupons the words they would have now, and
// those that went with another that one's.
func (t *tx) tellWords(storeID engine.ID, texts ...*engine.Message) error {
	p, err := t.newPen(storeID)
	if err != nil {
		return err
	}
	for _, m := range texts {
		if m.Body != "" || m.Kind == string(delivery.KindVerify) {
			continue
		}
		if !m.LeadID.IsZero() {
			err = t.tellLead(storeID, m)
		} else if m.State == string(delivery.StateQueued) {
			err = p.tellQueued(m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// refs points at each of a list.
func refs(texts []engine.Message) []*engine.Message {
	out := make([]*engine.Message, len(texts))
	for i := range texts {
		out[i] = &texts[i]
	}
	return out
}

func (t *tx) tellLead(storeID engine.ID, m *engine.Message) error {
	var body []byte
	if _, err := t.row(leadWords, []any{storeID, m.LeadID}, &body); err != nil || body == nil {
		return err
	}
	var err error
	m.Body, err = t.d.keys.open("message", "body", m.LeadID, body)
	return err
}

func (p *pen) tellQueued(m *engine.Message) error {
	var template string
	found, err := p.t.row(wordingOf, []any{p.store.ID, m.ID}, &template)
	if err != nil || !found {
		return err
	}
	c, err := p.t.coupon(p.store.ID, m.CouponID)
	if err != nil {
		return err
	}
	to, err := p.t.customer(p.store.ID, m.CustomerID)
	if err != nil {
		return err
	}
	it, err := p.item(c, template)
	if err == nil {
		p.tell(m, to, it)
	}
	return err
}
