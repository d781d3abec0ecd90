// Package early must be initialised before bubbletea. Bubbletea v1 asks the
// terminal for its background colour while its package is initialised and
// waits seconds for a terminal that does not answer. Saying here that the
// background is known keeps the question from being asked.
//
// It works because Go initialises the packages that are ready in the order of
// their import paths, and bounceback/tui/early sorts before
// github.com/charmbracelet/bubbletea. Import it blank, first, in main.
//
// The screens never use the value: their colours come from a theme that the
// user or the environment names.
package early

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
