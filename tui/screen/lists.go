package screen

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// hub is the page from which all lists are reached.
type hub struct {
	base
	at    int
	rooms []room
}

// room is one of the hub's choices.
type room struct {
	bind kit.Binding
	need engine.Permission // empty: everybody
	open func() Screen
}

var (
	hubMove = kit.Bind("lists.hub.move", "up", "down", "home", "end")
	hubOpen = kit.Bind("lists.hub.open", "enter", "right")
	hubBack = kit.Bind("lists.hub.back", "esc", "left")
)

// NewLists is the page from which the owner's desk, sales, coupons, customers, campaigns, texts,
// the audit log, staff, settings and products are reached.
//
// words: lists.hub.move lists.hub.open lists.hub.back lists.hub.move.help lists.hub.open.help lists.hub.back.help
// words: lists.sales lists.coupons lists.customers lists.campaigns lists.messages lists.audit lists.staff lists.settings
// words: lists.sales.help lists.coupons.help lists.customers.help lists.campaigns.help lists.messages.help
// words: lists.desk lists.desk.help lists.audit.help lists.staff.help lists.settings.help lists.hub lists.products lists.products.help
func NewLists(env *Env) Screen {
	h := &hub{base: newBase(env, "lists")}
	if !env.Actor().Role.May(engine.MaySeeDesk) {
		h.at = 1 // the first that is theirs
	}
	all := engine.Filter{}
	for i, r := range []struct {
		id   string
		need engine.Permission
		open func() Screen
	}{
		{"lists.desk", engine.MaySeeDesk, func() Screen { return NewDesk(env) }},
		{"lists.sales", "", func() Screen { return newSales(env, all, "") }},
		{"lists.coupons", "", func() Screen { return newCoupons(env, all, "") }},
		{"lists.customers", "", func() Screen { return newCustomers(env) }},
		{"lists.campaigns", "", func() Screen { return newCampaigns(env) }},
		{"lists.messages", "", func() Screen { return newMessages(env, all, "") }},
		{"lists.audit", engine.MaySeeAudit, func() Screen { return newAudit(env) }},
		{"lists.staff", engine.MayEditStaff, func() Screen { return newStaff(env) }},
		{"lists.settings", engine.MayEditSettings, func() Screen { return newSettings(env) }},
		{"lists.products", "", func() Screen { return newProducts(env) }},
	} {
		h.rooms = append(h.rooms, room{kit.Bind(r.id, strconv.Itoa(i)), r.need, r.open})
	}
	return h
}

// OfficeKeys are the keys of all pages away from the counter, for the README:
// what lists share once, and then what each page adds.
func OfficeKeys(env *Env) []kit.Group {
	var none engine.ID
	out := append(NewLists(env).Keys(), NewDesk(env).Keys()...)
	out = append(out, reportKeys(), kit.ListKeys())
	filters := kit.Group{Title: "lists.filters", Bindings: []kit.Binding{
		chipState, chipDates, chipTyped, chipCustomer, chipCampaign, chipStaff, listClear, listAgain,
	}}
	out = append(out, filters, detailKeys())
	for _, s := range []Screen{
		newSalePage(env, none), newCouponPage(env, none), newCustomerPage(env, none), newCampaigns(env), newCampaignPage(env, none),
		newMessagePage(env, none), newAuditPage(env, engine.AuditEntry{}), newStaff(env), newProducts(env),
	} {
		groups := s.Keys()
		if last := groups[len(groups)-1]; last.Title != filters.Title {
			out = append(out, enabled(last))
		}
	}
	return append(out, kit.FormKeys(), wordingKeys())
}

// enabled is a group as if everything in it could be done now.
func enabled(g kit.Group) kit.Group {
	keys := make([]kit.Binding, len(g.Bindings))
	for i, b := range g.Bindings {
		keys[i] = b.When(true)
	}
	return kit.Group{Title: g.Title, Bindings: keys}
}

// Init has nothing to read.
func (h *hub) Init() tea.Cmd { return nil }

// Title names the page.
func (h *hub) Title() string { return h.t("lists.hub") }

// Msg takes what comes of asking for a role.
func (h *hub) Msg(msg tea.Msg) tea.Cmd {
	cmd, _ := h.msg(msg, h.fail)
	return cmd
}

// Keys are the choices.
func (h *hub) Keys() []kit.Group {
	keys := []kit.Binding{hubMove, hubOpen, hubBack}
	for _, r := range h.rooms {
		keys = append(keys, r.bind)
	}
	return []kit.Group{{Title: "lists.hub", Bindings: keys}}
}

// Event takes keys.
func (h *hub) Event(ev kit.Event) tea.Cmd {
	if cmd, taken := h.asking(ev); taken {
		return cmd
	}
	for i, r := range h.rooms {
		if r.bind.Matches(ev) {
			h.at = i
			return h.enter()
		}
	}
	switch {
	case hubBack.Matches(ev):
		return send(BackMsg{})
	case hubOpen.Matches(ev):
		return h.enter()
	case hubMove.Matches(ev):
		h.move(ev)
	}
	return nil
}

func (h *hub) move(ev kit.Event) {
	switch k, _ := ev.(kit.Key); k.Name {
	case "up":
		h.at--
	case "down":
		h.at++
	case "home":
		h.at = 0
	case "end":
		h.at = len(h.rooms) - 1
	}
	h.at = max(0, min(h.at, len(h.rooms)-1))
}

// enter opens the marked choice, or asks for somebody who may see it.
func (h *hub) enter() tea.Cmd {
	r := h.rooms[h.at]
	do := func() tea.Cmd { return open(r.open()) }
	if r.need == "" {
		return do()
	}
	return h.may(r.need, do)
}

// View draws the choices.
func (h *hub) View(width, height int) string {
	return h.frame(width, height, h.Title(), h.body, hubMove, hubOpen, hubBack)
}

func (h *hub) body(width, height int) []string {
	name := 0
	for _, r := range h.rooms {
		name = max(name, kit.Width(h.t(r.bind.ID())))
	}
	st := h.env.Styles
	var lines []string
	if height >= len(h.rooms)+2 {
		lines = []string{""}
	}
	lead := len(lines)
	for i, r := range h.rooms {
		text := r.bind.Keys()[0] + "  " + kit.Fit(h.t(r.bind.ID()), name)
		about := kit.Clip(h.t(r.bind.ID()+".help"), width-kit.Width(text)-len(kit.Marker)-3)
		lines = append(lines, kit.Clip(st.Pick(i == h.at, text)+"   "+st.Dim.Render(about), width))
	}
	return kit.Marked(st, h.env.Words, lines, lead+h.at, width, max(0, height))
}

// commas joins names.
func commas(names []string) string { return strings.Join(names, ", ") }
