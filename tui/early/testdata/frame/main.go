// Command frame draws one frame and waits for a key: the least program that
// shows what bubbletea asks of a terminal before its first frame.
package main

import (
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

type model struct{}

func (model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyMsg); ok {
		return m, tea.Quit
	}
	return m, nil
}

func (model) View() string { return "first frame" }

func main() {
	if _, err := tea.NewProgram(model{}).Run(); err != nil {
		os.Exit(3)
	}
}
