package screen

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// SignedInMsg says who has signed in.
type SignedInMsg struct{ Actor engine.Actor }

// SignInLeftMsg says that a sign-in for one action was given up.
type SignInLeftMsg struct{}

// SignIn asks who is at the till and for their PIN: to take over the counter,
// or to do one thing that the person there may not.
type SignIn struct {
	env   *Env
	store engine.ID
	till  engine.ID
	need  engine.Permission // empty: to take over the counter
	staff []engine.Staff
	at    int
	pin   kit.Line
	note  kit.Notice
	since time.Time
	busy  bool
	gone  bool // the list of staff could not be read yet
}

// signedIn is the answer to a PIN.
type signedIn struct {
	of    *SignIn
	actor engine.Actor
	err   error
}

// staffRead is the answer to who works here.
type staffRead struct {
	of    *SignIn
	staff []engine.Staff
	err   error
}

// NewSignIn makes the page for the staff of a store at a till. With a
// permission it offers only those who have it, and can be left.
func NewSignIn(env *Env, store, till engine.ID, need engine.Permission) *SignIn {
	return &SignIn{
		env: env, store: store, till: till, need: need, since: env.Clock(),
		pin: kit.Line{Limit: engine.MaxPIN, Mask: '•'}, gone: true,
	}
}

// Init reads who works here.
func (s *SignIn) Init() tea.Cmd {
	return func() tea.Msg {
		staff, err := s.env.Shop.Staff(s.env.Ctx, s.store, false)
		return staffRead{of: s, staff: staff, err: err}
	}
}

// Title names the page.
func (s *SignIn) Title() string { return s.t("counter.lock.title") }

// Keys are the bindings for the help page.
func (s *SignIn) Keys() []kit.Group { return nil }

// Typing tells that keys are for the PIN.
func (s *SignIn) Typing() bool { return true }

func (s *SignIn) t(key string, args ...any) string { return s.env.Words.T(key, args...) }

// Msg takes the answers to what this page asked.
func (s *SignIn) Msg(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case staffRead:
		if msg.of == s {
			s.gotStaff(msg.staff, msg.err)
		}
	case signedIn:
		if msg.of == s {
			return s.gotActor(msg.actor, msg.err)
		}
	}
	return nil
}

func (s *SignIn) gotStaff(staff []engine.Staff, err error) {
	if err != nil {
		s.fail(err)
		return
	}
	s.gone = false
	s.staff = s.staff[:0]
	last := s.env.Actor().StaffID
	for _, p := range staff {
		if s.need != "" && !p.Role.May(s.need) {
			continue
		}
		if p.ID == last {
			s.at = len(s.staff)
		}
		s.staff = append(s.staff, p)
	}
}

func (s *SignIn) gotActor(actor engine.Actor, err error) tea.Cmd {
	s.busy = false
	s.pin.Clear()
	if engine.CodeOf(err) == engine.CodePINNeeded && s.at < len(s.staff) {
		s.staff[s.at].HasPIN = true // given since the list was read
		s.askPIN()
		return nil
	}
	if err != nil {
		s.fail(err)
		return nil
	}
	return send(SignedInMsg{Actor: actor})
}

func (s *SignIn) fail(err error) { s.note.Say(kit.Wrong, s.env.Format.Err(err), s.env.Clock()) }

// Event takes the person and the PIN. A scan is no PIN.
func (s *SignIn) Event(ev kit.Event) tea.Cmd {
	k, ok := ev.(kit.Key)
	if !ok || s.busy || k.Text == "" && inFlight(s.since, s.env.Clock()) {
		return nil
	}
	s.note.Seen(ev, s.env.Clock())
	switch k.Name {
	case "up":
		s.choose(s.at - 1)
	case "down":
		s.choose(s.at + 1)
	case "enter":
		return s.enter()
	case "esc":
		s.pin.Clear()
		if s.need != "" {
			return send(SignInLeftMsg{})
		}
	default:
		s.typed(k)
	}
	return nil
}

// typed takes a digit of the PIN, or a letter of a name.
func (s *SignIn) typed(k kit.Key) {
	if k.Text == "" || k.Text >= "0" && k.Text <= "9" {
		s.pin.Update(k)
		return
	}
	for i := range s.staff {
		n := (s.at + 1 + i) % len(s.staff)
		if strings.HasPrefix(strings.ToLower(s.staff[n].Name), strings.ToLower(k.Text)) {
			s.choose(n)
			return
		}
	}
}

func (s *SignIn) choose(n int) {
	if n = max(0, min(len(s.staff)-1, n)); n != s.at {
		s.at = n
		s.pin.Clear()
	}
}

func (s *SignIn) enter() tea.Cmd {
	if s.at >= len(s.staff) {
		return nil
	}
	who, pin := s.staff[s.at].ID, s.pin.Text()
	if s.staff[s.at].HasPIN != (pin != "") {
		s.askPIN()
		return nil
	}
	s.busy = true
	return s.env.Writes.Add(func() tea.Msg {
		actor, err := s.env.Shop.SignIn(s.env.Ctx, s.store, who, s.till, pin, engine.FromCounter)
		return signedIn{of: s, actor: actor, err: err}
	})
}

// askPIN says what the person marked has to do: type a PIN, or only press Enter
// where digits were typed that nobody asked for.
//
// words: counter.lock.type counter.lock.unasked
func (s *SignIn) askPIN() {
	p := s.staff[s.at]
	s.pin.Clear()
	key := "counter.lock.unasked"
	if p.HasPIN {
		key = "counter.lock.type"
	}
	s.note.Say(kit.Caution, s.t(key, "name", kit.Clean(p.Name)), s.env.Clock())
}

// View draws the page.
func (s *SignIn) View(width, height int) string {
	st := s.env.Styles
	title := kit.Clean(s.env.Store().Title)
	top := []string{kit.Spread(st.Title.Render(title), st.Dim.Render(s.Title()), width)}
	if height >= tight {
		top = append(top, st.RuleLine(width), "")
	}
	top = append(top, s.question(width)...)
	foot := blankTo(2, s.note.View(st, width, 2))
	if height < tight {
		foot = s.note.View(st, width, 1)
	}
	foot = append(foot, s.pinLine(width), st.Dim.Render(kit.Clip(s.footText(), width)))
	body := around(s.rows(width), s.at, max(1, height-len(top)-len(foot)-1))
	if height >= tight {
		body = append([]string{""}, body...)
	}
	return kit.Frame(width, height, top, body, foot)
}

func (s *SignIn) footText() string {
	if s.need != "" {
		return s.t("counter.lock.foot_need")
	}
	return s.t("counter.lock.foot")
}

// question says why somebody has to sign in.
//
// words: permission.* core.role.*
func (s *SignIn) question(width int) []string {
	if s.need == "" {
		return []string{kit.Clip(s.t("counter.lock.who"), width)}
	}
	var roles []string
	for _, r := range engine.WhoMay(s.need) {
		roles = append(roles, s.t("core.role."+string(r)))
	}
	text := s.t("counter.lock.need", "action", s.t("permission."+string(s.need)), "roles", strings.Join(roles, ", "))
	return kit.Wrap(text, width)
}

func (s *SignIn) rows(width int) []string {
	st := s.env.Styles
	if len(s.staff) == 0 {
		if s.gone {
			return nil
		}
		return []string{st.Warn.Render(kit.Clip(s.t("counter.lock.nobody"), width))}
	}
	name := 0
	for _, p := range s.staff {
		name = max(name, kit.Width(kit.Clean(p.Name)))
	}
	rows := make([]string, len(s.staff))
	for i, p := range s.staff {
		line := kit.Fit(kit.Clean(p.Name), name) + "   " + s.t("core.role."+string(p.Role))
		rows[i] = st.Pick(i == s.at, kit.Clip(line, width-len(kit.Marker)))
	}
	return rows
}

func (s *SignIn) pinLine(width int) string {
	st := s.env.Styles
	label := s.t("counter.lock.pin") + " "
	if s.at < len(s.staff) && !s.staff[s.at].HasPIN {
		return st.Dim.Render(kit.Clip(s.t("counter.lock.no_pin"), width))
	}
	return st.Title.Render(label) + s.pin.View(st, width-kit.Width(label), true)
}
