package screen

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// counterChannel is the channel of a sale for which no other was chosen.
const counterChannel = "counter"

// factList is one thing that a shop may want to know of a sale.
//
// words: counter.facts.payment counter.facts.delivery counter.facts.channel counter.facts.source counter.facts.ad
type factList struct {
	name    string
	setting engine.Setting // the shop's list; none of ads
}

var factLists = []factList{
	{"payment", engine.SetPayments},
	{"delivery", engine.SetDelivery},
	{"channel", engine.SetChannels},
	{"source", engine.SetSources},
	adList,
}

// adList are the ads that can be seen where the customer came from.
var adList = factList{name: "ad"}

// namedIn are the values that a setting names, separated by commas.
func namedIn(s engine.Settings, name engine.Setting) []string {
	var out []string
	for part := range strings.SplitSeq(s.Text(name), ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// factsAsked are the lists that this shop uses.
func (c *Counter) factsAsked() []factList {
	var out []factList
	for _, l := range factLists {
		if len(c.choices(l)) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// fact is what was chosen from a list; empty for nothing.
func (c *Counter) fact(l factList) string {
	k := &c.cart
	switch l.name {
	case "payment":
		return k.payment
	case "channel":
		return k.channel
	case "source":
		return k.source
	case "ad":
		return k.ad
	}
	if len(k.delivery) > 0 {
		return k.delivery[0].Method + " " + c.env.Format.Amount(k.delivery[0].Amount)
	}
	return ""
}

// askFacts asks what is to be said of the sale; where the shop wants to know
// one thing only, at once for that.
func (c *Counter) askFacts() tea.Cmd {
	asked := c.factsAsked()
	if len(asked) == 1 {
		return c.askFact(asked[0])
	}
	options := make([]kit.Option, len(asked))
	for i, l := range asked {
		label := c.t("counter.facts." + l.name)
		if v := c.fact(l); v != "" {
			label += "  " + v
		}
		options[i] = kit.Option{Value: l.name, Label: label}
	}
	c.asks(newChooser(c.env, c.t("counter.facts.which"), options, 0), func(name string) tea.Cmd {
		for _, l := range asked {
			if l.name == name {
				return c.askFact(l)
			}
		}
		return nil
	}, nil)
	return nil
}

// noFact stands for none of a list.
const noFact = "\x00"

// askFact lets one of a list be chosen, or none.
func (c *Counter) askFact(l factList) tea.Cmd {
	now := c.fact(l)
	if l.name == "delivery" && len(c.cart.delivery) > 0 {
		now = c.cart.delivery[0].Method
	}
	var options []kit.Option
	at := 0
	for i, v := range c.choices(l) {
		options = append(options, kit.Option{Value: v, Label: v})
		if v == now {
			at = i
		}
	}
	none := c.t("counter.facts.none")
	if l.name == "channel" {
		none = c.t("counter.facts.counter")
	}
	options = append(options, kit.Option{Value: noFact, Label: none})
	c.asks(newChooser(c.env, c.t("counter.facts."+l.name), options, at), func(v string) tea.Cmd {
		if v == noFact {
			v = ""
		}
		return c.setFact(l, v)
	}, nil)
	return nil
}

func (c *Counter) setFact(l factList, v string) tea.Cmd {
	k := &c.cart
	switch {
	case l.name == "payment":
		k.payment = v
	case l.name == "channel":
		k.channel = v
	case l.name == "source":
		return c.setSource(v)
	case l.name == "ad":
		k.ad = v
	case v == "":
		k.delivery = nil
	default:
		c.askNumber(c.t("counter.facts.charge", "method", kit.Clean(v)), c.readMoney, func(amount int64) tea.Cmd {
			c.cart.delivery = []engine.Charge{{Method: v, Amount: engine.Minor(amount)}}
			return c.settled()
		})
		return nil
	}
	return c.settled()
}

// factsText names what was chosen, but for the delivery, which is among the
// amounts.
func (c *Counter) factsText() string {
	k := &c.cart
	var parts []string
	for _, v := range []string{k.channel, k.payment, adText(k.source, k.ad)} {
		if v != "" {
			parts = append(parts, kit.Clean(v))
		}
	}
	return strings.Join(parts, " · ")
}
