package cli_test

import (
	"testing"

	"bounceback/engine"
	"bounceback/tui/cli"
)

// TestTillsAreMadeByManagersAfterThePIN: neither who knows no PIN nor a cashier
// makes a till by naming one.
func TestTillsAreMadeByManagersAfterThePIN(t *testing.T) {
	s := empty(t)
	s.env[cli.EnvPIN] = "4711"
	s.run("init", "--title", "Casa Azul", "--country", "BR", "--owner", "Bia").done()
	s.env = map[string]string{cli.EnvLang: "en", cli.EnvPIN: "4711", cli.EnvStaff: "Bia", cli.EnvNewPIN: "2580"}
	s.run("staff", "add", "Ana", "--role", "cashier", "--json").done()
	sell := func(staff, pin, till string) answer {
		s.env[cli.EnvStaff], s.env[cli.EnvPIN] = staff, pin
		return s.run("sale", "record", "--anonymous", "--amount", "10", "--register", till, "--json")
	}
	sell("Bia", "1111", "Till 7").refused(cli.ExitRefused, engine.CodePINWrong)
	sell("Ana", "2580", "Till 7").refused(cli.ExitRefused, cli.CodeTillUnknown)
	sell("Bia", "4711", "Till 8").done().are("sale.register", "Till 8")
	sell("Ana", "2580", "Till 7").refused(cli.ExitRefused, cli.CodeTillUnknown)
	sell("Ana", "2580", "till 8").done().are("sale.register", "Till 8")
	sell("Bia", "4711", "Till 8\u200b").refused(cli.ExitUsage, engine.CodeRegisterName)
}

// TestWhatIsTypedReachesNoTerminal: what a program or an older file brought in
// commands nobody's terminal, nor does a refusal that repeats it.
func TestWhatIsTypedReachesNoTerminal(t *testing.T) {
	s := brazil(t)
	for _, args := range [][]string{
		{"sale", "record", "--anonymous", "--amount", "10", "--ref", "A\x1b[2J1"},
		{"customer", "show", "\x1b]0;x\a\u009b2J"},
		{"coupon", "show", "\x1b[2J\u202e"},
		{"\x1b[2J"},
	} {
		for _, more := range [][]string{nil, {"--json"}} {
			got := s.run(append(args, more...)...)
			if got.status == 0 || engine.ShownText(got.out+got.err) != got.out+got.err {
				t.Errorf("%q gave %d, %q and %q", args, got.status, got.out, got.err)
			}
		}
	}
}
