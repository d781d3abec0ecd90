package devsns

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sort"
	"strings"
	"sync"
	"time"
	"unicode"

	"bounceback/engine/delivery"
)

// Catalogue is where the words that Run prints come from.
type Catalogue interface {
	T(key string, pairs ...any) string
	N(key string, n int, pairs ...any) string
}

// Credentials that a rehearsal is signed with. They open nothing.
const (
	RehearsalKey    = "AKIABOUNCEBACKDEV000"
	RehearsalSecret = "bounceback-rehearsal-secret"
)

// RehearsalFaults are the faults of a rehearsal, by how a number ends.
func RehearsalFaults() map[string]Fault {
	return map[string]Fault{
		"0001": Throttle, "0002": OptedOut, "0003": Internal,
		"0004": LostReply, "0005": Slow, "0006": Sandbox,
	}
}

// stopTime is how long Run lets answers finish that are under way.
const stopTime = 2 * time.Second

// Run serves a rehearsal on ln until ctx ends. It prints to out what a shop has
// to set to send its texts here, and then each text it gets. Of cfg it takes
// Clock, Random, Slow and Wait; Run closes ln.
func Run(ctx context.Context, ln net.Listener, out io.Writer, c Catalogue, cfg Config) error {
	cfg.AccessKey, cfg.Secret, cfg.Suffixes = RehearsalKey, RehearsalSecret, RehearsalFaults()
	p := &printer{out: out, words: c}
	cfg.Seen = p.seen
	p.intro(ln.Addr().String(), cfg.Suffixes)
	server := &http.Server{Handler: New(cfg).Handler(), ReadHeaderTimeout: 10 * time.Second}
	stopped := make(chan struct{})
	forget := context.AfterFunc(ctx, func() {
		defer close(stopped)
		stop, cancel := context.WithTimeout(context.Background(), stopTime)
		defer cancel()
		if server.Shutdown(stop) != nil {
			_ = server.Close() // an answer is slow; it has had its time
		}
	})
	if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		forget()
		return err
	}
	<-stopped
	return nil
}

// printer writes what Run shows, a line at a time.
type printer struct {
	mu    sync.Mutex
	out   io.Writer
	words Catalogue
}

func (p *printer) intro(addr string, faults map[string]Fault) {
	lines := []string{
		p.words.T("delivery.devsns.ready"), "",
		"  AWS_ENDPOINT_URL_SNS=http://" + addr,
		"  AWS_REGION=us-east-1",
		"  AWS_ACCESS_KEY_ID=" + RehearsalKey,
		"  AWS_SECRET_ACCESS_KEY=" + RehearsalSecret, "",
		p.words.T("delivery.devsns.faults"), "",
	}
	suffixes := make([]string, 0, len(faults))
	for suffix := range faults {
		suffixes = append(suffixes, suffix)
	}
	sort.Strings(suffixes)
	for _, suffix := range suffixes {
		lines = append(lines, "  "+suffix+"  "+p.fault(faults[suffix]))
	}
	p.print(strings.Join(lines, "\n") + "\n")
}

// fault says a fault in words.
//
// words: delivery.devsns.fault.*
func (p *printer) fault(f Fault) string { return p.words.T("delivery.devsns.fault." + f.String()) }

func (p *printer) seen(msg Message, f Fault) {
	if f != None {
		p.print(p.words.T("delivery.devsns.answer", "to", msg.To, "fault", p.fault(f)))
	}
	if _, refused := faultAnswers[f]; refused {
		return
	}
	n := delivery.Count(msg.Body).Parts
	p.print(p.words.T("delivery.devsns.text", "to", msg.To, "parts", p.words.N("delivery.devsns.parts", n), "body", oneLine(msg.Body)))
}

// oneLine keeps line breaks and control sequences from the terminal.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

func (p *printer) print(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, _ = fmt.Fprintln(p.out, line) // where nobody reads, nothing is to be told
}
