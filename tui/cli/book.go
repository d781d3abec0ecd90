package cli

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

func (a *app) reportCommands() *cobra.Command {
	cmd := group("report", a.reportStore(), a.reportCampaigns(), a.reportLiability(), a.reportStaff(), a.reportRepurchase(), a.reportControl(), a.reportCohorts(), a.reportCustomers())
	cmd.Example = "  bounceback report store"
	return cmd
}

func (a *app) auditCommands() *cobra.Command {
	cmd := group("audit", a.auditList(), a.auditVerify())
	cmd.Example = "  bounceback audit verify"
	return cmd
}

func (a *app) auditList() *cobra.Command {
	var f filterFlags
	var action string
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback audit list --action sale.void --from 2026-11-01",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			filter.State = action
			page, err := a.file.Audit(ctx, a.actor, filter)
			if err != nil {
				return err
			}
			return a.answer(newList(page, a.auditDTO), func() { a.showAudit(page) })
		}),
	}
	f.bind(cmd, "from", "to", "cashier")
	f.bindPage(cmd)
	cmd.Flags().StringVar(&action, "action", "", "")
	return cmd
}

func (a *app) showAudit(p engine.Page[engine.AuditEntry]) {
	w, t := a.words, table{}
	t.column(w, "seq", right)
	t.column(w, "when", left)
	t.column(w, "staff", left)
	t.column(w, "register", left)
	t.column(w, "action", left)
	t.column(w, "detail", left)
	t.column(w, "note", left)
	for _, e := range p.Items {
		t.add(strconv.FormatInt(e.Seq, 10), a.format.DateTime(e.At), e.Staff, e.Register, e.Action, e.Detail, e.Reason)
	}
	a.print(t)
	a.more(p.Next)
}

func (a *app) auditVerify() *cobra.Command {
	return &cobra.Command{
		Use: "verify", Args: takes(0, 0), Example: "  bounceback audit verify",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			r, err := a.file.VerifyAudit(ctx, a.actor)
			if err != nil {
				return err
			}
			d := auditReportDTO{OK: r.Broken == 0, Entries: r.Entries, Why: text(r.Why)}
			if r.Broken != 0 {
				d.Broken = &r.Broken
			}
			if err := a.answer(d, func() {
				if r.Broken == 0 {
					a.say("%s", a.words.N("cli.audit_fine", int(r.Entries), "entries", a.format.Count(int(r.Entries))))
				}
			}); err != nil || r.Broken == 0 {
				return err
			}
			return engine.Broken(engine.CodeAuditBroken, nil, "seq", r.Broken)
		}),
	}
}

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check", Args: takes(0, 0), Example: "  bounceback check --db shop.db",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			found, err := a.file.Check(ctx, a.actor)
			if err != nil {
				return err
			}
			d := checkFileDTO{OK: len(found) == 0, Findings: make([]findingDTO, 0, len(found))}
			for _, f := range found {
				d.Findings = append(d.Findings, findingDTO(f))
			}
			if err := a.answer(d, func() { a.showFindings(found) }); err != nil || len(found) == 0 {
				return err
			}
			return engine.Broken(engine.CodeCheckFailed, nil, "n", len(found), "what", whats(found))
		}),
	}
}

func (a *app) showFindings(found []engine.Finding) {
	if len(found) == 0 {
		a.say("%s", a.words.T("cli.check_fine"))
	}
	for _, f := range found {
		a.say("%s  %s", f.What, f.Detail)
	}
}

// whats lists the kinds of findings, each once.
func whats(found []engine.Finding) []string {
	var out []string
	for _, f := range found {
		if !strings.Contains(" "+strings.Join(out, " ")+" ", " "+f.What+" ") {
			out = append(out, f.What)
		}
	}
	return out
}

// backupDTO answers backup.
type backupDTO struct {
	Path  string `json:"path"`
	Bytes int64  `json:"bytes"`
	Key   string `json:"key_file"` // which the backup does not hold
}

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Args: takes(1, 1), Example: "  bounceback backup /mnt/stick/bounceback-2026-11-20.db",
		RunE: a.work(func(ctx context.Context, args []string) error {
			path, err := filepath.Abs(args[0])
			if err != nil {
				return engine.Broken(CodeOutput, err)
			}
			if err := a.file.Backup(ctx, a.actor, path); err != nil {
				return err
			}
			info, err := os.Stat(path)
			if err != nil {
				return engine.Broken(CodeOutput, err)
			}
			d := backupDTO{Path: path, Bytes: info.Size(), Key: a.keyFile()}
			return a.answer(d, func() { a.say("%s", a.words.T("cli.backed_up", "path", d.Path, "key", d.Key)) })
		}),
	}
}

// keyFile is where the key of the database is.
func (a *app) keyFile() string {
	if a.Key != "" {
		return a.Key
	}
	return a.DB + ".key"
}
