//go:build unix

package sshd_test

import (
	"os"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// TestWhatASessionMayAsk speaks the protocol itself, since OpenSSH's client asks
// for less than a client could.
func TestWhatASessionMayAsk(t *testing.T) {
	h := newHouse(t)
	text, err := os.ReadFile(h.key("bia"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.ParsePrivateKey(text)
	if err != nil {
		t.Fatal(err)
	}
	client, err := gossh.Dial("tcp", "127.0.0.1:"+h.port, &gossh.ClientConfig{
		User: "till2", Auth: []gossh.AuthMethod{gossh.PublicKeys(key)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	env := func(name, value string) []byte { return gossh.Marshal(struct{ Name, Value string }{name, value}) }
	sess, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind    string
		payload []byte
		want    bool
	}{
		{"auth-agent-req@openssh.com", nil, false},
		{"x11-req", gossh.Marshal(struct {
			Single       bool
			Kind, Cookie string
			Screen       uint32
		}{false, "MIT-MAGIC-COOKIE-1", "00", 0}), false},
		{"env", env("LANG", "pt_BR.UTF-8"), true},
		{"env", env("LD_PRELOAD", "/tmp/x"), false},
		{"env", env("BOUNCEBACK_DB", "/tmp/x"), false},
		{"env", env("LANG", strings.Repeat("x", 1000)), false},
		{"subsystem", gossh.Marshal(struct{ Name string }{"sftp"}), false},
		{"break", gossh.Marshal(struct{ Length uint32 }{1}), false},
		{"nothing@example.com", nil, false},
	} {
		if ok, err := sess.SendRequest(c.kind, true, c.payload); err != nil || ok != c.want {
			t.Errorf("%s: %v, %v, want %v", c.kind, ok, err, c.want)
		}
	}
	for _, kind := range []string{"direct-tcpip", "direct-streamlocal@openssh.com", "x11", "tun@openssh.com", "auth-agent@openssh.com"} {
		if ch, _, err := client.OpenChannel(kind, nil); err == nil {
			t.Errorf("a channel %s opens", kind)
			_ = ch.Close()
		}
	}
	for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com"} {
		if ok, _, err := client.SendRequest(kind, true, nil); err != nil || ok {
			t.Errorf("%s: %v, %v", kind, ok, err)
		}
	}
	var all []*gossh.Session
	for range 20 {
		one, err := client.NewSession()
		if err != nil {
			break
		}
		all = append(all, one)
	}
	if len(all) != 7 {
		t.Errorf("%d more sessions in one connection", len(all))
	}
}
