package devsns

import (
	"encoding/xml"
	"net/http"

	"bounceback/engine"
)

const namespace = "http://sns.amazonaws.com/doc/2010-03-31/"

// refusal is an error as AWS answers it.
type refusal struct {
	status  int
	code    string
	message string
}

var malformed = refusal{http.StatusBadRequest, "MalformedQueryString", "The query string contains a syntax error."}

func invalid(message string) *refusal {
	return &refusal{http.StatusBadRequest, "InvalidParameter", "Invalid parameter: " + message}
}

type errorResponse struct {
	XMLName   xml.Name `xml:"ErrorResponse"`
	NS        string   `xml:"xmlns,attr"`
	Type      string   `xml:"Error>Type"`
	Code      string   `xml:"Error>Code"`
	Message   string   `xml:"Error>Message"`
	RequestID string   `xml:"RequestId"`
}

// fail answers with an error. Whose fault it is follows from the status.
func (s *Server) fail(w http.ResponseWriter, f refusal) {
	kind := "Sender"
	if f.status >= http.StatusInternalServerError {
		kind = "Receiver"
	}
	id := s.newID()
	s.write(w, f.status, id, errorResponse{NS: namespace, Type: kind, Code: f.code, Message: f.message, RequestID: id})
}

type response struct {
	XMLName   xml.Name
	NS        string `xml:"xmlns,attr"`
	Result    any
	RequestID string `xml:"ResponseMetadata>RequestId"`
}

type publishResult struct {
	XMLName   xml.Name `xml:"PublishResult"`
	MessageID string   `xml:"MessageId"`
}

type checkResult struct {
	XMLName    xml.Name `xml:"CheckIfPhoneNumberIsOptedOutResult"`
	IsOptedOut bool     `xml:"isOptedOut"`
}

type listResult struct {
	XMLName xml.Name `xml:"ListPhoneNumbersOptedOutResult"`
	Numbers []string `xml:"phoneNumbers>member"`
	Next    string   `xml:"nextToken,omitempty"`
}

type optInResult struct {
	XMLName xml.Name `xml:"OptInPhoneNumberResult"`
}

// answer writes an action's result.
func (s *Server) answer(w http.ResponseWriter, action string, result any) {
	id := s.newID()
	s.write(w, http.StatusOK, id, response{
		XMLName: xml.Name{Local: action + "Response"}, NS: namespace, Result: result, RequestID: id,
	})
}

func (s *Server) write(w http.ResponseWriter, status int, id string, document any) {
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("X-Amzn-Requestid", id)
	w.WriteHeader(status)
	_ = xml.NewEncoder(w).Encode(document) // the caller has gone
}

// newID makes an id of a message or a request: 36 characters, as AWS's are.
func (s *Server) newID() string {
	var random [10]byte
	s.random(random[:])
	return engine.NewID(s.cfg.Clock(), random).String()
}
