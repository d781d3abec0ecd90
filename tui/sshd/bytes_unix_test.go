//go:build unix

package sshd_test

import (
	"testing"
	"time"
)

// BenchmarkBytes counts what comes over a real connection for a typed key, for
// the selection moved by one, for a scan, and while nobody does anything.
//
//	go test ./tui/sshd -run xxx -bench Bytes -benchtime 20x
func BenchmarkBytes(b *testing.B) {
	h := newHouse(b)
	for range 3 {
		h.here("sale", "record", "--phone", "11987654321", "--name", "Maria", "--consent", "yes", "--amount", "200.00")
	}
	x := h.opens("bia", "till2")
	x.waitFor("Casa Azul")
	b.Run("typed-key", func(b *testing.B) {
		x.count(b, func(i int) string {
			if i%8 == 7 {
				return "\x1b" // what was typed is cleared
			}
			return "7"
		})
	})
	x.hands("\x1b", "\x1b")
	x.hands("11987654321", enter)
	x.waitFor("Maria")
	x.hands("300", enter)
	x.waitFor("300,00")
	b.Run("selection-moved", func(b *testing.B) {
		x.count(b, func(i int) string {
			if i%2 == 0 {
				return down
			}
			return "\x1b[A"
		})
	})
	b.Run("idle-second", func(b *testing.B) {
		x.forget()
		for range b.N {
			time.Sleep(time.Second)
		}
		b.ReportMetric(float64(len(x.String()))/float64(b.N), "bytes/s")
	})
}

// count types a key each time, waits until its frame has come, and reports the
// bytes of a key.
func (x *terminal) count(b *testing.B, key func(int) string) {
	time.Sleep(time.Second)
	total, most := 0, 0
	for i := range b.N {
		x.forget()
		if _, err := x.tty.WriteString(key(i)); err != nil {
			b.Fatal(err)
		}
		time.Sleep(150 * time.Millisecond)
		n := len(x.String())
		total, most = total+n, max(most, n)
	}
	b.ReportMetric(float64(total)/float64(b.N), "bytes/key")
	b.ReportMetric(float64(most), "most-bytes")
	b.ReportMetric(0, "ns/op")
}
