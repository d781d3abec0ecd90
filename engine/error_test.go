package engine

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestErrors(t *testing.T) {
	refused := Refuse(CodeCouponExpired, "day", Day(0), "code", "K7PM-4T9Q")
	wrapped := fmt.Errorf("while selling: %w", refused)
	if got := refused.Error(); got != "coupon_expired code=K7PM-4T9Q day=1970-01-01" {
		t.Errorf("in a log it is %q", got)
	}
	if CodeOf(wrapped) != CodeCouponExpired || ClassOf(wrapped) != Rule || !errors.Is(wrapped, &Error{Code: CodeCouponExpired}) {
		t.Errorf("wrapped it is %s, %d", CodeOf(wrapped), ClassOf(wrapped))
	}
	if errors.Is(wrapped, &Error{Code: CodeCouponUnknown}) || errors.Is(refused, io.EOF) {
		t.Error("it is another error too")
	}
	broken := Broken("disk_full", io.ErrShortWrite, "path", "/x")
	if !errors.Is(broken, io.ErrShortWrite) || ClassOf(broken) != Fault || broken.Error() != "disk_full path=/x: short write" {
		t.Errorf("%v", broken)
	}
	if ClassOf(BadInput("x")) != Input || ClassOf(io.EOF) != Fault || CodeOf(io.EOF) != CodeUnexpected || CodeOf(nil) != "" {
		t.Error("a class or code is wrong")
	}
	if e := BadInput("x", "name"); len(e.Args) != 0 {
		t.Errorf("a name without a value is kept: %v", e.Args)
	}
}

// The classes are the exit statuses of the commands.
func TestClassesAreExitStatuses(t *testing.T) {
	if Rule != 1 || Input != 2 || Fault != 3 {
		t.Error(Rule, Input, Fault)
	}
}
