package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

var staffNew = kit.Bind("lists.staff.new", "n")

// newStaff is the list of the people who work here, all on one page.
//
// words: lists.staff.new lists.staff.new.help
func newStaff(env *Env) Screen {
	b := newBrowse(env, "staff", "", "lists.staff", engine.Filter{}, "")
	seen := map[string]engine.Staff{}
	get := func(ctx context.Context, a engine.Actor, _ engine.Filter) (engine.Page[engine.Staff], error) {
		if err := a.Need(engine.MayEditStaff); err != nil {
			return engine.Page[engine.Staff]{}, err
		}
		all, err := env.Shop.Staff(ctx, a.StoreID, true)
		return engine.Page[engine.Staff]{Items: all}, err
	}
	b.newList("lists.staff.empty", keeping(b, get,
		func(s engine.Staff) kit.Row { return staffRow(env, s) }, func(s engine.Staff) { seen[s.ID.String()] = s }),
		kit.Column{Title: "lists.col.name", Width: 10, Grow: true},
		kit.Column{Title: "lists.col.role", Width: 12},
		kit.Column{Title: "lists.col.state", Width: 8},
		kit.Column{Title: "lists.col.pin", Width: 8, Drop: 1},
		kit.Column{Title: "lists.col.since", Width: 10, Drop: 2})
	b.noSearch = true
	b.acts = []act{{staffNew, func() tea.Cmd { return open(newStaffForm(env, engine.Staff{Role: engine.Cashier, Active: true})) }}}
	b.open = func(id string) tea.Cmd { return open(newStaffForm(env, seen[id])) }
	return b
}

// staffRow is one person.
//
// words: lists.staff.active lists.staff.away lists.staff.pin lists.staff.no_pin
func staffRow(env *Env, s engine.Staff) kit.Row {
	pin, pinTone := "lists.staff.pin", kit.Usual
	if !s.HasPIN {
		pin, pinTone = "lists.staff.no_pin", kit.Caution
	}
	state := "lists.staff.active"
	if !s.Active {
		state = "lists.staff.away"
	}
	return kit.Row{ID: s.ID.String(), Faded: !s.Active, Cells: []kit.Cell{
		{Text: s.Name, Tone: kit.Stressed},
		{Text: env.Words.T("core.role." + string(s.Role))},
		{Text: env.Words.T(state)},
		{Text: env.Words.T(pin), Tone: pinTone},
		{Text: env.Format.Date(engine.DayAt(s.Created, env.Format.Zone()))},
	}}
}

// What the form does about the PIN.
const (
	pinKeep = "keep"
	pinNew  = "new"
	pinNone = "none"
)

// newStaffForm is the form of a person, new without an id.
func newStaffForm(env *Env, s engine.Staff) *editor {
	form := kit.NewForm("", env.explain, staffFields(env, s)...)
	form.Check = func(v kit.Values) (string, error) {
		if v["pins"] == pinNew && v["pin"] == "" {
			return "pin", engine.BadInput(engine.CodePINFormat, "least", engine.MinPIN, "most", engine.MaxPIN)
		}
		return "name", staffEditOf(env, s, v).Check()
	}
	var page *editor
	form.Sentence = func(v kit.Values) string {
		if page.low() {
			return ""
		}
		return staffSentence(env, engine.Role(v["role"]))
	}
	title := env.Words.T("lists.staff.edit", "name", s.Name)
	if s.ID.IsZero() {
		title = env.Words.T("lists.staff.add")
	}
	page = newEditor(env, title, form, func(e *editor, v kit.Values) tea.Cmd {
		edit := staffEditOf(env, s, v)
		return write(&e.base, func(ctx context.Context, a engine.Actor) (engine.Staff, error) {
			return env.Shop.SaveStaff(ctx, a, edit)
		}, func(saved engine.Staff) tea.Cmd {
			return backSaved(saved.ID, env.Words.T("lists.staff.saved", "name", saved.Name))
		})
	})
	return page
}

// staffFields are the fields of a person. A PIN is typed twice, since it
// cannot be seen.
//
// words: lists.staff.pin_choice.*
func staffFields(env *Env, s engine.Staff) []kit.Field {
	var roles, pins []kit.Option
	for _, r := range engine.Roles {
		roles = append(roles, kit.Option{Value: string(r), Label: env.Words.T("core.role." + string(r))})
	}
	choices := []string{pinNew, pinNone}
	if !s.ID.IsZero() {
		choices = []string{pinKeep, pinNew, pinNone}
	}
	for _, c := range choices {
		pins = append(pins, kit.Option{Value: c, Label: env.Words.T("lists.staff.pin_choice." + c)})
	}
	noPIN := func(v kit.Values) bool { return v["pins"] != pinNew }
	active := kit.No
	if s.Active {
		active = kit.Yes
	}
	return []kit.Field{
		{Name: "name", Label: "lists.label.name", Value: s.Name, Limit: engine.MaxTitle, Hint: "lists.staff.name.help", Read: readStaffName},
		{Name: "role", Label: "lists.label.role", Kind: kit.Choice, Value: string(s.Role), Options: roles},
		{Name: "pins", Label: "lists.label.pin", Kind: kit.Choice, Options: pins, Hint: "lists.staff.pins.help"},
		{Name: "pin", Label: "lists.label.new_pin", Kind: kit.Secret, Limit: engine.MaxPIN, Hidden: noPIN, Read: checked(engine.CheckPIN)},
		{Name: "again", Label: "lists.label.pin_again", Kind: kit.Secret, Limit: engine.MaxPIN, Hidden: noPIN, Read: readAgain},
		{Name: "phone", Label: "lists.label.own_phone", Hint: "lists.staff.phone.help", Read: env.readPhone},
		{Name: "active", Label: "lists.label.active", Kind: kit.YesNo, Value: active, Hint: "lists.staff.active.help"},
	}
}

func readStaffName(text string, _ kit.Values) (string, error) {
	return "", engine.StaffEdit{Name: text, Role: engine.Cashier}.Check()
}

// staffEditOf is what the form says. A phone left out stays as it is.
func staffEditOf(env *Env, s engine.Staff, v kit.Values) engine.StaffEdit {
	e := engine.StaffEdit{ID: s.ID, Name: v["name"], Role: engine.Role(v["role"]), Active: v.Bool("active")}
	switch pin := v["pin"]; v["pins"] {
	case pinNew:
		e.PIN = &pin
	case pinNone:
		none := ""
		e.PIN = &none
	}
	if phone, err := env.e164(v["phone"]); err == nil && phone != "" {
		e.Phone = &phone
	}
	return e
}

// staffSentence says what a role may do.
//
// words: permission.*
func staffSentence(env *Env, role engine.Role) string {
	var may []string
	for _, p := range []engine.Permission{
		engine.MaySell, engine.MayVoid, engine.MayEditCustomers, engine.MayEditCoupons, engine.MaySeeAll, engine.MaySeeAudit, engine.MaySeeDesk,
		engine.MayExport, engine.MayImport, engine.MayEditCampaigns, engine.MayEditSettings, engine.MayEditStaff,
	} {
		if role.May(p) {
			may = append(may, env.Words.T("permission."+string(p)))
		}
	}
	return env.Words.T("lists.staff.may", "what", commas(may))
}
