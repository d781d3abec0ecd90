package sshd

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/ssh"
	"github.com/muesli/termenv"
)

// environ is what a session may know of the client: its terminal and the
// variables that were let through.
func environ(sess ssh.Session) func(string) string {
	env := sess.Environ()
	return func(name string) string {
		if name != "TERM" && !slices.Contains(envNames, name) {
			return ""
		}
		for i := len(env) - 1; i >= 0; i-- { // TERM, which the terminal itself told, is last
			if value, ok := strings.CutPrefix(env[i], name+"="); ok {
				return value
			}
		}
		return ""
	}
}

// profile is how many colours a terminal has, as far as its name and its
// environment tell. The terminal is not asked: one that does not answer would
// be waited for, and the first key taken for its answer.
func profile(getenv func(string) string) termenv.Profile {
	term := strings.ToLower(getenv("TERM"))
	switch {
	case getenv("NO_COLOR") != "", term == "", term == "dumb":
		return termenv.Ascii
	case getenv("COLORTERM") == "truecolor", getenv("COLORTERM") == "24bit", strings.HasSuffix(term, "-direct"),
		slices.Contains([]string{"alacritty", "foot", "xterm-ghostty", "xterm-kitty", "wezterm"}, term):
		return termenv.TrueColor
	case strings.Contains(term, "256color"):
		return termenv.ANSI256
	case strings.HasPrefix(term, "vt1"), strings.HasPrefix(term, "vt2"):
		return termenv.Ascii
	}
	return termenv.ANSI
}

// draws tells whether a terminal can show the screens: one that says nothing
// of itself, or that it is dumb, would show their codes as text.
func draws(getenv func(string) string) bool {
	return !slices.Contains([]string{"", "dumb", "unknown"}, strings.ToLower(getenv("TERM")))
}

// renderer is a session's own, which asks its terminal nothing.
func renderer(out io.Writer, getenv func(string) string) *lipgloss.Renderer {
	r := lipgloss.NewRenderer(out)
	r.SetColorProfile(profile(getenv))
	r.SetHasDarkBackground(true)
	return r
}

// Bounds of a window, in cells: a client can claim any.
const (
	usualWidth, usualHeight = 80, 24
	mostWidth, mostHeight   = 500, 200
)

// size is a window's size as the screens get it.
func size(w ssh.Window) (width, height int) {
	if w.Width <= 0 || w.Height <= 0 {
		return usualWidth, usualHeight
	}
	return min(w.Width, mostWidth), min(w.Height, mostHeight)
}
