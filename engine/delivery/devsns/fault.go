package devsns

import (
	"net/http"
	"strings"
)

// Fault is a way in which a Publish goes wrong.
type Fault int

// The faults. With LostReply and Slow the text is accepted all the same.
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
	Denied: {http.StatusForbidden, "AuthorizationError", "User is not authorized to perform: SNS:Publish"},
}

// Push makes the next Publish requests that pass validation meet these faults,
// one each, in this order; None lets one through. Faults that were pushed come
// before those by suffix.
func (s *Server) Push(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, faults...)
}

// faultFor decides what a text to this number meets.
func (s *Server) faultFor(phone string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) > 0 {
		next := s.queue[0]
		s.queue = s.queue[1:]
		return next
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
	return None
}
