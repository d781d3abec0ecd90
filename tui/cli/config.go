package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"bounceback/engine/words"
)

// Names of the environment's variables.
const (
	EnvDB       = "BOUNCEBACK_DB"
	EnvKey      = "BOUNCEBACK_KEY"
	EnvStore    = "BOUNCEBACK_STORE"
	EnvRegister = "BOUNCEBACK_REGISTER"
	EnvStaff    = "BOUNCEBACK_STAFF"
	EnvPIN      = "BOUNCEBACK_PIN"
	EnvNewPIN   = "BOUNCEBACK_NEW_PIN"
	EnvLang     = "BOUNCEBACK_LANG"
)

// Config is what flags and environment say for every command.
type Config struct {
	DB       string // path of the file
	Key      string // path of the key file; empty: beside the database
	Store    string // title or id; empty: the only one
	Register string // name of the till; empty: the first one's
	Staff    string // name or id of who asks
	Lang     string // of the words; empty: the store's
	JSON     bool
	Plain    bool // for screen readers
	PINStdin bool // the PIN is the first line of stdin
}

// bind makes the flags that every command has.
func (c *Config) bind(f *pflag.FlagSet, a *app) {
	get := a.env.Getenv
	f.StringVar(&c.DB, "db", get(EnvDB), "")
	f.StringVar(&c.Key, "key-file", get(EnvKey), "")
	f.StringVar(&c.Store, "store", get(EnvStore), "")
	f.StringVar(&c.Register, "register", get(EnvRegister), "")
	f.StringVar(&c.Staff, "staff", get(EnvStaff), "")
	f.StringVar(&c.Lang, "lang", get(EnvLang), "")
	f.BoolVar(&c.JSON, "json", c.JSON, "")
	f.BoolVar(&c.Plain, "plain", false, "")
	f.BoolVar(&c.PINStdin, "pin-stdin", false, "")
}

// peek looks for --json and --lang before the command line is read, so that
// what is wrong with it can be told in the right form and language.
func (a *app) peek(args []string) {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	for i, arg := range args {
		switch name, value, joined := strings.Cut(arg, "="); {
		case arg == "--json", name == "--json" && value == "true":
			a.JSON = true
		case name == "--lang" && joined:
			a.Lang = value
		case arg == "--lang" && i+1 < len(args):
			a.Lang = args[i+1]
		}
	}
}

// language is the one asked for, else the store's, else the machine's.
func (a *app) language() string {
	for _, lang := range []string{
		a.Lang, a.env.Getenv(EnvLang), a.store.Language,
		a.env.Getenv("LC_ALL"), a.env.Getenv("LC_MESSAGES"), a.env.Getenv("LANG"),
	} {
		if lang != "" {
			return lang
		}
	}
	return "en"
}

// DataDir is where the file is unless another is named: the user's data
// directory as the operating system has it.
func DataDir(goos string, getenv func(string) string, home string) string {
	switch {
	case goos == "windows" && getenv("LocalAppData") != "":
		return filepath.Join(getenv("LocalAppData"), "bounceback")
	case goos == "windows":
		return filepath.Join(home, "AppData", "Local", "bounceback")
	case goos == "darwin":
		return filepath.Join(home, "Library", "Application Support", "bounceback")
	case filepath.IsAbs(getenv("XDG_DATA_HOME")): // the specification has relative ones ignored
		return filepath.Join(getenv("XDG_DATA_HOME"), "bounceback")
	}
	return filepath.Join(home, ".local", "share", "bounceback")
}

// DefaultRegister names the till of a shop that has not named one.
func DefaultRegister(w *words.Words) string { return w.T("counter.setup.till") }

// DefaultOwner names the owner until the shop does.
func DefaultOwner(w *words.Words) string { return w.T("counter.setup.owner") }

// DefaultCampaign names the ready campaign of a new shop.
func DefaultCampaign(w *words.Words) string { return w.T("counter.setup.campaign") }
