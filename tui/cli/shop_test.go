package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/store"
	"bounceback/tui"
	"bounceback/tui/cli"
)

// shop is a file of shops that commands are run on, with its own clock.
type shop struct {
	t     *testing.T
	dir   string
	now   engine.Instant
	tick  engine.Instant // how far each look at the clock moves it, for workers that wait for it
	env   map[string]string
	stdin string
	input io.Reader // of the next command, instead of stdin
	step  byte

	terminal bool // stderr is one

	shown    *tui.Options // what the counter was last opened with
	imported func()       // is called before each batch of an import; may be nil
}

// answer is what one command gave.
type answer struct {
	t      *testing.T
	args   []string
	status int
	out    string
	err    string
}

// at is an instant by the clock of São Paulo.
func at(text string) engine.Instant {
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		panic(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04:05", text, zone)
	if err != nil {
		panic(err)
	}
	return engine.InstantOf(at)
}

// empty is a machine without any shop.
func empty(t *testing.T) *shop {
	t.Helper()
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_PROFILE"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
	return &shop{t: t, dir: t.TempDir(), now: at("2026-11-20 15:00:00"), env: map[string]string{}}
}

// brazil is a shop in Brazil without PINs, spoken to in English.
func brazil(t *testing.T) *shop {
	t.Helper()
	s := empty(t)
	s.run("init", "--title", "Casa Azul", "--country", "BR").done()
	s.env[cli.EnvLang] = "en"
	return s
}

// watched is a file that tells when a batch is about to be imported.
type watched struct {
	cli.File
	imported func()
}

// ImportSales imports a batch.
func (w watched) ImportSales(ctx context.Context, a engine.Actor, rows []engine.ImportSale, issue bool) ([]engine.ImportOutcome, error) {
	if w.imported != nil {
		w.imported()
	}
	return w.File.ImportSales(ctx, a, rows, issue)
}

func (s *shop) path() string { return filepath.Join(s.dir, "shop.db") }

// run runs a command; each takes a second.
func (s *shop) run(args ...string) answer {
	s.t.Helper()
	return s.runIn(context.Background(), args...)
}

func (s *shop) runIn(ctx context.Context, args ...string) answer {
	s.t.Helper()
	var out, errs bytes.Buffer
	input := io.Reader(strings.NewReader(s.stdin))
	if s.input != nil {
		input, s.input = s.input, nil
	}
	env := cli.Env{
		Open: func(ctx context.Context, o cli.OpenOptions) (cli.File, error) {
			db, err := store.Open(ctx, o.DB, store.Options{KeyFile: o.Key, Clock: o.Clock})
			if err != nil {
				return nil, err
			}
			return watched{db, s.imported}, nil
		},
		Counter: func(_ context.Context, o tui.Options) error { s.shown = &o; return nil },
		Stdin:   input, Stdout: &out, Stderr: &errs, Terminal: s.terminal,
		Getenv: func(name string) string {
			if v, ok := s.env[name]; ok || name != cli.EnvDB {
				return v
			}
			return s.path()
		},
		Home: func() (string, error) { return s.dir, nil }, OS: "linux",
		Clock: func() engine.Instant { s.now += s.tick; return s.now },
		Random: func(b []byte) {
			s.step++
			for i := range b {
				b[i] = s.step
			}
		},
		Version: "test",
	}
	status := cli.Run(ctx, env, args)
	s.now += 1000
	return answer{t: s.t, args: args, status: status, out: out.String(), err: errs.String()}
}

// done fails the test unless the command did what it was asked to.
func (a answer) done() answer {
	a.t.Helper()
	if a.status != cli.ExitDone {
		a.t.Fatalf("%v ended with %d: %s%s", a.args, a.status, a.out, a.err)
	}
	return a
}

// refused fails the test unless the command ended with a status and a code.
func (a answer) refused(status int, code engine.Code) answer {
	a.t.Helper()
	var got struct {
		Code    engine.Code `json:"code"`
		Message string      `json:"message"`
	}
	if err := json.Unmarshal([]byte(lastLine(a.err)), &got); err != nil {
		a.t.Fatalf("%v wrote no JSON on stderr: %q (%v)", a.args, a.err, err)
	}
	if a.status != status || got.Code != code || got.Message == "" || hasHole(got.Message) && code != "template_field" {
		a.t.Fatalf("%v ended with %d %s %q, want %d %s", a.args, a.status, got.Code, got.Message, status, code)
	}
	return a
}

// hasHole tells whether a sentence lacks words or a value.
func hasHole(sentence string) bool { return strings.ContainsAny(sentence, "{}⟦") }

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

// tree is a JSON object.
type tree map[string]any

// json reads the answer.
func (a answer) json() tree {
	a.t.Helper()
	dec := json.NewDecoder(strings.NewReader(a.out))
	dec.UseNumber()
	var v tree
	if err := dec.Decode(&v); err != nil {
		a.t.Fatalf("%v answered %q: %v", a.args, a.out, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		a.t.Fatalf("%v answered more than one value: %q", a.args, a.out)
	}
	return v
}

// get follows a path of names; what is not there fails the test.
func (a answer) get(path string) any {
	a.t.Helper()
	var v any = map[string]any(a.json())
	for _, name := range strings.Split(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			a.t.Fatalf("%v: nothing at %s in %s", a.args, path, a.out)
		}
		if v, ok = m[name]; !ok {
			a.t.Fatalf("%v: no %s in %s", a.args, path, a.out)
		}
	}
	return v
}

// text is what stands at a path, as text; null is empty.
func (a answer) text(path string) string {
	a.t.Helper()
	switch v := a.get(path).(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	a.t.Fatalf("%v: %s is no single value", a.args, path)
	return ""
}

// are checks several values: path, want, path, want …
func (a answer) are(pairs ...string) answer {
	a.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if got := a.text(pairs[i]); got != pairs[i+1] {
			a.t.Errorf("%v: %s is %q, want %q", a.args, pairs[i], got, pairs[i+1])
		}
	}
	return a
}

// items are the rows of a list.
func (a answer) items() []tree {
	a.t.Helper()
	list, ok := a.get("items").([]any)
	if !ok {
		a.t.Fatalf("%v: items are no list: %s", a.args, a.out)
	}
	out := make([]tree, 0, len(list))
	for _, one := range list {
		m, _ := one.(map[string]any)
		out = append(out, m)
	}
	return out
}

// says checks that sentences for people hold some words.
func (a answer) says(words ...string) answer {
	a.t.Helper()
	for _, w := range words {
		if !strings.Contains(a.out+a.err, w) {
			a.t.Errorf("%v does not say %q: %s%s", a.args, w, a.out, a.err)
		}
	}
	if strings.Contains(a.out+a.err, "⟦") || strings.Contains(a.out+a.err, "{") && !strings.Contains(a.out, `"`) {
		a.t.Errorf("%v has a hole in its words: %s%s", a.args, a.out, a.err)
	}
	return a
}

// sell records a sale of the customer of all these tests.
func (s *shop) sell(amount string, more ...string) answer {
	s.t.Helper()
	return s.run(append([]string{"sale", "record", "--phone", maria, "--amount", amount, "--json"}, more...)...).done()
}

const maria = "(11) 98765-4321"
