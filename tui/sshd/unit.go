package sshd

import (
	_ "embed"
	"path/filepath"
	"strings"

	"bounceback/engine"
)

// CodeUnitPath says that a path cannot stand in a unit; with path.
const CodeUnitPath engine.Code = "serve_path"

//go:embed bounceback.service
var unitText string

// Where the unit has the file unless told.
const unitDir = "/var/lib/bounceback"

// Unit is a systemd unit that serves a file. Paths are absolute; an empty DB is
// /var/lib/bounceback/bounceback.db, and the other two empty are beside it.
type Unit struct{ DB, Key, HostKey, Listen string }

// Text is the unit; CodeUnitPath, CodeListenBad.
func (u Unit) Text() (string, error) {
	if u.DB == "" {
		u.DB = unitDir + "/bounceback.db"
	}
	if u.Listen == "" {
		u.Listen = DefaultListen
	}
	if err := checkListen(u.Listen); err != nil {
		return "", err
	}
	flags := "--db " + u.DB + " --listen " + u.Listen
	if u.Key != "" {
		flags += " --key-file " + u.Key
	}
	if u.HostKey != "" {
		flags += " --host-key " + u.HostKey
	}
	for _, part := range []string{u.DB, u.Key, u.HostKey, u.Listen} {
		if strings.ContainsFunc(part, func(r rune) bool { return r <= ' ' || strings.ContainsRune(`"'\%$;`, r) }) {
			return "", engine.BadInput(CodeUnitPath, "path", part)
		}
	}
	dirs := filepath.Dir(u.DB)
	if own := filepath.Dir(u.HostKey); u.HostKey != "" && own != dirs {
		dirs += " " + own
	}
	return strings.NewReplacer("{flags}", flags, "{dirs}", dirs, "{dir}", filepath.Dir(u.DB)).Replace(unitText), nil
}
