package sshd

import (
	"slices"

	gossh "golang.org/x/crypto/ssh"
)

// envNames are the variables that a client may set. None changes what is done,
// only how it looks.
var envNames = []string{"COLORTERM", "COLORFGBG", "NO_COLOR", "LANG", "LC_ALL", "LC_MESSAGES", "LC_MONETARY"}

// mostEnv is how many characters of a variable are taken, and how many
// variables may be sent.
const mostEnv = 100

// narrow is a new session of which only some requests reach the library: it
// would say yes to the forwarding of an agent, and keep any number of
// variables.
type narrow struct{ gossh.NewChannel }

// Accept takes the session, and filters what it asks for.
func (n narrow) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, asked, err := n.NewChannel.Accept()
	if err != nil {
		return ch, asked, err
	}
	passed := make(chan *gossh.Request)
	go func() {
		defer close(passed)
		env := 0
		for r := range asked {
			if r.Type == "env" {
				env++
			}
			if !asksRight(r) || env > mostEnv {
				_ = r.Reply(false, nil) // who asked has gone
				continue
			}
			passed <- r
		}
	}()
	return ch, passed, nil
}

// asksRight tells whether a session may ask for that.
func asksRight(r *gossh.Request) bool {
	switch r.Type {
	case "shell", "exec", "pty-req", "window-change", "signal":
		return true
	case "env":
		var kv struct{ Name, Value string }
		return gossh.Unmarshal(r.Payload, &kv) == nil && slices.Contains(envNames, kv.Name) && len(kv.Value) <= mostEnv
	}
	return false
}
