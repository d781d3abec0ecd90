package screen

import (
	"cmp"
	"strings"

	"bounceback/tui/kit"
)

// giftsPart names what the customer takes along with the sale just recorded.
func (c *Counter) giftsPart(width, rank int) kit.Part {
	if len(c.sold.gifts) == 0 {
		return kit.Part{}
	}
	names := make([]string, len(c.sold.gifts))
	for i, g := range c.sold.gifts {
		names[i] = c.env.Format.Count(int(g.Units)) + " × " + kit.Clean(cmp.Or(g.Name, c.nameOf(g.SKU), g.SKU))
	}
	text := c.t("counter.sold.gifts", "gifts", strings.Join(names, ", "))
	return kit.Part{Lines: []string{kit.Clip(c.env.Styles.GoodText(text), width)}, Rank: rank}
}
