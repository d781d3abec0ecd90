package cli

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/form"
)

// isFile tells whether an argument of campaign add is a file instead of a
// title.
func isFile(arg string) bool { return arg == "-" || strings.HasSuffix(strings.ToLower(arg), ".json") }

// readCampaigns reads the campaigns of a file: one document after the other, as
// campaign export --all writes them.
func (a *app) readCampaigns(path string) ([]engine.Campaign, error) {
	in, err := a.input(path)
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // only read
	var out []engine.Campaign
	for docs := newDocuments(in); ; {
		doc, err := docs.next()
		if err != nil {
			return nil, err
		}
		if doc == nil && len(out) > 0 {
			return out, nil
		}
		c, err := form.ReadCampaign(doc, a.store.Settings.StandardTerms())
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
}

// addFile adds the campaigns of a file. All are read before the first is added.
func (a *app) addFile(ctx context.Context, path string, anyway bool, change func(*engine.Campaign) error) error {
	all, err := a.readCampaigns(path)
	if err != nil {
		return err
	}
	for i := range all {
		if err := change(&all[i]); err != nil {
			return err
		}
		if err := all[i].Check(); err != nil {
			return err
		}
		if err := a.checkWording(all[i], engine.Campaign{}, anyway); err != nil {
			return err
		}
	}
	for i, c := range all {
		if i > 0 && !a.JSON {
			a.say("")
		}
		if err := a.saveCampaign(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// takeFile puts what a file says in place of what a campaign says; its id and
// its history stay, and so does, as at every save, its state.
func (a *app) takeFile(path string, c *engine.Campaign) error {
	all, err := a.readCampaigns(path)
	if err != nil {
		return err
	}
	if len(all) > 1 {
		return engine.BadInput(CodeOneCampaign, "n", len(all))
	}
	was := *c
	*c = all[0]
	c.ID, c.Created, c.Updated, c.Issued, c.HoldbackSince = was.ID, was.Created, was.Updated, was.Issued, was.HoldbackSince
	return nil
}

// CodeOneCampaign says that a file holds several campaigns where one is meant;
// with n.
const CodeOneCampaign engine.Code = "one_campaign"

func (a *app) campaignExport() *cobra.Command {
	var out string
	var all bool
	cmd := &cobra.Command{
		Use: "export TITLE|ID|--all", Args: takes(0, 1),
		Example: "  bounceback campaign export 'Second coffee' --out second.json\n  bounceback campaign export --all | bounceback campaign add - --db other.db",
		PreRunE: func(cmd *cobra.Command, args []string) error {
			if all == (len(args) == 1) {
				return engine.BadInput(CodeUsageArgs, "usage", cmd.UseLine())
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "")
	cmd.Flags().BoolVar(&all, "all", false, a.words.T("cli.flag.all_campaigns"))
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		if len(args) == 0 {
			return a.toFile(out, func(w io.Writer) error { return a.writeCampaigns(ctx, w) })
		}
		c, err := a.campaign(ctx, args[0])
		if err != nil {
			return err
		}
		return a.toFile(out, func(w io.Writer) error { return writeCampaign(w, c) })
	})
	return cmd
}

func writeCampaign(w io.Writer, c engine.Campaign) error {
	raw, err := form.WriteCampaign(c)
	if err != nil {
		return err
	}
	_, err = w.Write(raw)
	return outputFault(err)
}

// writeCampaigns writes every campaign, the newest first.
func (a *app) writeCampaigns(ctx context.Context, w io.Writer) error {
	return a.eachCampaign(ctx, func(c engine.Campaign) error { return writeCampaign(w, c) })
}

// eachCampaign gives every campaign of the store, the newest first.
func (a *app) eachCampaign(ctx context.Context, do func(engine.Campaign) error) error {
	f := engine.Filter{Limit: engine.MostPage}
	for {
		page, err := a.file.Campaigns(ctx, a.actor, f)
		if err != nil {
			return err
		}
		for _, c := range page.Items {
			if err := do(c); err != nil {
				return err
			}
		}
		if f.After = page.Next; f.After == "" {
			return nil
		}
	}
}

func (a *app) campaignSchema() *cobra.Command {
	return &cobra.Command{
		Use: "schema", Args: takes(0, 0), Example: "  bounceback campaign schema > campaign.schema.json",
		RunE: func(*cobra.Command, []string) error {
			raw, err := form.Schema()
			if err != nil {
				return err
			}
			_, err = a.env.Stdout.Write(raw)
			return outputFault(err)
		},
	}
}
