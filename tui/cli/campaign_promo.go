package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/tui/promo"
)

// promoDTO answers campaign promo --json. What is not there is null.
type promoDTO struct {
	CampaignID string   `json:"campaign_id"`
	Campaign   string   `json:"campaign"`
	State      string   `json:"state"`
	Source     *string  `json:"source"`
	Ad         *string  `json:"ad"`
	Code       *string  `json:"code"`
	Link       *string  `json:"link"`  // with the labels in its query
	Token      *string  `json:"token"` // what a cashier can type
	Target     string   `json:"qr"`    // what the QR code says
	Headline   string   `json:"headline"`
	Sentence   string   `json:"sentence"`
	Text       string   `json:"text"`
	Banner     string   `json:"html_snippet"`
	Warnings   []string `json:"warnings"`
	Files      []string `json:"files"` // written now
}

// promoFlags are the labels of the material, and where it goes.
type promoFlags struct {
	source, ad, code, snippet, qr, poster, out string
	text                                       bool
}

func (a *app) campaignPromo() *cobra.Command {
	var f promoFlags
	cmd := &cobra.Command{
		Use: "promo TITLE|ID", Args: takes(1, 1),
		Example: "  bounceback campaign promo 'Spring' --source instagram --ad spring\n" +
			"  bounceback campaign promo 'Spring' --source flyer --poster flyer.html --qr flyer.png\n  bounceback campaign promo 'Spring' --out spring-ads",
	}
	fl := cmd.Flags()
	fl.StringVar(&f.source, "source", "", a.words.T("cli.flag.promo_source"))
	fl.StringVar(&f.ad, "ad", "", a.words.T("cli.flag.promo_ad"))
	fl.StringVar(&f.code, "code", "", a.words.T("cli.flag.promo_code"))
	fl.BoolVar(&f.text, "text", false, a.words.T("cli.flag.promo_text"))
	fl.StringVar(&f.snippet, "html-snippet", "", "")
	fl.StringVar(&f.qr, "qr", "", "")
	fl.StringVar(&f.poster, "poster", "", "")
	fl.StringVar(&f.out, "out", "", a.words.T("cli.flag.promo_out"))
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		c, err := a.campaign(ctx, args[0])
		if err != nil {
			return err
		}
		labels := c.Labels()
		for name, l := range map[string]struct {
			to   *string
			text string
		}{"source": {&labels.Source, f.source}, "ad": {&labels.Ad, f.ad}, "code": {&labels.Code, engine.FoldOfferCode(f.code)}} {
			if fl.Changed(name) {
				*l.to = strings.TrimSpace(l.text)
			}
		}
		m, err := promo.Of(a.naming(ctx), a.store, c, labels)
		if err != nil {
			return err
		}
		return a.tellPromo(c, m, f)
	})
	return cmd
}

// tellPromo writes the files asked for and tells of them; without any it shows
// the text and the QR code.
func (a *app) tellPromo(c engine.Campaign, m promo.Material, f promoFlags) error {
	banner, err := m.Banner(a.words)
	if err != nil {
		return engine.Broken(CodeOutput, err)
	}
	files, err := a.writePromo(m, f, banner)
	if err != nil {
		return err
	}
	d := promoDTO{
		CampaignID: c.ID.String(), Campaign: c.Title, State: string(c.StateOn(a.today())), Source: text(m.Labels.Source), Ad: text(m.Labels.Ad),
		Code: text(m.Labels.Code), Link: text(m.Link), Token: text(m.Token), Target: m.Target, Headline: m.Headline, Sentence: m.Sentence,
		Text: m.Text(), Banner: string(banner), Warnings: a.promoWarnings(c, m), Files: files,
	}
	return a.answer(d, func() {
		if f.text || len(files) == 0 {
			a.say("%s", strings.TrimRight(m.Text(), "\n"))
		}
		if !f.text && len(files) == 0 {
			a.sayQR(m)
		}
		for _, path := range files {
			a.say("%s", a.words.T("promo.written", "path", path))
		}
		for _, warning := range d.Warnings {
			a.note("%s", warning)
		}
	})
}

func (a *app) sayQR(m promo.Material) {
	a.say("")
	for _, line := range m.Terminal() {
		a.say("%s", line)
	}
	a.say("%s", m.Target)
	if m.Link != "" && m.Token != "" {
		a.say("%s", a.words.T("promo.token", "token", m.Token))
	}
}

// promoFile is one file of the material.
type promoFile struct {
	path, name string // where it goes; its name in --out
	make       func() ([]byte, error)
}

// writePromo writes the files asked for; none if one of them is there already.
func (a *app) writePromo(m promo.Material, f promoFlags, banner []byte) ([]string, error) {
	all := []promoFile{
		{"", "offer.txt", func() ([]byte, error) { return []byte(m.Text()), nil }},
		{f.snippet, "banner.html", func() ([]byte, error) { return banner, nil }},
		{f.qr, "qr.png", m.PNG},
		{f.poster, "poster.html", func() ([]byte, error) { return m.Poster(a.words) }},
	}
	var wanted []promoFile
	for _, file := range all {
		if f.out != "" {
			wanted = append(wanted, promoFile{filepath.Join(f.out, file.name), file.name, file.make})
		}
		if file.path != "" {
			wanted = append(wanted, file)
		}
	}
	for _, file := range wanted {
		if _, err := os.Lstat(file.path); !errors.Is(err, fs.ErrNotExist) {
			return nil, engine.BadInput(CodeFileThere, "path", file.path)
		}
	}
	if f.out != "" {
		if err := os.MkdirAll(f.out, 0o700); err != nil {
			return nil, outputFault(err)
		}
	}
	paths := make([]string, 0, len(wanted))
	for _, file := range wanted {
		raw, err := file.make()
		if err != nil {
			return nil, err
		}
		if err := a.toFile(file.path, func(w io.Writer) error { _, err := w.Write(raw); return outputFault(err) }); err != nil {
			return nil, err
		}
		paths = append(paths, file.path)
	}
	return paths, nil
}

// promoWarnings say what is odd about ad material of a campaign now.
//
// words: promo.warn.draft promo.warn.paused promo.warn.ended promo.warn.scheduled
func (a *app) promoWarnings(c engine.Campaign, m promo.Material) []string {
	out := []string{}
	if s := c.StateOn(a.today()); s != engine.CampaignActive {
		out = append(out, a.words.T("promo.warn."+string(s), "title", c.Title, "day", a.format.Date(c.StartsOn)))
	}
	if m.Labels.Source == "" {
		out = append(out, a.words.T("promo.warn.no_source"))
	}
	if m.Labels.Code != engine.FoldOfferCode(c.Promo.Code) {
		out = append(out, a.words.T("promo.warn.code", "code", m.Labels.Code, "title", c.Title))
	}
	return out
}
