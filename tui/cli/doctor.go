package cli

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// checkupDTO is one thing the doctor looked at.
type checkupDTO struct {
	Name    string  `json:"name"`
	OK      bool    `json:"ok"`
	Warning bool    `json:"warning"` // nothing is broken, but somebody should look
	Code    *string `json:"code"`    // what is wrong, for programs
	Detail  string  `json:"detail"`
}

// doctorDTO answers doctor.
type doctorDTO struct {
	OK    bool         `json:"ok"`
	Items []checkupDTO `json:"items"`
	Texts *deskDTO     `json:"texts"` // null where the shop could not be looked into
}

// doctor looks at one thing after the other; what one finds broken may keep
// later ones from being looked at.
type doctor struct {
	*app
	items []checkupDTO
	bad   int

	sns   bool                // texts go through SNS
	asked engine.SenderHealth // what it just said of the account; without At it did not
	desk  *deskDTO
}

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Args: takes(0, 0), Example: "  bounceback doctor --db shop.db",
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := &doctor{app: a}
			d.look(cmd.Context())
			if err := a.answer(doctorDTO{OK: d.bad == 0, Items: d.items, Texts: d.desk}, d.show); err != nil || d.bad == 0 {
				return err
			}
			return engine.Broken(CodeDoctor, nil, "n", d.bad)
		},
	}
}

func (d *doctor) look(ctx context.Context) {
	if err := d.place(); err != nil {
		d.found("file", err, "")
		return
	}
	// A file that is not there would be made by opening it.
	if _, err := os.Stat(d.DB); err != nil {
		d.found("file", engine.Refuse(engine.CodeNoStore), d.DB)
		return
	}
	if err := d.open(ctx); err != nil {
		d.found("file", err, d.DB)
		return
	}
	d.found("file", nil, d.fileDetail())
	d.found("key", nil, d.keyFile())
	if err := d.enter(ctx); err != nil {
		d.found("shop", err, "")
		return
	}
	d.found("shop", nil, d.store.Title)
	d.found("clock", nil, d.format.DateTime(d.env.Clock())+" "+d.store.Timezone)
	d.printer(ctx)
	d.sender(ctx)
	d.texts(ctx)
}

// found notes what was looked at, and what is wrong with it.
//
// words: cli.doctor.*
func (d *doctor) found(name string, err error, detail string) {
	item := checkupDTO{Name: name, OK: err == nil, Detail: detail}
	if err != nil {
		d.bad++
		item.Code = text(string(engine.CodeOf(err)))
		item.Detail = strings.TrimSpace(detail + " " + d.format.Err(err))
	}
	d.items = append(d.items, item)
}

// warned notes what works and should be looked at all the same.
func (d *doctor) warned(name, detail string) {
	d.items = append(d.items, checkupDTO{Name: name, OK: true, Warning: true, Detail: detail})
}

func (d *doctor) fileDetail() string {
	info, err := os.Stat(d.DB)
	if err != nil {
		return d.DB
	}
	return fmt.Sprintf("%s  %s KiB", d.DB, d.format.Count(int(info.Size()/1024)))
}

// printer tries to reach the printer without printing.
func (d *doctor) printer(ctx context.Context) {
	target := d.store.Settings.Text(engine.SetPrinter)
	address, network := strings.CutPrefix(target, "tcp://")
	switch {
	case target == "":
		d.found("printer", nil, d.words.T("cli.doctor.none"))
	case network:
		conn, err := (&net.Dialer{Timeout: 3 * time.Second}).DialContext(ctx, "tcp", address)
		if err != nil {
			d.found("printer", engine.Broken(CodeDoctorPrinter, err, "target", target), "")
			return
		}
		_ = conn.Close() // nothing was sent
		d.found("printer", nil, target)
	default:
		d.found("printer", nil, target)
	}
}

// CodeDoctorPrinter says that the network printer cannot be reached; with
// target, cause.
const CodeDoctorPrinter engine.Code = "doctor_printer"

func (d *doctor) show() {
	for _, item := range d.items {
		mark := d.words.T("cli.doctor.ok")
		switch {
		case !item.OK:
			mark = d.words.T("cli.doctor.bad")
		case item.Warning:
			mark = d.words.T("cli.doctor.warn")
		}
		d.say("%s  %s  %s", mark, d.words.T("cli.doctor."+item.Name), item.Detail)
	}
}
