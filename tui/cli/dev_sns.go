package cli

import (
	"net"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/delivery/devsns"
)

// Codes of dev-sns.
const (
	CodeListen   engine.Code = "listen"    // an address cannot be listened on; with address, cause
	CodeBadFault engine.Code = "bad_fault" // not faults with their share in percent; with text, faults
)

func (a *app) devSNSCommand() *cobra.Command {
	var address, faults, limit string
	var sandbox bool
	cmd := &cobra.Command{
		Use: "dev-sns", Args: takes(0, 0),
		Example: "  bounceback dev-sns --listen 127.0.0.1:9911\n  bounceback dev-sns --faults lost_reply=10,throttle=10",
		RunE: func(cmd *cobra.Command, _ []string) error {
			chance, err := faultChance(faults)
			if err != nil {
				return err
			}
			if !delivery.ValidMaxPrice(limit) {
				return engine.BadInput(CodeUsageBad, "flag", "--month-limit", "value", limit)
			}
			ln, err := net.Listen("tcp", address)
			if err != nil {
				return engine.Broken(CodeListen, err, "address", address)
			}
			return devsns.Run(cmd.Context(), ln, a.env.Stdout, a.words, devsns.Config{
				Clock: a.env.Clock, Random: a.env.Random, Chance: chance, Sandbox: sandbox, Limit: limit,
			})
		},
	}
	cmd.Flags().StringVar(&address, "listen", "127.0.0.1:9911", "")
	cmd.Flags().StringVar(&faults, "faults", "", "")
	cmd.Flags().BoolVar(&sandbox, "sandbox", false, "")
	cmd.Flags().StringVar(&limit, "month-limit", "1", "")
	return cmd
}

// faultChance reads faults with their share of all texts in percent:
// "lost_reply=10,throttle=2.5".
func faultChance(typed string) (map[devsns.Fault]int, error) {
	out, all := map[devsns.Fault]int{}, 0
	for _, part := range strings.FieldsFunc(typed, func(r rune) bool { return r == ',' }) {
		name, share, _ := strings.Cut(part, "=")
		fault, known := faultNamed(strings.TrimSpace(name))
		bp, err := rate(share)
		if !known || err != nil {
			return nil, engine.BadInput(CodeBadFault, "text", part, "faults", faultNames())
		}
		out[fault] = int(bp / 10)
		all += out[fault]
	}
	if all > 1000 {
		return nil, engine.BadInput(CodeBadFault, "text", typed, "faults", faultNames())
	}
	return out, nil
}

func faultNamed(name string) (devsns.Fault, bool) {
	for f := devsns.None + 1; f.String() != ""; f++ {
		if f.String() == name {
			return f, true
		}
	}
	return devsns.None, false
}

func faultNames() []string {
	var names []string
	for f := devsns.None + 1; f.String() != ""; f++ {
		names = append(names, f.String())
	}
	return names
}
