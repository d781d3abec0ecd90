package kit

import "strings"

// Kind is what a field takes.
type Kind int

// The kinds. Amount, Percent, Date and Number are texts that the field's Read
// understands. What such a field begins with gives way to the first digit
// typed, since nobody means to add one to it; any other key keeps it.
const (
	Text Kind = iota
	Amount
	Percent
	Date
	Choice
	YesNo
	Secret
	Number
	Paged // a text that is edited on a page of its own; see FormAction.Open
)

// Yes and No are the values of a YesNo field.
const (
	Yes = "yes"
	No  = "no"
)

// Field is one line of a form. Label and Hint are catalogue keys; a Caption is
// shown as it is in place of the label.
type Field struct {
	Name    string
	Heading string // catalogue key of a heading above it, which opens a group of fields; may be empty
	Label   string
	Caption string
	Under   bool   // belongs to a field above it: its label is set in
	Hint    string // shown under the field while it is current; may be empty
	Kind    Kind
	Value   string // what it begins with
	Options []Option
	Limit   int  // most runes; 0 is no limit
	List    bool // texts between commas: a scan is one more of them

	// Read understands the text as it is typed: how it was understood, shown
	// beside it, or why it cannot be. Nil takes anything. In place of an empty
	// Paged field what it says is all that is shown.
	Read func(text string, all Values) (echo string, err error)
	// Hidden leaves the field out while other values make it pointless.
	Hidden func(Values) bool

	line    Line
	touched bool
	fresh   bool // what stands in it was not typed, and no key has changed or walked it
}

// Values are the texts of a form by field name.
type Values map[string]string

// Bool tells whether a YesNo field says yes.
func (v Values) Bool(name string) bool { return v[name] == Yes }

// FormAction is what a form asks its screen to do.
type FormAction struct {
	Submit bool
	Cancel bool
	Open   string // name of a Paged field whose page is asked for
}

// Form is a form of fields. Make it with NewForm.
type Form struct {
	// Title is shown at the head as it is.
	Title string
	// Explain makes the sentence of an error.
	Explain func(error) string
	// Quiet leaves the foot away, while a question stands there.
	Quiet bool
	// Sentence says what submitting will do. It is asked only when every
	// field can be understood.
	Sentence func(Values) string
	// Check judges the values together, once each field is good by itself: the
	// name of the field at fault and why. Nil takes anything.
	Check func(Values) (name string, err error)
	// Faults says in place of the sentence which field is at fault and why, as
	// long as one is: in a long form it may be out of sight.
	Faults bool
	// Judge is Check for that place: what is missing to the whole while it is
	// filled in. Nil takes anything.
	Judge func(Values) (name string, err error)
	// More are keys of the page around the form, which its footer names too.
	More []Binding

	fields  []*Field
	at      int
	err     string // what submitting failed with
	errAt   int    // the field that is at fault, -1 if none is
	working bool
	leaving bool // asked whether to give up changes
	started Values
}

// The keys of every form.
var (
	formNext   = Bind("kit.form.next", "enter", "tab", "down")
	formBefore = Bind("kit.form.before", "shift+tab", "up")
	formChoose = Bind("kit.form.choose", "left", "right", " ", "home", "end")
	formJump   = Bind("kit.form.jump", "pgdown", "pgup")
	formSave   = Bind("kit.form.save", "ctrl+s")
	formCancel = Bind("kit.form.cancel", "esc")
	formOpen   = Bind("kit.form.open", "enter") // on a Paged field, where it takes the place of formNext
)

// FormKeys are the keys of every form, for footers and the help page.
//
// words: kit.form.title kit.form.next kit.form.next.help kit.form.before kit.form.before.help
// words: kit.form.choose kit.form.choose.help kit.form.save kit.form.save.help kit.form.jump kit.form.jump.help
// words: kit.form.cancel kit.form.cancel.help kit.form.open kit.form.open.help kit.form.yes kit.form.no
func FormKeys() Group {
	return Group{Title: "kit.form.title", Bindings: []Binding{formNext, formBefore, formJump, formChoose, formSave, formCancel}}
}

// NewForm makes a form; explain makes the sentence of an error.
func NewForm(title string, explain func(error) string, fields ...Field) *Form {
	f := &Form{Title: title, Explain: explain}
	for _, fd := range fields {
		fd.start()
		f.fields = append(f.fields, &fd)
	}
	f.started = f.Values()
	f.at = f.step(-1, 1)
	return f
}

func (fd *Field) start() {
	switch fd.Kind {
	case YesNo:
		fd.Options = []Option{{Yes, ""}, {No, ""}}
		if fd.Value != Yes {
			fd.Value = No
		}
	case Choice:
		if fd.chosen() < 0 && len(fd.Options) > 0 {
			fd.Value = fd.Options[0].Value
		}
	case Secret:
		fd.line.Mask = '*'
	}
	fd.line.Limit = fd.Limit
	fd.prefill(fd.Value)
}

// prefill puts into the line what nobody typed.
func (fd *Field) prefill(value string) {
	fd.line.Set(value)
	fd.fresh = true
}

// numeric tells whether the field holds what is typed in digits.
func (fd *Field) numeric() bool {
	return fd.Kind == Amount || fd.Kind == Percent || fd.Kind == Date || fd.Kind == Number
}

// giveWay empties the line before the first digit that is typed over what it
// began with.
func (fd *Field) giveWay(ev Event) {
	k, ok := ev.(Key)
	if fd.fresh && fd.numeric() && ok && len(k.Text) == 1 && k.Text[0] >= '0' && k.Text[0] <= '9' {
		fd.line.Clear()
	}
	fd.fresh = false
}

func (fd *Field) chosen() int {
	for i, o := range fd.Options {
		if o.Value == fd.Value {
			return i
		}
	}
	return -1
}

func (fd *Field) choosing() bool { return fd.Kind == Choice || fd.Kind == YesNo }

func (fd *Field) text() string {
	if fd.choosing() {
		return fd.Value
	}
	if fd.Kind == Secret {
		return fd.line.Text()
	}
	return strings.TrimSpace(fd.line.Text())
}

// Values gives what the fields hold now, hidden ones too.
func (f *Form) Values() Values {
	v := make(Values, len(f.fields))
	for _, fd := range f.fields {
		v[fd.Name] = fd.text()
	}
	return v
}

// Set changes a field's value, as when another field's choice prefills it.
func (f *Form) Set(name, value string) {
	if i := f.index(name); i >= 0 {
		f.fields[i].Value = value
		f.fields[i].prefill(value)
	}
}

// Current is the name of the field that is typed into.
func (f *Form) Current() string {
	if f.at < 0 {
		return ""
	}
	return f.fields[f.at].Name
}

// Changed tells whether any value differs from what the form began with.
func (f *Form) Changed() bool {
	for name, v := range f.Values() {
		if v != f.started[name] {
			return true
		}
	}
	return false
}

// Working says that what was submitted is being stored; the form then takes no
// keys until Fail, or until its screen closes it.
func (f *Form) Working() { f.working, f.err = true, "" }

// Fail says that storing failed: the sentence stays until the next key.
func (f *Form) Fail(err error) { f.working, f.err, f.errAt = false, f.Explain(err), -1 }

// Resume takes keys again, after a question that was not answered: what was
// typed stays to be changed or submitted once more.
func (f *Form) Resume() { f.working = false }

// Update takes an event. After Submit the form is Working.
func (f *Form) Update(ev Event) FormAction {
	if f.working || f.at < 0 {
		return FormAction{}
	}
	k, ok := ev.(Key)
	if !ok {
		f.edit(ev)
		return FormAction{}
	}
	f.err = ""
	if f.leaving {
		return f.leave(k)
	}
	next := f.step(f.at, 1)
	switch {
	case formOpen.Matches(k) && f.fields[f.at].Kind == Paged:
		return FormAction{Open: f.Current()}
	case formSave.Matches(k), k.Name == "enter" && next == f.at:
		return f.submit()
	case formNext.Matches(k):
		f.move(next)
	case formBefore.Matches(k):
		f.move(f.step(f.at, -1))
	case formJump.Matches(k):
		f.jump(k.Name)
	case formCancel.Matches(k):
		f.leaving = f.Changed()
		return FormAction{Cancel: !f.leaving}
	default:
		f.edit(ev)
	}
	return FormAction{}
}

// leave answers the question whether to give up changes: Esc again does, any
// other key goes on.
func (f *Form) leave(k Key) FormAction {
	f.leaving = false
	return FormAction{Cancel: k.Name == "esc"}
}

func (f *Form) move(to int) {
	if to != f.at {
		f.fields[f.at].touched = true
		f.at = to
	}
}

// step is the next field shown in a direction, the same one at the end.
func (f *Form) step(from, dir int) int {
	v := f.Values()
	for i := from + dir; i >= 0 && i < len(f.fields); i += dir {
		if !f.hidden(i, v) {
			return i
		}
	}
	return from
}

func (f *Form) hidden(i int, v Values) bool {
	return f.fields[i].Hidden != nil && f.fields[i].Hidden(v)
}

func (f *Form) edit(ev Event) {
	fd := f.fields[f.at]
	if fd.Kind == Paged {
		return
	}
	if fd.choosing() {
		if k, ok := ev.(Key); ok {
			fd.choose(k.Name)
		}
		return
	}
	before := fd.line.Text()
	if scan, ok := ev.(Scan); ok && fd.List && fd.text() != "" {
		ev = Scan{fd.text() + ", " + scan.Text}
	}
	fd.giveWay(ev)
	fd.line.Update(ev)
	if fd.line.Text() != before {
		fd.touched = true
	}
}

func (fd *Field) choose(key string) {
	n, i := len(fd.Options), fd.chosen()
	if n == 0 {
		return
	}
	switch key {
	case "left":
		i = (i + n - 1) % n
	case "right", " ":
		i = (i + 1) % n
	case "home":
		i = 0
	case "end":
		i = n - 1
	}
	fd.Value = fd.Options[max(i, 0)].Value
}

// submit accepts the values if all are good, else goes to the first that is
// not.
func (f *Form) submit() FormAction {
	v := f.Values()
	for i, fd := range f.fields {
		fd.touched = true
		if _, err := f.read(i, v); err != nil {
			f.at = i
			return FormAction{}
		}
	}
	if f.Check != nil {
		if name, err := f.Check(v); err != nil {
			f.err, f.errAt = f.Explain(err), f.index(name)
			f.to(name)
			return FormAction{}
		}
	}
	f.Working()
	return FormAction{Submit: true}
}

func (f *Form) to(name string) {
	if i := f.index(name); i >= 0 {
		f.at = i
	}
}

// index is where a field of a name stands, -1 if there is none.
func (f *Form) index(name string) int {
	for i, fd := range f.fields {
		if fd.Name == name {
			return i
		}
	}
	return -1
}

// read judges a field; a hidden one is always good.
func (f *Form) read(i int, v Values) (string, error) {
	fd := f.fields[i]
	if fd.Read == nil || f.hidden(i, v) {
		return "", nil
	}
	return fd.Read(fd.text(), v)
}
