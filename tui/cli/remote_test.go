package cli

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceback/engine"
	"bounceback/tui/sshd"
)

// fileFlags are flags that have to do with files or with who asks, whatever
// command has them. One that is not refused over SSH needs a reason here.
var fileFlags = []string{"file", "path", "out", "output", "qr", "poster", "to-file", "key-file", "db"}

// TestOverSSHNothingUsesFiles looks at every command: whether it is one of those
// that can be run, and at their flags.
func TestOverSSHNothingUsesFiles(t *testing.T) {
	var out bytes.Buffer
	a := testApp("en", &out)
	a.env.Actor = &engine.Actor{}
	root := a.root()
	known := map[string]bool{"help": true}
	walk(root, func(cmd *cobra.Command) {
		path := commandKey(cmd)
		known[path] = true
		for _, never := range []string{"backup", "init", "serve", "demo", "doctor", "send", "import", "export", "print", "settings.set", "staff.key", "staff.add", "campaign.create", "check"} {
			if (path == never || strings.HasPrefix(path, never+".")) && allowedRemotely(path) {
				t.Errorf("%s can be run over SSH", path)
			}
		}
		if !allowedRemotely(path) {
			return
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if slices.Contains(fileFlags, f.Name) && !slices.Contains(remoteFlags, f.Name) {
				t.Errorf("%s takes --%s over SSH", path, f.Name)
			}
		})
	})
	for _, path := range remoteCommands {
		if !known[path] {
			t.Errorf("there is no command %s", path)
		}
	}
	a.confine(root)
	for line, code := range map[string]engine.Code{
		"backup x": sshd.CodeNotHere, "backup --help": sshd.CodeNotHere, "sale list --db x": CodeFlagNotHere, "report store --html x": CodeFlagNotHere,
		"sale list --store x": CodeFlagNotHere, "nothing": CodeUsageCommand, "": sshd.CodeNotHere, "staff key list": sshd.CodeNotHere,
		"report store --pin-stdin": CodeFlagNotHere, "sale list --register x": CodeFlagNotHere,
	} {
		root := a.root()
		a.confine(root)
		root.SetArgs(strings.Fields(line))
		if err := root.ExecuteContext(context.Background()); engine.CodeOf(err) != code {
			t.Errorf("%q: %v, want %s", line, err, code)
		}
	}
	if _, err := a.input("/etc/passwd"); engine.CodeOf(err) != CodeFlagNotHere {
		t.Errorf("a file of this machine: %v", err)
	}
	if in, err := a.input("-"); err != nil || in == nil {
		t.Errorf("what the session sends: %v", err)
	}
	if err := a.toFile("x", nil); engine.CodeOf(err) != CodeFlagNotHere {
		t.Errorf("a file of this machine: %v", err)
	}
}
