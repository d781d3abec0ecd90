package sshd

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What one address and all together may do before anybody is known.
const (
	doorRate  = 5  // new connections of an address a second
	doorBurst = 30 // at once
	doorMost  = 4096

	strangersOfOne = 8  // connections of an address that hold no session
	strangersMost  = 64 // of all addresses

	// loginWithin is the time to prove a key, and to compare the server's own at
	// the first time; where places are short, only hurry of it.
	loginWithin = time.Minute
	hurry       = 10 * time.Second
	patience    = 30 * time.Second // for a connection whose sessions have ended
)

// door lets connections in: not too many of one address, not too many in all.
// Those that hold a session, which takes a key that is known, have places of
// their own that nobody else can fill.
type door struct {
	most int // connections that hold a session

	mu        sync.Mutex
	open      int      // those that hold one
	strangers []*visit // the others, longest there first
	rates     map[netip.Prefix]*rate.Limiter
}

func newDoor(most int) *door { return &door{most: most, rates: map[netip.Prefix]*rate.Limiter{}} }

// enter lets a connection in, or says why not.
func (d *door) enter(conn net.Conn, now time.Time) (*visit, string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	from := origin(conn.RemoteAddr())
	if !d.limiter(from, now).AllowN(now, 1) {
		return nil, "too many new connections from this address"
	}
	same := 0
	for _, v := range d.strangers {
		if v.from == from {
			same++
		}
	}
	if same >= strangersOfOne && !d.makeWay(now, func(v *visit) bool { return v.from == from }) {
		return nil, "too many connections from this address that prove no key"
	}
	if len(d.strangers) >= strangersMost && !d.makeWay(now, func(*visit) bool { return true }) {
		return nil, "too many connections that prove no key"
	}
	v := &visit{Conn: conn, door: d, from: from, since: now}
	d.strangers = append(d.strangers, v)
	v.timer = time.AfterFunc(loginWithin, func() { _ = v.Close() })
	return v, ""
}

// makeWay closes the connection without a session that has been there longest
// of those meant, if it had its time. The door is locked.
func (d *door) makeWay(now time.Time, meant func(*visit) bool) bool {
	i := slices.IndexFunc(d.strangers, meant)
	if i < 0 || now.Sub(d.strangers[i].since) < hurry {
		return false
	}
	v := d.strangers[i]
	d.strangers = slices.Delete(d.strangers, i, i+1)
	v.closed = true
	v.timer.Stop()
	go v.Conn.Close() //nolint:errcheck // it may have gone already
	return true
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
// for a while, be it that nobody proved who they are. The door's lock guards
// it.
type visit struct {
	net.Conn
	door *door
	from netip.Prefix

	sessions int
	since    time.Time // without a session
	timer    *time.Timer
	closed   bool
}

// Close closes the connection and gives its place up, once.
func (v *visit) Close() error {
	v.door.mu.Lock()
	if !v.closed {
		v.closed = true
		v.timer.Stop()
		v.giveUp()
	}
	v.door.mu.Unlock()
	return v.Conn.Close()
}

// giveUp takes the connection from where it is counted. The door is locked.
func (v *visit) giveUp() {
	if v.sessions > 0 {
		v.door.open--
		return
	}
	if i := slices.Index(v.door.strangers, v); i >= 0 {
		v.door.strangers = slices.Delete(v.door.strangers, i, i+1)
	}
}

// begin counts a session of the connection in; it may hold a few.
func (v *visit) begin() bool {
	d := v.door
	d.mu.Lock()
	defer d.mu.Unlock()
	if v.closed || v.sessions >= mostChannels || v.sessions == 0 && d.open >= d.most {
		return false
	}
	if v.sessions == 0 {
		v.giveUp()
		d.open++
	}
	v.sessions++
	v.timer.Stop()
	return true
}

// end counts a session out. A connection without one is a stranger's again.
func (v *visit) end(now time.Time) {
	d := v.door
	d.mu.Lock()
	defer d.mu.Unlock()
	if v.closed {
		return // counted out with all its sessions
	}
	if v.sessions--; v.sessions == 0 {
		d.open--
		v.since = now
		d.strangers = append(d.strangers, v)
		v.timer.Reset(patience)
	}
}

// mostChannels is how many sessions one connection may hold at a time.
const mostChannels = 8
