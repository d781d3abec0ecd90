package cli

import (
	"bytes"
	"context"
	"testing"

	"bounceback/engine"
)

// TestReferencesOverSSHAreTyped: a person's key types them; a program on this
// machine passes them on.
func TestReferencesOverSSHAreTyped(t *testing.T) {
	var out bytes.Buffer
	for _, c := range []struct {
		who  *engine.Actor
		ref  string
		want bool
	}{{nil, "A1", false}, {&engine.Actor{}, "A1", true}, {&engine.Actor{}, "", false}} {
		a := testApp("en", &out)
		a.env.Actor = c.who
		d, _ := a.draft(context.Background(), saleFlags{ref: c.ref})
		if d.RefTyped != c.want || d.Reference != c.ref {
			t.Errorf("by %v %q is typed: %v", c.who, c.ref, d.RefTyped)
		}
	}
}
