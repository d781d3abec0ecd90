package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/screen"
)

// HangUpMsg says that nobody is at the terminal any more, though nobody quit:
// the connection broke, or is to be ended. The program ends with the last
// write, and Kept then gives what is rung up.
type HangUpMsg struct{}

// hangUp ends once every write has ended. What is reserved stays so, for as
// long as its lease is.
func (a *App) hangUp() tea.Cmd {
	a.quitting = true
	if a.writes.Pending() == 0 {
		return tea.Quit
	}
	return nil
}

// Kept is what is rung up, for the next program of the same till; nil is
// nothing. It may be called when the program has ended.
func (a *App) Kept() *screen.Kept {
	if a.counter == nil {
		return a.opt.Kept
	}
	return a.counter.Keep()
}

// Actor is who is signed in, the zero actor nobody. It may be called at any
// time.
func (a *App) Actor() engine.Actor { return a.who.get() }
