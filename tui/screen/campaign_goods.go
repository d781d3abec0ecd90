package screen

import "bounceback/engine"

// unknownGoods remembers of which words of an offer no product is known: it is
// asked for each frame, and the catalogue may be long.
type unknownGoods struct {
	products []engine.Product
	offer    string // that was looked at last
	found    []string
}

// of lists the words of an offer that no product has. Of a catalogue that was
// not read to its end nothing is said.
func (u *unknownGoods) of(o engine.Offer) []string {
	if len(u.products) > engine.MaxLintProducts {
		return nil
	}
	if text := plainOffer(o); text != u.offer {
		u.offer, u.found = text, engine.UnknownGoods(o, u.products)
	}
	return u.found
}

// unknown warns of goods that the campaign names and the catalogue lacks: a
// slip of the pen, or a product to come.
func (f *campaignForm) unknown(c engine.Campaign) []string {
	words := f.goods.of(c.Promo)
	if len(words) == 0 {
		return nil
	}
	return []string{"! " + f.env.Words.N("lists.campaign.unknown_goods", len(words), "goods", commas(words))}
}
