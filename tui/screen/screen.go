// Package screen holds the screens of the terminal face. The root program in
// tui keeps them on a stack, hands them events and draws the topmost.
//
//	screen.go    what a screen is, what it gets, what it says to the root
//	base.go      what lists, details and forms share
//	browse.go    lists: a kit.List with its filters
//	detail.go    details: labelled lines and links to what they are tied to
//	edit.go      forms, on their own page
//	lists.go     the page from which all lists are reached
//	sale.go, coupon.go, customer.go, campaign.go, product.go, message.go,
//	audit.go, staff.go, setting.go: one noun each
//	wording.go   what a text says, with the text that comes of it
package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/kit"
	"bounceback/tui/shop"
)

// Env is what every screen gets. There is one for a session; the root replaces
// Words, Format and Styles when the settings change, so screens read them anew
// at each use.
type Env struct {
	Shop   shop.Shop
	Words  *words.Words
	Format *words.Format
	Styles *kit.Styles
	Clock  kit.Clock
	Store  func() engine.Store
	Actor  func() engine.Actor
	Writes *kit.Writes
	Ctx    context.Context
	Names  map[string]string // of the products that offers name, by folded sku; read only

	NoFiles bool // the person has no files on this machine, as over SSH

	serial int // of the screens made so far
}

// Named is the Format that calls products by their names, where they are known.
func (e *Env) Named() *words.Format {
	return e.Format.Naming(func(sku string) string { return e.Names[engine.FoldSKU(sku)] })
}

// Screen is one page. All its methods are called from the program's Update and
// View; what reads or writes the store is done by the commands it returns.
type Screen interface {
	// Init is called once, when the screen is put on the stack.
	Init() tea.Cmd
	// Event takes what a person or a scanner did; only the topmost gets it.
	Event(ev kit.Event) tea.Cmd
	// Msg takes every message the root has no use for itself, and ChangedMsg:
	// each screen on the stack gets it, and leaves alone what another asked
	// for. SayMsg goes to the topmost only.
	Msg(msg tea.Msg) tea.Cmd
	// View draws the whole window in exactly height lines of at most width
	// cells.
	View(width, height int) string
	// Keys are the bindings for the help page and the README.
	Keys() []kit.Group
	// Title names the page.
	Title() string
}

// OpenMsg asks the root to put a screen on the stack and to call its Init.
type OpenMsg struct{ Screen Screen }

// BackMsg asks the root to take the topmost screen off the stack.
type BackMsg struct{}

// GotoMsg asks the root to open the detail of something, by Detail.
type GotoMsg struct {
	Kind Kind
	ID   engine.ID
}

// ChangedMsg says that the file has changed: by another process, which the
// root finds out, or by a write of a screen, which sends it itself. The root
// reads the desk anew and hands it to every screen.
type ChangedMsg struct{}

// NeedRoleMsg says that the actor's role lacks a permission. The root shows who
// may do it and asks for a PIN. Once Env.Actor gives somebody who may, it runs
// Retry, whose message goes to the screens like any other.
type NeedRoleMsg struct {
	Permission engine.Permission
	Retry      tea.Cmd
}

// SayMsg asks for a sentence on the notice line of the topmost screen.
type SayMsg struct {
	Tone kit.Tone
	Text string
}

// PrintMsg asks the root to print the slip of a sale.
type PrintMsg struct{ SaleID engine.ID }

// Kind is a kind of thing that has a detail page. The words are those of
// engine.AuditEntry.Subject.
type Kind string

// The kinds.
const (
	KindSale     Kind = "sale"
	KindCoupon   Kind = "coupon"
	KindCustomer Kind = "customer"
	KindCampaign Kind = "campaign"
	KindMessage  Kind = "message"
	KindProduct  Kind = "product"
)

// Typer is a screen on which letters may be typed: while Typing, the root
// leaves every key without ctrl or a function key to it, "?" too.
type Typer interface{ Typing() bool }

// Detail is the page of something by its kind; nil for a kind that has none.
func Detail(env *Env, kind Kind, id engine.ID) Screen {
	switch kind {
	case KindSale:
		return newSalePage(env, id)
	case KindCoupon:
		return newCouponPage(env, id)
	case KindCustomer:
		return newCustomerPage(env, id)
	case KindCampaign:
		return newCampaignPage(env, id)
	case KindMessage:
		return newMessagePage(env, id)
	case KindProduct:
		return newProductPage(env, id)
	}
	return nil
}
