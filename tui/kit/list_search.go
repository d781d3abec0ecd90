package kit

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Searching tells whether keys go to the search line.
func (l *List) Searching() bool { return l.typing }

// Search is the text searched for.
func (l *List) Search() string { return strings.TrimSpace(l.search.Text()) }

// held says why what is typed is not searched for.
func (l *List) held() string {
	if l.Hold == nil || l.Search() == "" {
		return ""
	}
	return l.Hold(l.Search())
}

// seek searches for what is typed, if it can be.
func (l *List) seek() tea.Cmd {
	if l.held() != "" {
		return nil
	}
	return l.Reset()
}

// searchKey edits the search line; rows follow as it is typed.
func (l *List) searchKey(k Key) (Action, tea.Cmd) {
	before := l.Search()
	switch k.Name {
	case "enter":
		l.typing = false
	case "esc":
		l.typing = false
		l.search.Clear()
	case "up", "down", "pgup", "pgdown":
		l.typing = false
		return l.key(k)
	default:
		l.search.Update(k)
	}
	if l.Search() != before {
		return Action{Used: true}, l.seek()
	}
	return Action{Used: true}, nil
}
