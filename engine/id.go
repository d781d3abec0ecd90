package engine

import (
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"sync"
)

// ID identifies a row: a UUID version 7 (RFC 9562), whose first 48 bits are
// UTC Unix milliseconds, so that ids sort by the time of what they name.
type ID [16]byte

// NewID lays out a UUIDv7 from an instant and ten random bytes.
func NewID(at Instant, random [10]byte) ID {
	var id ID
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at)) //nolint:gosec // instants before 1970 never name a row
	copy(id[:6], ms[2:])
	copy(id[6:], random[:])
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id
}

// FirstID is the lowest id of an instant: the bound for "from this time on".
func FirstID(at Instant) ID {
	var id ID
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at)) //nolint:gosec // see NewID
	copy(id[:6], ms[2:])
	return id
}

// ParseID reads the 36-character form.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id, BadInput(CodeBadID, "text", s)
	}
	plain := s[:8] + s[9:13] + s[14:18] + s[19:23] + s[24:]
	if _, err := hex.Decode(id[:], []byte(plain)); err != nil {
		return ID{}, BadInput(CodeBadID, "text", s)
	}
	return id, nil
}

// CodeBadID says that a text is not an id.
const CodeBadID Code = "bad_id"

// IsZero tells whether the id names nothing.
func (id ID) IsZero() bool { return id == ID{} }

// Instant is the time in the id.
func (id ID) Instant() Instant {
	var ms [8]byte
	copy(ms[2:], id[:6])
	return Instant(binary.BigEndian.Uint64(ms[:])) //nolint:gosec // 48 bits
}

// String is the usual 36-character form; the zero id is empty.
func (id ID) String() string {
	if id.IsZero() {
		return ""
	}
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// MarshalText writes the 36-character form.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the 36-character form; empty is the zero id.
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = ID{}
		return nil
	}
	got, err := ParseID(string(b))
	if err != nil {
		return err
	}
	*id = got
	return nil
}

// IDs makes ids in strictly rising order, as RFC 9562 section 6.2 (method 2)
// allows: within one millisecond the random part is counted up. Random fills
// its argument with random bytes and is handed in, since the engine has no
// randomness of its own. IDs may be used by several goroutines.
type IDs struct {
	Random func([]byte)

	mu   sync.Mutex
	last ID
}

// New makes the next id for an instant. An instant earlier than the last one
// keeps its own time (an import records the past); it is then only unique.
func (g *IDs) New(at Instant) ID {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.last.IsZero() && g.last.Instant() == at {
		g.last = increment(g.last)
		return g.last
	}
	var r [10]byte
	g.Random(r[:])
	r[0] &= 0xf7 // the top bit of those counted: the millisecond cannot run out
	id := NewID(at, r)
	if at >= g.last.Instant() {
		g.last = id
	}
	return id
}

// increment adds one to the low 62 bits and carries into the 12 bits above the
// variant, leaving version and variant bits alone. IDs begins a millisecond
// low enough that the 12 bits never carry further.
func increment(id ID) ID {
	low := binary.BigEndian.Uint64(id[8:])
	const mask = 1<<62 - 1
	if low&mask != mask {
		binary.BigEndian.PutUint64(id[8:], low+1)
		return id
	}
	binary.BigEndian.PutUint64(id[8:], 1<<63)
	binary.BigEndian.PutUint64(id[:8], binary.BigEndian.Uint64(id[:8])+1)
	return id
}

// Value gives the id to a database as its 16 bytes, the zero id as NULL.
func (id ID) Value() (driver.Value, error) {
	if id.IsZero() {
		return nil, nil //nolint:nilnil // NULL is the value
	}
	return id[:], nil
}

// Scan reads 16 bytes, or NULL as the zero id, from a database.
func (id *ID) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*id = ID{}
		return nil
	case []byte:
		if len(v) == len(id) {
			copy(id[:], v)
			return nil
		}
	}
	return fmt.Errorf("scan id: %T is not 16 bytes", src)
}
