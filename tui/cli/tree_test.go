package cli

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"pgregory.net/rapid"

	"bounceback/engine"
	"bounceback/engine/words"
)

func testApp(lang string, out *bytes.Buffer) *app {
	return newApp(Env{
		Stdin: strings.NewReader(""), Stdout: out, Stderr: out, OS: "linux", Version: "1.2", Keys: func(*words.Words) string { return "| key |" },
		Getenv: func(name string) string {
			if name == EnvLang {
				return lang
			}
			return ""
		},
		Clock: func() engine.Instant { return 0 }, Random: func([]byte) {},
	}, nil)
}

// TestEveryCommandIsExplained asks each command for its help in each language:
// words for it and for each of its flags, and an example.
func TestEveryCommandIsExplained(t *testing.T) {
	for _, lang := range words.Languages() {
		var out bytes.Buffer
		root := testApp(lang, &out).root()
		n := 0
		walk(root, func(cmd *cobra.Command) {
			n++
			if strings.Contains(cmd.Short, "⟦") || cmd.Short == "" {
				t.Errorf("%s: %s has no words", lang, cmd.CommandPath())
			}
			if !strings.Contains(cmd.Example, "bounceback") {
				t.Errorf("%s has no example", cmd.CommandPath())
			}
			cmd.Flags().VisitAll(func(f *pflag.Flag) {
				if strings.Contains(f.Usage, "⟦") || f.Usage == "" {
					t.Errorf("%s: %s --%s has no words", lang, cmd.CommandPath(), f.Name)
				}
			})
			out.Reset()
			if err := cmd.Help(); err != nil || !strings.Contains(out.String(), cmd.Short) || strings.Contains(out.String(), "Usage:") != (lang == "en") {
				t.Errorf("%s: help of %s is %q, %v", lang, cmd.CommandPath(), out.String(), err)
			}
		})
		if n < 55 {
			t.Errorf("only %d commands", n)
		}
	}
}

func TestHelpIsGivenOnStdout(t *testing.T) {
	for _, args := range [][]string{{"sale", "record", "--help"}, {"help", "sale", "record"}} {
		var out, errs bytes.Buffer
		env := testApp("en", &out).env
		env.Stderr = &errs
		if status := Run(context.Background(), env, args); status != ExitDone || !strings.Contains(out.String(), "--amount") || errs.Len() > 0 {
			t.Errorf("%v: %d %q %q", args, status, out.String(), errs.String())
		}
	}
}

func TestVersionKeysAndCompletion(t *testing.T) {
	for line, want := range map[string]string{
		"--version": "bounceback 1.2", "keys": "| key |", "completion bash": "__start_bounceback", "completion zsh": "#compdef bounceback",
		"completion fish": "complete -c bounceback", "completion powershell": "Register-ArgumentCompleter", "__complete export s": "sales",
	} {
		var out bytes.Buffer
		if status := Run(context.Background(), testApp("en", &out).env, strings.Fields(line)); status != ExitDone || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %d, no %q in %.200q", line, status, want, out.String())
		}
	}
}

func TestDataDir(t *testing.T) {
	for _, c := range []struct{ goos, env, want string }{
		{"linux", "", "/home/a/.local/share/bounceback"},
		{"linux", "XDG_DATA_HOME=/data", "/data/bounceback"},
		{"linux", "XDG_DATA_HOME=relative", "/home/a/.local/share/bounceback"},
		{"freebsd", "", "/home/a/.local/share/bounceback"},
		{"darwin", "XDG_DATA_HOME=/data", "/home/a/Library/Application Support/bounceback"},
		{"windows", "LocalAppData=/local", "/local/bounceback"},
		{"windows", "", "/home/a/AppData/Local/bounceback"},
	} {
		name, value, _ := strings.Cut(c.env, "=")
		get := func(n string) string {
			if n == name {
				return value
			}
			return ""
		}
		if got := DataDir(c.goos, get, "/home/a"); got != c.want {
			t.Errorf("%s with %q: %s", c.goos, c.env, got)
		}
	}
}

func TestExitStatuses(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{engine.Refuse("x"), 1}, {engine.BadInput("x"), 2}, {engine.Broken("x", nil), 3}, {errors.New("x"), 3},
	} {
		if got := exitOf(c.err); got != c.want {
			t.Errorf("%v ends with %d", c.err, got)
		}
	}
}

func TestSafeCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a": "a", "=1+1": "'=1+1", "+5511987654321": "+5511987654321", "-12.50": "-12.50", "-1+1": "'-1+1", "@x": "'@x", "\tx": "'\tx",
		"\rx": "'\rx", "+": "'+", "-": "'-", "-.": "'-.", "-1.": "'-1.", "1=2": "1=2", "--1": "'--1", "+1 2": "'+1 2",
	} {
		if got := safeCell(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := safeCell(rapid.String().Draw(t, "cell"))
		if s != "" && strings.ContainsRune("=@\t\r", rune(s[0])) {
			t.Fatalf("%q starts a formula", s)
		}
	})
}

func TestPace(t *testing.T) {
	for _, c := range []struct {
		done, rows int
		spent      engine.Instant
		rate       int
		left       time.Duration
	}{
		{0, 100, 0, 0, 0}, {1000, 3000, 500, 2000, time.Second}, {3000, 3000, 500, 6000, 0}, {5, 3, 1, 5000, 0},
	} {
		if rate, left := pace(c.done, c.rows, c.spent); rate != c.rate || left != c.left {
			t.Errorf("%+v: %d a second, %v left", c, rate, left)
		}
	}
}

// TestProgressIsDrawnAtMostEvery200ms holds the line still in between.
func TestProgressIsDrawnAtMostEvery200ms(t *testing.T) {
	var out bytes.Buffer
	a := testApp("en", &out)
	now := engine.Instant(0)
	a.env.Clock, a.env.Terminal = func() engine.Instant { return now }, true
	p := a.newProgress(10000)
	for i := 1; i <= 100; i++ {
		now += 10
		p.show(i * 100)
	}
	if n := strings.Count(out.String(), "rows"); n != 5 {
		t.Errorf("drawn %d times: %q", n, out.String())
	}
	p.end()
	if !strings.HasSuffix(out.String(), " \r") {
		t.Errorf("the line stays: %q", out.String())
	}
}

func TestFindStaff(t *testing.T) {
	all := []engine.Staff{{ID: engine.ID{1}, Name: "João"}, {ID: engine.ID{2}, Name: "joao"}, {ID: engine.ID{3}, Name: "Ana Lima"}}
	for name, want := range map[string]byte{"João": 1, "joao": 2, "JOAO": 1, "ana  lima": 3, all[2].ID.String(): 3} {
		if s, err := findStaff(all, name); err != nil || s.ID[0] != want {
			t.Errorf("%q is %v, %v", name, s.ID, err)
		}
	}
	if _, err := findStaff(all, "?"); engine.CodeOf(err) != engine.CodeStaffUnknown {
		t.Errorf("got %v", err)
	}
}
