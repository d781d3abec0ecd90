package engine

import (
	"bytes"
	"crypto/rand"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// fill gives a source of random bytes that are all the same.
func fill(b byte) func([]byte) {
	return func(p []byte) {
		for i := range p {
			p[i] = b
		}
	}
}

func below(a, b ID) bool { return bytes.Compare(a[:], b[:]) < 0 }

// wellFormed fails unless the id is a version 7 UUID of an instant.
func wellFormed(t testing.TB, id ID, at Instant) {
	t.Helper()
	if id[6]>>4 != 7 || id[8]>>6 != 2 || id.Instant() != at || id.IsZero() {
		t.Fatalf("%s is no version 7 id of %d but of %d", id, at, id.Instant())
	}
}

func TestNewID(t *testing.T) {
	// The example of RFC 9562, appendix A.6.
	id := NewID(0x017F22E279B0, [10]byte{0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F})
	if got := id.String(); got != "017f22e2-79b0-7cc3-98c4-dc0c0c07398f" {
		t.Errorf("the id is %s", got)
	}
	wellFormed(t, NewID(0, [10]byte{}), 0)
	wellFormed(t, NewID(1<<48-1, [10]byte(bytes.Repeat([]byte{255}, 10))), 1<<48-1)
}

func TestFirstIDIsTheLowest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := Instant(rapid.Int64Range(1, 1<<48-1).Draw(t, "at"))
		random := [10]byte(rapid.SliceOfN(rapid.Byte(), 10, 10).Draw(t, "random"))
		id := NewID(at, random)
		if below(id, FirstID(at)) || !below(NewID(at-1, random), FirstID(at)) || FirstID(at).Instant() != at {
			t.Fatalf("%x is not the first of %d", FirstID(at), at)
		}
	})
}

func TestIDsRiseWithinAMillisecond(t *testing.T) {
	for name, random := range map[string]func([]byte){
		"zeros": fill(0), "ones": fill(255), "random": func(p []byte) { _, _ = rand.Read(p) },
	} {
		g := &IDs{Random: random}
		var last ID
		for _, at := range []Instant{0, 0, 0, 5, 5, 5, 6, 7, 7, 1 << 40, 1 << 40} {
			id := g.New(at)
			wellFormed(t, id, at)
			if !below(last, id) {
				t.Fatalf("%s: %s does not come after %s", name, id, last)
			}
			last = id
		}
	}
}

// However high the random part of a millisecond begins, there is room to count.
func TestIDsHaveRoomToCount(t *testing.T) {
	g := &IDs{Random: fill(255)}
	if id := g.New(9); id[6]&0x08 != 0 {
		t.Errorf("%s begins too high in its millisecond", id)
	}
}

func TestIDsOfThePastAreUnique(t *testing.T) {
	n := byte(0)
	g := &IDs{Random: func(p []byte) { n++; fill(n)(p) }}
	now := g.New(100)
	seen := map[ID]bool{now: true}
	for range 50 {
		id := g.New(7)
		wellFormed(t, id, 7)
		if seen[id] {
			t.Fatalf("%s came twice", id)
		}
		seen[id] = true
	}
	if next := g.New(100); !below(now, next) {
		t.Errorf("%s does not come after %s", next, now)
	}
}

func TestIDsAcrossGoroutines(t *testing.T) {
	g := &IDs{Random: func(p []byte) { _, _ = rand.Read(p) }}
	const workers, each = 8, 500
	made := make([][]ID, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for range each {
				made[w] = append(made[w], g.New(42))
			}
		})
	}
	wg.Wait()
	seen := map[ID]bool{}
	for _, ids := range made {
		for i, id := range ids {
			wellFormed(t, id, 42)
			if seen[id] || i > 0 && !below(ids[i-1], id) {
				t.Fatalf("%s is not new, or does not rise", id)
			}
			seen[id] = true
		}
	}
}

func TestIncrementCarries(t *testing.T) {
	parse := func(s string) ID {
		id, err := ParseID(s)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	for _, c := range []struct{ from, to string }{
		{"00000000-0005-7000-8000-000000000000", "00000000-0005-7000-8000-000000000001"},
		{"00000000-0005-7000-8000-0000000000ff", "00000000-0005-7000-8000-000000000100"},
		{"00000000-0005-7abc-bfff-fffffffffffe", "00000000-0005-7abc-bfff-ffffffffffff"},
		{"00000000-0005-7abc-bfff-ffffffffffff", "00000000-0005-7abd-8000-000000000000"},
		{"00000000-0005-70ff-bfff-ffffffffffff", "00000000-0005-7100-8000-000000000000"},
		{"00000000-0005-7ffe-bfff-ffffffffffff", "00000000-0005-7fff-8000-000000000000"},
	} {
		if got := increment(parse(c.from)); got != parse(c.to) {
			t.Errorf("after %s comes %s, want %s", c.from, got, c.to)
		}
	}
}

func TestIDText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := ID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		text, err := id.MarshalText()
		var back ID
		if err != nil || back.UnmarshalText(text) != nil || back != id {
			t.Fatalf("%x is written %s and read %x", id, text, back)
		}
		if !id.IsZero() && len(text) != 36 {
			t.Fatalf("%x is written %s", id, text)
		}
	})
	for _, s := range []string{
		"", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff", "017f22e279b07cc398c4dc0c0c07398f",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2x79b0-7cc3-98c4-dc0c0c07398f", "017f22e2-79b0x7cc3-98c4-dc0c0c07398f",
		"017f22e2-79b0-7cc3x98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4xdc0c0c07398f",
	} {
		if id, err := ParseID(s); CodeOf(err) != CodeBadID || ClassOf(err) != Input || !id.IsZero() {
			t.Errorf("%q is %s, %v", s, id, err)
		}
	}
	id := ID{1}
	if err := id.UnmarshalText([]byte("nonsense")); CodeOf(err) != CodeBadID || id != (ID{1}) {
		t.Errorf("a text that is no id leaves %s, %v", id, err)
	}
	if err := id.UnmarshalText(nil); err != nil || !id.IsZero() || id.String() != "" {
		t.Errorf("an empty text is %s, %v", id, err)
	}
}

func TestIDInADatabase(t *testing.T) {
	id := NewID(77, [10]byte{1, 2, 3})
	v, err := id.Value()
	stored, ok := v.([]byte)
	if err != nil || !ok || !bytes.Equal(stored, id[:]) {
		t.Fatalf("stored as %v, %v", v, err)
	}
	var back ID
	if err := back.Scan(stored); err != nil || back != id {
		t.Errorf("read back as %s, %v", back, err)
	}
	stored[15]++
	if again, _ := id.Value(); bytes.Equal(stored, again.([]byte)) || back != id {
		t.Error("the stored bytes are shared with the id")
	}
	if v, err := (ID{}).Value(); v != nil || err != nil {
		t.Errorf("the zero id is stored as %v, %v", v, err)
	}
	if err := back.Scan(nil); err != nil || !back.IsZero() {
		t.Errorf("NULL is %s, %v", back, err)
	}
	for _, src := range []any{"017f22e2-79b0-7cc3-98c4-dc0c0c07398f", []byte{1, 2}, make([]byte, 17), int64(3), []byte{}} {
		back = ID{9}
		if err := back.Scan(src); err == nil || back != (ID{9}) {
			t.Errorf("%v is read as %s, %v", src, back, err)
		}
	}
}
