// Package devsns is a stand-in for Amazon SNS, for tests and for owners who
// rehearse without AWS. It speaks the query protocol over HTTP as SNS does:
// checks the signature (signature.go), validates like SNS (publish.go,
// optout.go), answers in its XML (answer.go), and fails on demand (fault.go).
// It sends nothing; it remembers what it accepted.
package devsns

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"bounceback/engine"
)

// Message is one text that the server accepted. As with SNS, the one who sent
// it may never have learnt so.
type Message struct {
	ID         string
	To         string // E.164
	Body       string
	Attributes map[string]string // by name, "AWS.SNS.SMS.SenderID"
	At         engine.Instant
}

// Config sets a Server up. AccessKey, Secret, Clock and Random are required.
type Config struct {
	AccessKey string
	Secret    string
	Clock     func() engine.Instant
	Random    func([]byte) // fills its argument, for ids and chance; never called twice at a time

	Suffixes map[string]Fault // faults by how a phone number ends
	Chance   map[Fault]int    // of a thousand texts, how many meet a fault by chance
	Sandbox  bool             // what the account says of itself; it keeps no text back
	Limit    string           // of a month, in US dollars; default "1"
	Slow     time.Duration    // how long the fault Slow takes; default 3 s
	// Wait waits for Slow, or until the caller has gone. Default: a timer.
	Wait func(gone <-chan struct{}, d time.Duration)
	// Seen is told of each text and the fault it met, in the order they come;
	// it may be nil.
	Seen func(Message, Fault)
}

// Server stands in for SNS. It may be used by several goroutines.
type Server struct {
	cfg Config

	dice sync.Mutex // of Config.Random

	mu         sync.Mutex
	queues     map[string][]Fault // by action
	denied     map[string]bool    // actions
	requests   map[string]int     // by action
	accepted   []Message
	optedOut   map[string]bool
	met        map[string]bool // numbers that were throttled once
	attributes map[string]string
}

// New makes a server; Handler serves it.
func New(cfg Config) *Server {
	if cfg.Slow == 0 {
		cfg.Slow = 3 * time.Second
	}
	if cfg.Wait == nil {
		cfg.Wait = waitFor
	}
	if cfg.Limit == "" {
		cfg.Limit = "1"
	}
	return &Server{
		cfg: cfg, queues: map[string][]Fault{}, denied: map[string]bool{}, requests: map[string]int{},
		optedOut: map[string]bool{}, met: map[string]bool{},
		attributes: map[string]string{"DefaultSMSType": "Promotional", "MonthlySpendLimit": cfg.Limit},
	}
}

func waitFor(gone <-chan struct{}, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-gone:
	case <-timer.C:
	}
}

// Accepted lists the texts the server accepted, oldest first. The slice is the
// caller's own.
func (s *Server) Accepted() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message(nil), s.accepted...)
}

// Publishes counts the Publish requests that arrived, whatever became of them.
func (s *Server) Publishes() int { return s.Requests("Publish") }

// Requests counts the requests of an action that arrived, whatever became of
// them.
func (s *Server) Requests(action string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests[action]
}

// OptOut puts a number on the list of those who want no texts.
func (s *Server) OptOut(phone string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.optedOut[phone] = true
}

// maxBody is more than the longest text with everything escaped.
const maxBody = 256 << 10

// Handler serves the endpoint.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return // the caller went, or sends without end
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	form, err := formOf(r, body)
	if err != nil {
		s.fail(w, malformed)
		return
	}
	s.arrived(form.Get("Action"))
	if refusal := s.checkSignature(r, body); refusal != nil {
		s.fail(w, *refusal)
		return
	}
	s.act(w, r, form)
}

func (s *Server) arrived(action string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests[action]++
}

// formOf reads the parameters of the query protocol.
func formOf(r *http.Request, body []byte) (url.Values, error) {
	if r.Method != http.MethodPost {
		return r.URL.Query(), nil
	}
	return url.ParseQuery(string(body))
}

func (s *Server) act(w http.ResponseWriter, r *http.Request, form url.Values) {
	action := form.Get("Action")
	if action == "Publish" {
		s.servePublish(w, r, form)
		return
	}
	serve, known := map[string]func(http.ResponseWriter, url.Values){
		"CheckIfPhoneNumberIsOptedOut": s.serveCheck,
		"ListPhoneNumbersOptedOut":     s.serveList,
		"OptInPhoneNumber":             s.serveOptIn,
		"GetSMSAttributes":             s.serveAttributes,
		"SetSMSAttributes":             s.serveSetAttributes,
		"GetSMSSandboxAccountStatus":   s.serveSandbox,
	}[action]
	if !known {
		s.fail(w, refusal{http.StatusBadRequest, "InvalidAction", "The action " + action + " is not valid for this endpoint."})
		return
	}
	if !s.meet(w, r, action, s.pushed(action)) {
		serve(w, form)
	}
}
