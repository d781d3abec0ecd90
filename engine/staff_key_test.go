package engine

import "testing"

// TestKeyFingerprint is the worked example; the tests of serve ask ssh-keygen.
func TestKeyFingerprint(t *testing.T) {
	if got := KeyFingerprint(nil); got != "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU" {
		t.Error(got)
	}
}
