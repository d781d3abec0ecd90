package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/tui/sshd"
)

// importedKeyDTO is what became of a line of an authorized_keys file: its key,
// or the problem.
type importedKeyDTO struct {
	Line    int      `json:"line"`
	Key     *keyDTO  `json:"key"`
	Ignored []string `json:"ignored_options"`
	Problem *problem `json:"problem"`
}

func (a *app) keyImport() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "import FILE", Args: takes(1, 1),
		Example: "  bounceback staff key import authorized_keys\n  bounceback staff key import ~/.ssh/authorized_keys --for Ana",
	}
	cmd.Flags().StringVar(&name, "for", "", "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		raw, err := a.publicKeys(args[0])
		if err != nil {
			return err
		}
		all, err := a.file.Staff(ctx, a.store.ID, false)
		if err != nil {
			return err
		}
		if name != "" {
			who, err := findStaff(all, name)
			if err != nil {
				return err
			}
			all = []engine.Staff{who}
		}
		return a.importKeys(ctx, sshd.ReadKeys(raw), all, name != "")
	})
	return cmd
}

// importKeys gives each key to whom it is for: everyOne of them to the only
// person in all, or else to whom its comment names.
func (a *app) importKeys(ctx context.Context, lines []sshd.Line, all []engine.Staff, everyOne bool) error {
	out, failed := []importedKeyDTO{}, 0
	var added []engine.StaffKey
	for _, l := range lines {
		d := importedKeyDTO{Line: l.Number, Ignored: append([]string{}, l.Key.Ignored...)}
		k, err := a.importKey(ctx, l, all, everyOne)
		if err != nil {
			failed++
			d.Problem = &problem{Code: engine.CodeOf(err), Message: a.format.Err(err)}
			a.noteLine(l.Number, a.format.Err(err))
		} else {
			dto := a.keyDTO(k)
			d.Key, added = &dto, append(added, k)
			if len(l.Key.Ignored) > 0 {
				a.noteLine(l.Number, a.words.T("cli.key_ignored", "options", strings.Join(l.Key.Ignored, ", ")))
			}
		}
		out = append(out, d)
	}
	if err := a.answer(out, func() { a.showKeys(added) }); err != nil {
		return err
	}
	if failed > 0 {
		return engine.Refuse(CodeKeyLines, "n", failed)
	}
	return nil
}

func (a *app) noteLine(number int, text string) {
	if !a.JSON {
		a.note("%s", a.words.T("cli.key_line", "line", number, "text", text))
	}
}

func (a *app) importKey(ctx context.Context, l sshd.Line, all []engine.Staff, everyOne bool) (engine.StaffKey, error) {
	if l.Err != nil {
		return engine.StaffKey{}, l.Err
	}
	var who engine.Staff
	var err error
	if everyOne {
		who = all[0]
	} else if who, err = keyFor(all, l.Key.Comment); err != nil {
		return engine.StaffKey{}, err
	}
	return a.file.AddStaffKey(ctx, a.actor, newStaffKey(who, l.Key, ""))
}

// keyFor finds whom the comment of a key names: Ana, or ana@notebook.
func keyFor(all []engine.Staff, comment string) (engine.Staff, error) {
	before, _, _ := strings.Cut(comment, "@")
	for _, name := range []string{comment, before} {
		if who, err := findStaff(all, name); err == nil {
			return who, nil
		}
	}
	return engine.Staff{}, engine.BadInput(CodeKeyWhose, "comment", comment)
}
