package tui_test

import (
	"testing"

	"bounceback/engine"
)

// TestAGoodEntryClearsTheErrorBefore: a scan is no key that puts an error away,
// but what is acted on does.
func TestAGoodEntryClearsTheErrorBefore(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("181")
	k.press("enter")
	code := engine.ShowCode(k.sales(a)[0].IssuedCode)
	k.scan("ZZZZ-ZZZZ")
	k.enter("1,2,3")
	k.shows("✗")
	k.scan(code)
	k.shows(code)
	k.hides("✗")
}
