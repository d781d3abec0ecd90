package engine

import (
	"bytes"
	"cmp"
	"slices"
)

// Bounds of what Lint looks at.
const (
	MaxLintProducts = 2000      // whose prices are judged
	MaxLintNotes    = 10        // of one code; LintReport.Left counts the others
	maxLintWork     = 1_000_000 // offers applied, in all combinations that are tried
	lintBound       = 64        // of one basket
)

// LintCode names what is odd about a campaign; the catalogue's sentence for it
// is "lint.<code>".
type LintCode string

// What Lint finds. The fields of LintNote that belong to a code stand beside
// it; Field is a place in the offer's JSON form.
const (
	LintDates     LintCode = "dates"      // no day is left on which it runs; Field
	LintHours     LintCode = "hours"      // its days of the week or times of day leave no moment; Field
	LintClash     LintCode = "clash"      // two of its conditions cannot be met together; Field
	LintNoProduct LintCode = "no_product" // no product of the catalogue is meant; Field
	LintLabel     LintCode = "label"      // asks for a channel, payment, source or delivery method that the settings do not have; Field, Text
	LintGift      LintCode = "gift"       // its gift is not in the catalogue; Text
	LintGiftStock LintCode = "gift_stock" // too few of its gift are in stock; Product, Units left
	LintNothing   LintCode = "nothing"    // takes nothing off anything it is for; Product, an example

	LintSame       LintCode = "same"        // gives the same kind of thing on the same goods at the same time as By, and both apply
	LintSameCode   LintCode = "same_code"   // has the code of By; Text
	LintGroup      LintCode = "group"       // is alone in its stacking group; Text
	LintHidden     LintCode = "hidden"      // its coupon is never earned: By always comes first
	LintHiddenPart LintCode = "hidden_part" // likewise for sales From … To; To 0 is without end
	LintNeverWins  LintCode = "never_wins"  // By was better in every basket tried

	LintLoss  LintCode = "loss"  // with With, a basket of Units of Product brings Amount, and costs Cost; to change Title ends this, and the loss on More products
	LintFloor LintCode = "floor" // with With, only its floor, Amount, holds the price of Product; More likewise
)

// LintNote is one warning about a campaign. Warnings do not keep a campaign
// from being saved.
type LintNote struct {
	Code       LintCode
	CampaignID ID // zero if it is the draft and new
	Title      string
	By         ID
	ByTitle    string
	With       []string // titles of all campaigns that take part, Title too
	Field      string
	Text       string
	SKU        string
	Product    string
	Beside     []string // names of the other products of the basket
	Units      int64
	Amount     Minor
	Cost       Minor
	From, To   Minor
	More       int // other products of which the same is true, perhaps with other campaigns beside Title
}

// LintInput is what Lint looks at.
type LintInput struct {
	Store     Store
	Today     Day
	Campaigns []Campaign // of the store; only those that run or will run count
	Draft     *Campaign  // as it would be saved: only what concerns it is told; nil: all
	Products  []Product  // the catalogue; empty if the shop has none
}

// LintReport is what Lint found.
type LintReport struct {
	Notes    []LintNote
	Left     map[LintCode]int // notes that are not told, since MaxLintNotes of the code are
	Products int              // whose prices were judged
	Cut      bool             // there were more products or combinations than Lint looks at
}

// Lint warns about campaigns that can never apply, that get in each other's
// way, and that sell below cost. It judges prices by baskets of its own: each
// product alone, in the quantity an offer asks for, and with what an offer
// wants beside it, at moments and for customers that suit as many offers as can
// be had together, with every code, and with a coupon of the campaign that
// takes most. So what it finds can happen; what it does not find may still.
func Lint(in LintInput) LintReport {
	l := newLinter(in)
	for i := range l.offers {
		l.impossible(i)
		l.labels(i)
	}
	if len(l.shelf.products) > 0 {
		for i := range l.offers {
			l.unmatched(i)
			l.gift(i)
		}
	}
	l.overlaps()
	l.groups()
	l.hidden()
	if len(l.shelf.products) > 0 {
		l.wins()
		l.losses()
	}
	return l.report
}

// linter is the work of one Lint.
type linter struct {
	in        LintInput
	campaigns []Campaign
	offers    []Offer // of the campaigns, in their order
	byID      map[ID]int
	open      []bool // of the offers: something fits its conditions
	draft     int    // of the campaigns; -1 if all are told about
	shelf     shelf
	all       *Prepared
	suited    []moment // one for each offer: suits it, and as many others as can be
	coupons   []lintCoupon
	work      int
	told      map[LintCode]int
	report    LintReport
}

// newDraft stands for the id of a draft that has none yet.
var newDraft = ID{0: 0xFF, 15: 0xFF}

func newLinter(in LintInput) *linter {
	l := &linter{in: in, draft: -1, work: maxLintWork, told: map[LintCode]int{}}
	if l.in.Store.Step <= 0 {
		l.in.Store.Step = 1
	}
	for _, c := range in.Campaigns {
		if in.Draft != nil && c.ID == in.Draft.ID {
			continue
		}
		if s := c.StateOn(in.Today); s == CampaignActive || s == CampaignScheduled {
			l.campaigns = append(l.campaigns, c)
		}
	}
	slices.SortFunc(l.campaigns, func(a, b Campaign) int {
		return cmp.Or(cmp.Compare(a.Created, b.Created), bytes.Compare(a.ID[:], b.ID[:]))
	})
	if in.Draft != nil {
		c := *in.Draft
		c.State = CampaignActive
		if c.ID.IsZero() {
			c.ID = newDraft
		}
		l.draft = len(l.campaigns)
		l.campaigns = append(l.campaigns, c)
	}
	l.prepare()
	return l
}

// prepare leaves out offers that cannot be evaluated at all; saving refuses
// them.
func (l *linter) prepare() {
	kept := l.campaigns[:0]
	for i, c := range l.campaigns {
		o := c.Offer()
		if usable(&o) != nil || o.When.Check() != nil {
			if i == l.draft {
				l.draft = -2 // nothing concerns it
			}
			continue
		}
		if i == l.draft {
			l.draft = len(kept)
		}
		kept = append(kept, c)
		l.offers = append(l.offers, o)
	}
	l.campaigns, l.byID = kept, map[ID]int{}
	for i := range kept {
		l.byID[kept[i].ID] = i
	}
	l.shelf = newShelf(l.in.Products, l.offers)
	l.all, _ = Prepare(l.offers) // each was looked at above
	l.open = make([]bool, len(l.offers))
	l.coupons = l.findCoupons()
}

// about tells whether a note about campaigns is asked for.
func (l *linter) about(campaigns ...int) bool {
	return l.draft == -1 || slices.Contains(campaigns, l.draft)
}

// note adds a warning about a campaign.
func (l *linter) note(campaign int, n LintNote) {
	if l.full(n.Code) {
		if l.report.Left == nil {
			l.report.Left = map[LintCode]int{}
		}
		l.report.Left[n.Code]++
		return
	}
	l.told[n.Code]++
	c := &l.campaigns[campaign]
	n.CampaignID, n.Title = c.ID, c.Title
	if n.CampaignID == newDraft {
		n.CampaignID = ID{}
	}
	if n.By == newDraft {
		n.By = ID{}
	}
	l.report.Notes = append(l.report.Notes, n)
}

// full tells whether no more notes of a code are told.
func (l *linter) full(code LintCode) bool { return l.told[code] == MaxLintNotes }

// noteBy adds a warning about a campaign and the one in its way.
func (l *linter) noteBy(campaign, by int, n LintNote) {
	n.By, n.ByTitle = l.campaigns[by].ID, l.campaigns[by].Title
	l.note(campaign, n)
}
