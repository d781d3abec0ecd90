package cli

import (
	"github.com/spf13/cobra"

	"bounceback/engine"
)

func (a *app) keysCommand() *cobra.Command {
	return &cobra.Command{
		Use: "keys", Args: takes(0, 0), Example: "  bounceback keys --lang pt-BR", Hidden: a.env.Keys == nil,
		RunE: func(*cobra.Command, []string) error {
			table := ""
			if a.env.Keys != nil {
				table = a.env.Keys(a.words)
			}
			return a.answer(keysDTO{table}, func() { a.say("%s", table) })
		},
	}
}

// keysDTO answers keys.
type keysDTO struct {
	Markdown string `json:"markdown"`
}

func (a *app) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use: "completion bash|zsh|fish|powershell", Args: takes(1, 1), ValidArgs: shells,
		Example: "  bounceback completion bash > /etc/bash_completion.d/bounceback",
		RunE: func(cmd *cobra.Command, args []string) error {
			shell, err := choice("completion", args[0], shells...)
			if err != nil {
				return err
			}
			root, out := cmd.Root(), a.env.Stdout
			switch shell {
			case "bash":
				err = root.GenBashCompletionV2(out, true)
			case "zsh":
				err = root.GenZshCompletion(out)
			case "fish":
				err = root.GenFishCompletion(out, true)
			default:
				err = root.GenPowerShellCompletionWithDesc(out)
			}
			return outputFault(err)
		},
	}
}

// CodeDoctor says how many things the doctor found wrong; with n.
const CodeDoctor engine.Code = "doctor_found"
