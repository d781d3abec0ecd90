package sshd

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What one address and all together may do before anybody is known.
const (
	doorRate  = 5  // new connections of an address a second
	doorBurst = 30 // at once
	doorMost  = 4096
	patience  = 30 * time.Second // for a connection without a session
	spareDoor = 16               // connections beside those that hold a session
)

// door lets connections in: not too many of one address, not too many in all.
type door struct {
	most int

	mu    sync.Mutex
	open  int
	rates map[netip.Prefix]*rate.Limiter
}

func newDoor(most int) *door { return &door{most: most, rates: map[netip.Prefix]*rate.Limiter{}} }

// enter lets a connection in, or says why not.
func (d *door) enter(conn net.Conn, now time.Time) (*visit, string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.limiter(origin(conn.RemoteAddr()), now).AllowN(now, 1) {
		return nil, "too many new connections from this address"
	}
	if d.open >= d.most {
		return nil, "too many connections"
	}
	d.open++
	v := &visit{Conn: conn, door: d}
	v.timer = time.AfterFunc(patience, func() { _ = v.Close() })
	return v, ""
}

func (d *door) limiter(from netip.Prefix, now time.Time) *rate.Limiter {
	if l, ok := d.rates[from]; ok {
		return l
	}
	if len(d.rates) >= doorMost {
		d.forget(now)
	}
	l := rate.NewLimiter(doorRate, doorBurst)
	d.rates[from] = l
	return l
}

// forget drops the addresses that may connect as freely as new ones; if all of
// them were busy just now, it drops all.
func (d *door) forget(now time.Time) {
	for from, l := range d.rates {
		if l.TokensAt(now) >= doorBurst {
			delete(d.rates, from)
		}
	}
	if len(d.rates) >= doorMost {
		clear(d.rates)
	}
}

// origin is the address that is counted: of IPv6 the network, since one
// machine has all addresses of it.
func origin(a net.Addr) netip.Prefix {
	at, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return netip.Prefix{}
	}
	ip, bits := at.Addr().Unmap().WithZone(""), 64
	if ip.Is4() {
		bits = 32
	}
	p, err := ip.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

// visit is a connection that was let in. It is closed when it holds no session
// for a while, be it that nobody proved who they are.
type visit struct {
	net.Conn
	door *door

	mu       sync.Mutex
	sessions int
	timer    *time.Timer
	closed   bool
}

// Close closes the connection and gives its place up, once.
func (v *visit) Close() error {
	v.mu.Lock()
	first := !v.closed
	v.closed = true
	v.timer.Stop()
	v.mu.Unlock()
	if first {
		v.door.mu.Lock()
		v.door.open--
		v.door.mu.Unlock()
	}
	return v.Conn.Close()
}

// begin counts a session of the connection in; it may hold a few.
func (v *visit) begin() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed || v.sessions >= mostChannels {
		return false
	}
	v.sessions++
	v.timer.Stop()
	return true
}

func (v *visit) end() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.sessions--; v.sessions == 0 && !v.closed {
		v.timer.Reset(patience)
	}
}

// mostChannels is how many sessions one connection may hold at a time.
const mostChannels = 8
