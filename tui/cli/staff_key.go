package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/tui/sshd"
)

// Codes of keys on the command line.
const (
	CodeKeyNoFile engine.Code = "key_no_file" // with path: neither a key nor a file
	CodeKeyWhose  engine.Code = "key_whose"   // with comment: it names nobody who works here
	CodeKeyWhich  engine.Code = "key_which"   // with text: several keys
	CodeKeyLines  engine.Code = "key_lines"   // with n: lines that were left out
)

// mostKeyFile is how many bytes of an authorized_keys file are read.
const mostKeyFile = 1 << 20

func (a *app) staffKeys() *cobra.Command {
	cmd := group("key", a.keyAdd(), a.keyList(), a.keyRemove(), a.keyImport())
	cmd.Example = "  bounceback staff key add Ana id_ed25519.pub"
	return cmd
}

func (a *app) keyAdd() *cobra.Command {
	var till, note string
	cmd := &cobra.Command{
		Use: "add NAME KEY|FILE", Args: takes(2, 16), // a key in several words, unquoted
		Example: "  bounceback staff key add Ana id_ed25519.pub --till 'Till 2'\n  bounceback staff key add Ana 'ssh-ed25519 AAAAC3Nza… ana@notebook'",
	}
	cmd.Flags().StringVar(&till, "till", "", "")
	cmd.Flags().StringVar(&note, "note", "", "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		who, err := a.keeper(ctx, args[0])
		if err != nil {
			return err
		}
		k, err := a.readKey(args[1:])
		if err != nil {
			return err
		}
		if note != "" {
			k.Comment = note
		}
		added, err := a.file.AddStaffKey(ctx, a.actor, newStaffKey(who, k, till))
		if err != nil {
			return err
		}
		a.noteIgnored(k)
		return a.answer(a.keyDTO(added), func() { a.showKeys([]engine.StaffKey{added}) })
	})
	return cmd
}

func newStaffKey(who engine.Staff, k sshd.Key, till string) engine.NewStaffKey {
	return engine.NewStaffKey{StaffID: who.ID, Kind: k.Kind, Public: k.Public, Comment: k.Comment, Register: till}
}

// keeper finds somebody who works here.
func (a *app) keeper(ctx context.Context, name string) (engine.Staff, error) {
	all, err := a.file.Staff(ctx, a.store.ID, false)
	if err != nil {
		return engine.Staff{}, err
	}
	return findStaff(all, name)
}

// readKey reads a key that is typed, or the file that holds it.
func (a *app) readKey(args []string) (sshd.Key, error) {
	text := strings.Join(args, " ")
	if k, err := sshd.ReadKey([]byte(text)); len(args) > 1 || engine.CodeOf(err) != sshd.CodeKeyText {
		return k, err
	}
	raw, err := a.publicKeys(text)
	if errors.Is(err, fs.ErrNotExist) {
		err = engine.BadInput(CodeKeyNoFile, "path", text)
	}
	if err != nil {
		return sshd.Key{}, err
	}
	return sshd.ReadKey(raw)
}

func (a *app) publicKeys(path string) ([]byte, error) {
	in, err := a.input(path)
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // only read
	raw, err := io.ReadAll(io.LimitReader(in, mostKeyFile))
	if err != nil {
		return nil, engine.Broken(CodeInputRead, err)
	}
	return raw, nil
}

// noteIgnored says which options of a key mean nothing here.
func (a *app) noteIgnored(k sshd.Key) {
	if len(k.Ignored) > 0 && !a.JSON {
		a.note("%s", a.words.T("cli.key_ignored", "options", strings.Join(k.Ignored, ", ")))
	}
}

func (a *app) keyList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback staff key list",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			found, err := a.file.StaffKeys(ctx, a.actor)
			if err != nil {
				return err
			}
			return a.answer(newList(engine.Page[engine.StaffKey]{Items: found}, a.keyDTO), func() { a.showKeys(found) })
		}),
	}
}

func (a *app) showKeys(all []engine.StaffKey) {
	w, t := a.words, table{}
	t.column(w, "name", left)
	t.column(w, "role", left)
	t.column(w, "works_here", left)
	t.column(w, "till", left)
	t.column(w, "key", left)
	t.column(w, "note", left)
	t.column(w, "last_used", left)
	for _, k := range all {
		t.add(k.Staff, a.format.Value(k.Role), yesNo(w, k.Active), k.Register, k.Fingerprint, k.Comment, a.timeOrEmpty(k.LastUsed))
	}
	a.print(t)
}

func (a *app) keyRemove() *cobra.Command {
	cmd := &cobra.Command{
		Use: "remove KEY", Args: takes(1, 1), Example: "  bounceback staff key remove ana@notebook\n  bounceback staff key remove SHA256:b0uNceBack…",
	}
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		all, err := a.file.StaffKeys(ctx, a.actor)
		if err != nil {
			return err
		}
		k, err := findKey(all, args[0])
		if err != nil {
			return err
		}
		if k, err = a.file.RemoveStaffKey(ctx, a.actor, k.ID); err != nil {
			return err
		}
		return a.answer(a.keyDTO(k), func() { a.say("%s", a.words.T("cli.key_removed", "name", k.Staff, "key", k.Fingerprint)) })
	})
	return cmd
}

// leastKeyText is how many characters of a fingerprint name a key.
const leastKeyText = len("SHA256:") + 6

// findKey finds one key by its id, its note, or its fingerprint or the
// beginning of it.
func findKey(all []engine.StaffKey, text string) (engine.StaffKey, error) {
	var found []engine.StaffKey
	for _, k := range all {
		near := len(text) >= leastKeyText && strings.HasPrefix(k.Fingerprint, text)
		if k.ID.String() == text || k.Comment == text || near {
			found = append(found, k)
		}
	}
	switch len(found) {
	case 0:
		return engine.StaffKey{}, engine.Refuse(engine.CodeKeyUnknown)
	case 1:
		return found[0], nil
	}
	return engine.StaffKey{}, engine.BadInput(CodeKeyWhich, "text", text)
}

// keyDTO is a key of a member of staff.
type keyDTO struct {
	ID          string  `json:"id"`
	StaffID     string  `json:"staff_id"`
	Staff       string  `json:"staff"`
	Role        string  `json:"role"`
	Active      bool    `json:"active"`
	Kind        string  `json:"kind"`
	Fingerprint string  `json:"fingerprint"`
	Comment     string  `json:"comment"`
	Register    *string `json:"register"`
	CreatedAt   *string `json:"created_at"`
	LastUsedAt  *string `json:"last_used_at"`
}

func (a *app) keyDTO(k engine.StaffKey) keyDTO {
	return keyDTO{
		ID: k.ID.String(), StaffID: k.StaffID.String(), Staff: k.Staff, Role: string(k.Role), Active: k.Active, Kind: k.Kind,
		Fingerprint: k.Fingerprint, Comment: k.Comment, Register: text(k.Register), CreatedAt: a.timeText(k.Created), LastUsedAt: a.timeText(k.LastUsed),
	}
}
