package screen

import "bounceback/tui/kit"

// whyDim says why a key does nothing now, and what would help.
func (c *Counter) whyDim(b kit.Binding) string {
	switch b.ID() {
	case keyTexts.ID():
		return c.t("counter.dim.no_customer")
	case keyCustomer.ID():
		if c.cart.fresh != nil {
			return c.t("counter.dim.new_customer")
		}
		return c.t("counter.dim.no_customer")
	case keyHold.ID():
		return c.t("counter.dim.hold")
	case keyPrint.ID():
		return c.t("counter.dim.print")
	case keyWithout.ID():
		return c.t("counter.dim.without")
	case keyFacts.ID():
		return c.t("counter.dim.facts")
	}
	return c.t("counter.dim.why")
}
