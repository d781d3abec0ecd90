package devsns

import (
	"encoding/binary"
	"net/http"
	"strings"
)

// Fault is a way in which a request goes wrong.
type Fault int

// The faults. With LostReply and Slow a text is accepted all the same.
const (
	None        Fault = iota
	Throttle          // 429 Throttled
	OptedOut          // 400 OptedOut
	Internal          // 500 InternalError, not accepted
	LostReply         // accepted; the connection ends without an answer
	LostRequest       // not accepted; the connection ends without an answer
	Slow              // accepted; the answer comes late
	Sandbox           // 400: the number is not verified in the sandbox
	Denied            // 403 AuthorizationError
	faults            // how many there are
)

var faultNames = map[Fault]string{
	Throttle: "throttle", OptedOut: "opted_out", Internal: "internal", LostReply: "lost_reply",
	LostRequest: "lost_request", Slow: "slow", Sandbox: "sandbox", Denied: "denied",
}

// String is the fault's name, "lost_reply"; None's is empty.
func (f Fault) String() string { return faultNames[f] }

var faultAnswers = map[Fault]refusal{
	Throttle: {http.StatusTooManyRequests, "Throttled", "Rate exceeded"},
	OptedOut: {http.StatusBadRequest, "OptedOut", "The phone number is opted out of receiving SMS messages from this account."},
	Internal: {http.StatusInternalServerError, "InternalError", "An internal error occurred."},
	Sandbox: {http.StatusBadRequest, "InvalidParameter", "Invalid parameter: PhoneNumber Reason: " +
		"the account is in the SMS sandbox and the destination is not verified"},
	Denied: {http.StatusForbidden, "AuthorizationError", "User is not authorized to perform: SNS:"},
}

// answerOf gives the answer of a fault that has one.
func answerOf(fault Fault, action string) (refusal, bool) {
	answer, has := faultAnswers[fault]
	if fault == Denied {
		answer.message += action
	}
	return answer, has
}

// Push makes the next Publish requests that pass validation meet these faults,
// one each, in this order; None lets one through. Faults that were pushed come
// before those by suffix, and these before those by chance.
func (s *Server) Push(faults ...Fault) { s.PushTo("Publish", faults...) }

// PushTo is Push for another action.
func (s *Server) PushTo(action string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queues[action] = append(s.queues[action], faults...)
}

// Deny takes the right to these actions away.
func (s *Server) Deny(actions ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range actions {
		s.denied[a] = true
	}
}

// pushed gives the fault that was pushed for the next request of an action.
func (s *Server) pushed(action string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	fault, _ := s.pop(action)
	return fault
}

func (s *Server) pop(action string) (Fault, bool) {
	if s.denied[action] {
		return Denied, true
	}
	queue := s.queues[action]
	if len(queue) == 0 {
		return None, false
	}
	s.queues[action] = queue[1:]
	return queue[0], true
}

// faultFor decides what a text to this number meets.
func (s *Server) faultFor(phone string) Fault {
	chance := s.chance()
	s.mu.Lock()
	defer s.mu.Unlock()
	if fault, was := s.pop("Publish"); was {
		return fault
	}
	for suffix, fault := range s.cfg.Suffixes {
		if !strings.HasSuffix(phone, suffix) {
			continue
		}
		// Throttled for ever, one number would hold up all the others.
		if fault == Throttle && s.met[phone] {
			return None
		}
		s.met[phone] = true
		return fault
	}
	if s.optedOut[phone] {
		return OptedOut
	}
	return chance
}

// chance draws the fault that a text meets by chance.
func (s *Server) chance() Fault {
	if len(s.cfg.Chance) == 0 {
		return None
	}
	var random [8]byte
	s.random(random[:])
	n := int(binary.BigEndian.Uint64(random[:]) % 1000) //nolint:gosec // below a thousand
	for fault := range faults {
		if n -= s.cfg.Chance[fault]; n < 0 {
			return fault
		}
	}
	return None
}

func (s *Server) random(b []byte) {
	s.dice.Lock()
	defer s.dice.Unlock()
	s.cfg.Random(b)
}

// meet answers a request in the way of a fault, and tells whether that was all.
func (s *Server) meet(w http.ResponseWriter, r *http.Request, action string, fault Fault) bool {
	answer, refused := answerOf(fault, action)
	switch {
	case refused:
		s.fail(w, answer)
		return true
	case fault == LostReply, fault == LostRequest:
		hangUp(w)
		return true
	case fault == Slow:
		s.cfg.Wait(r.Context().Done(), s.cfg.Slow)
	}
	return false
}

// hangUp ends the connection without an answer.
func hangUp(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}
