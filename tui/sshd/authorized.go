package sshd

import (
	"bytes"
	"crypto/rsa"
	"slices"
	"strings"

	gossh "golang.org/x/crypto/ssh"

	"bounceback/engine"
)

// Codes of keys that are typed or read from a file.
const (
	CodeKeyText    engine.Code = "key_text"        // no public key
	CodeKeyPrivate engine.Code = "key_private"     // a private one
	CodeKeyWeak    engine.Code = "key_weak"        // with kind
	CodeKeyCert    engine.Code = "key_certificate" //
	CodeKeyOption  engine.Code = "key_option"      // with option: leaving it out would let more in than the line did
)

// leastRSA is the length in bits under which an RSA key is refused.
const leastRSA = 2048

// Key is a public key as a file has it.
type Key struct {
	Kind    string
	Public  []byte // as it goes over the wire
	Comment string
	Ignored []string // options that mean nothing here
}

// Line is one line of an authorized_keys file: a key, or why it is none.
type Line struct {
	Number int
	Key    Key
	Err    error
}

// ReadKey reads one public key as it stands in id_ed25519.pub or in a line of
// an authorized_keys file.
func ReadKey(text []byte) (Key, error) {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	if bytes.Contains(text, []byte("PRIVATE KEY")) {
		return Key{}, engine.BadInput(CodeKeyPrivate)
	}
	public, comment, options, rest, err := gossh.ParseAuthorizedKey(text)
	if err != nil || len(bytes.TrimSpace(rest)) > 0 {
		return Key{}, engine.BadInput(CodeKeyText)
	}
	k := Key{Kind: public.Type(), Public: public.Marshal(), Comment: comment}
	for _, o := range options {
		if err := restricts(o); err != nil {
			return Key{}, err
		}
		k.Ignored = append(k.Ignored, optionName(o))
	}
	return k, usable(public)
}

// ReadKeys reads an authorized_keys file: empty lines and comments are left
// out, every other line is a Line.
func ReadKeys(text []byte) []Line {
	var out []Line
	for i, line := range bytes.Split(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		k, err := ReadKey(line)
		out = append(out, Line{Number: i + 1, Key: k, Err: err})
	}
	return out
}

// restricts refuses an option without which the line would let more in. The
// others forbid what nobody can do here, or name what is not run.
func restricts(option string) error {
	name := optionName(option)
	if slices.Contains([]string{"from", "expiry-time", "cert-authority", "principals", "verify-required"}, name) {
		return engine.BadInput(CodeKeyOption, "option", name)
	}
	return nil
}

func optionName(option string) string {
	name, _, _ := strings.Cut(option, "=")
	return strings.ToLower(name)
}

// usable refuses keys that prove too little.
func usable(public gossh.PublicKey) error {
	if _, is := public.(*gossh.Certificate); is {
		return engine.BadInput(CodeKeyCert)
	}
	if public.Type() == "ssh-dss" {
		return engine.BadInput(CodeKeyWeak, "kind", public.Type())
	}
	if held, ok := public.(gossh.CryptoPublicKey); ok {
		if k, ok := held.CryptoPublicKey().(*rsa.PublicKey); ok && k.N.BitLen() < leastRSA {
			return engine.BadInput(CodeKeyWeak, "kind", public.Type())
		}
	}
	return nil
}
