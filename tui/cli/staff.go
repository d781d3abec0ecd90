package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) staffCommands() *cobra.Command {
	cmd := group("staff", a.staffList(), a.staffAdd(), a.staffEdit(), a.staffKeys())
	cmd.Example = "  BOUNCEBACK_NEW_PIN=2580 bounceback staff add Ana --role cashier"
	return cmd
}

func (a *app) staffList() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback staff list --all",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			found, err := a.file.Staff(ctx, a.store.ID, all)
			if err != nil {
				return err
			}
			return a.answer(newList(engine.Page[engine.Staff]{Items: found}, a.staffDTO), func() { a.showStaff(found) })
		}),
	}
	cmd.Flags().BoolVar(&all, "all", false, "")
	return cmd
}

func (a *app) showStaff(all []engine.Staff) {
	w, t := a.words, table{}
	t.column(w, "name", left)
	t.column(w, "role", left)
	t.column(w, "pin", left)
	t.column(w, "works_here", left)
	for _, s := range all {
		t.add(s.Name, a.format.Value(s.Role), yesNo(w, s.HasPIN), yesNo(w, s.Active))
	}
	a.print(t)
}

func yesNo(w *words.Words, yes bool) string {
	if yes {
		return w.T("core.yes")
	}
	return w.T("core.no")
}

// newPIN is the PIN of the person who is added or changed: from the environment
// or from the next line of stdin, never from a flag's value. nil leaves it.
func (a *app) newPIN(fromStdin, none bool) (*string, error) {
	empty := ""
	switch pin := a.env.Getenv(EnvNewPIN); {
	case none:
		return &empty, nil
	case fromStdin:
		line, err := a.inputLine()
		return &line, err
	case pin != "":
		return &pin, nil
	}
	return nil, nil //nolint:nilnil // nil is "leave it"
}

func (a *app) staffAdd() *cobra.Command {
	var role, phone string
	var pinStdin bool
	cmd := &cobra.Command{
		Use: "add NAME", Args: takes(1, 1), Example: "  BOUNCEBACK_NEW_PIN=2580 bounceback staff add Ana --role cashier",
	}
	cmd.Flags().StringVar(&role, "role", string(engine.Cashier), "")
	cmd.Flags().StringVar(&phone, "phone", "", "")
	cmd.Flags().BoolVar(&pinStdin, "new-pin-stdin", false, "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		e := engine.StaffEdit{Name: args[0], Role: engine.Role(strings.ToLower(role)), Active: true}
		var err error
		if e.PIN, err = a.newPIN(pinStdin, false); err != nil {
			return err
		}
		if phone != "" {
			e164, err := a.phone(phone)
			if err != nil {
				return err
			}
			e.Phone = &e164
		}
		return a.saveStaff(ctx, e)
	})
	return cmd
}

func (a *app) staffEdit() *cobra.Command {
	var name, role, phone, active string
	var pinStdin, noPIN bool
	cmd := &cobra.Command{
		Use: "edit NAME", Args: takes(1, 1), Example: "  bounceback staff edit Ana --role manager\n  bounceback staff edit Ana --active no",
	}
	cmd.Flags().StringVar(&name, "name", "", "")
	cmd.Flags().StringVar(&role, "role", "", "")
	cmd.Flags().StringVar(&phone, "phone", "", "")
	cmd.Flags().StringVar(&active, "active", "", "")
	cmd.Flags().BoolVar(&pinStdin, "new-pin-stdin", false, "")
	cmd.Flags().BoolVar(&noPIN, "no-pin", false, "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		all, err := a.file.Staff(ctx, a.store.ID, true)
		if err != nil {
			return err
		}
		s, err := findStaff(all, args[0])
		if err != nil {
			return err
		}
		e := engine.StaffEdit{ID: s.ID, Name: s.Name, Role: s.Role, Active: s.Active}
		given := cmd.Flags().Changed
		if given("name") {
			e.Name = name
		}
		if given("role") {
			e.Role = engine.Role(strings.ToLower(role))
		}
		if given("phone") {
			e164, err := a.phoneOrNone(phone)
			if err != nil {
				return err
			}
			e.Phone = &e164
		}
		if given("active") {
			answer, err := choice("--active", active, "yes", "no")
			if err != nil {
				return err
			}
			e.Active = answer == "yes"
		}
		if e.PIN, err = a.newPIN(pinStdin, noPIN); err != nil {
			return err
		}
		return a.saveStaff(ctx, e)
	})
	return cmd
}

// phoneOrNone reads a phone; an empty text takes it away.
func (a *app) phoneOrNone(text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	return a.phone(text)
}

func (a *app) saveStaff(ctx context.Context, e engine.StaffEdit) error {
	if err := e.Check(); err != nil {
		return err
	}
	s, err := a.file.SaveStaff(ctx, a.actor, e)
	if err != nil {
		return err
	}
	return a.answer(a.staffDTO(s), func() { a.showStaff([]engine.Staff{s}) })
}
