package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceback/engine"
)

// Codes of command lines that cannot be understood.
const (
	CodeUsageCommand engine.Code = "usage_command"    // no such command; with text, command
	CodeUsageNear    engine.Code = "usage_near"       // no such command, but a near one; with text, command, near
	CodeUsagePart    engine.Code = "usage_part"       // the command needs one of its parts; with command, parts
	CodeUsageFlag    engine.Code = "usage_flag"       // no such flag; with flag, command
	CodeUsageValue   engine.Code = "usage_flag_value" // a flag without its value; with flag
	CodeUsageBad     engine.Code = "usage_flag_bad"   // a flag with a value it cannot have; with flag, value
	CodeUsageArgs    engine.Code = "usage_args"       // too few or too many arguments; with usage
	CodeUsageNeeds   engine.Code = "usage_needs"      // a flag is missing; with flag, command
	CodeUsageOneOf   engine.Code = "usage_one_of"     // exactly one of some flags; with flags
	CodeUsage        engine.Code = "usage"            // anything else; with text
)

// flagError words what pflag found wrong.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var valueless *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		flag := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			flag = "-" + unknown.GetSpecifiedName()
		}
		return engine.BadInput(CodeUsageFlag, "flag", flag, "command", cmd.CommandPath())
	case errors.As(err, &valueless):
		return engine.BadInput(CodeUsageValue, "flag", "--"+valueless.GetFlag().Name)
	case errors.As(err, &bad):
		return engine.BadInput(CodeUsageBad, "flag", "--"+bad.GetFlag().Name, "value", bad.GetValue())
	}
	return engine.BadInput(CodeUsage, "text", err.Error())
}

// group makes a command that only holds others.
func group(name string, parts ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: name, Args: cobra.ArbitraryArgs, RunE: missingPart}
	cmd.AddCommand(parts...)
	return cmd
}

func missingPart(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unknownCommand(cmd, args[0])
	}
	var parts []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			parts = append(parts, c.Name())
		}
	}
	return engine.BadInput(CodeUsagePart, "command", cmd.CommandPath(), "parts", parts)
}

func unknownCommand(cmd *cobra.Command, text string) error {
	if cmd.SuggestionsMinimumDistance == 0 {
		cmd.SuggestionsMinimumDistance = 2
	}
	if near := cmd.SuggestionsFor(text); len(near) > 0 {
		return engine.BadInput(CodeUsageNear, "text", text, "command", cmd.CommandPath(), "near", near[0])
	}
	return engine.BadInput(CodeUsageCommand, "text", text, "command", cmd.CommandPath())
}

// takes checks how many arguments a command gets.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return engine.BadInput(CodeUsageArgs, "usage", cmd.UseLine())
		}
		return nil
	}
}

// needs refuses a command line without these flags.
func needs(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		if !cmd.Flags().Changed(name) {
			return engine.BadInput(CodeUsageNeeds, "flag", "--"+name, "command", cmd.CommandPath())
		}
	}
	return nil
}

// oneOf refuses a command line that has none or several of these flags.
func oneOf(cmd *cobra.Command, names ...string) error {
	n := 0
	for _, name := range names {
		if cmd.Flags().Changed(name) {
			n++
		}
	}
	if n == 1 {
		return nil
	}
	return engine.BadInput(CodeUsageOneOf, "flags", "--"+strings.Join(names, ", --"))
}

// atMostOne refuses a command line that has several of these flags.
func atMostOne(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		if cmd.Flags().Changed(name) {
			return oneOf(cmd, names...)
		}
	}
	return nil
}
