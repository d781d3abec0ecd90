package devsns

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxRunes is the longest text SNS takes for a phone number.
const maxRunes = 1600

var (
	e164      = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	senderID  = regexp.MustCompile(`^[A-Za-z0-9]{1,11}$`)
	anyLetter = regexp.MustCompile(`[A-Za-z]`)
	price     = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
	number    = regexp.MustCompile(`^\+?[0-9]{5,16}$`)
)

func (s *Server) servePublish(w http.ResponseWriter, r *http.Request, form url.Values) {
	msg, bad := readMessage(form)
	if bad != nil {
		s.fail(w, *bad)
		return
	}
	msg.ID, msg.At = s.newID(), s.cfg.Clock()
	fault := s.faultFor(msg.To)
	if _, refused := faultAnswers[fault]; !refused && fault != LostRequest {
		s.accept(msg)
	}
	if s.cfg.Seen != nil {
		s.cfg.Seen(msg, fault)
	}
	if !s.meet(w, r, "Publish", fault) {
		s.answer(w, "Publish", publishResult{MessageID: msg.ID})
	}
}

func (s *Server) accept(msg Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accepted = append(s.accepted, msg)
}

// readMessage validates a Publish to a phone number.
func readMessage(form url.Values) (Message, *refusal) {
	msg := Message{To: form.Get("PhoneNumber"), Body: form.Get("Message"), Attributes: map[string]string{}}
	switch {
	case form.Get("TopicArn") != "", form.Get("TargetArn") != "":
		return msg, invalid("TopicArn or TargetArn Reason: this endpoint publishes to phone numbers only")
	case !e164.MatchString(msg.To):
		return msg, invalid("PhoneNumber Reason: " + msg.To + " is not valid to publish to")
	case msg.Body == "":
		return msg, invalid("Empty message")
	case !utf8.ValidString(msg.Body):
		return msg, invalid("Message Reason: not valid UTF-8")
	case utf8.RuneCountInString(msg.Body) > maxRunes:
		return msg, invalid("Message too long")
	}
	return msg, readAttributes(form, msg.Attributes)
}

// readAttributes reads MessageAttributes.entry.1.Name and so on.
func readAttributes(form url.Values, into map[string]string) *refusal {
	for i := 1; ; i++ {
		prefix := "MessageAttributes.entry." + strconv.Itoa(i) + "."
		name := form.Get(prefix + "Name")
		if name == "" {
			break
		}
		kind, value := form.Get(prefix+"Value.DataType"), form.Get(prefix+"Value.StringValue")
		if bad := checkAttribute(name, kind, value); bad != nil {
			return bad
		}
		if _, twice := into[name]; twice {
			return invalid("MessageAttributes Reason: duplicate name " + name)
		}
		into[name] = value
	}
	return strayAttributes(form, len(into))
}

// strayAttributes refuses entries beyond a gap in the counting, which would
// otherwise be lost in silence.
func strayAttributes(form url.Values, read int) *refusal {
	for key := range form {
		rest, ok := strings.CutPrefix(key, "MessageAttributes.entry.")
		if !ok {
			continue
		}
		index, _, _ := strings.Cut(rest, ".")
		if n, err := strconv.Atoi(index); err != nil || n < 1 || n > read {
			return invalid("MessageAttributes Reason: " + key)
		}
	}
	return nil
}

func checkAttribute(name, kind, value string) *refusal {
	wantKind, valid := "String", false
	switch name {
	case "AWS.SNS.SMS.SMSType":
		valid = value == "Promotional" || value == "Transactional"
	case "AWS.SNS.SMS.SenderID":
		valid = senderID.MatchString(value) && anyLetter.MatchString(value)
	case "AWS.SNS.SMS.MaxPrice":
		wantKind, valid = "Number", price.MatchString(value)
	case "AWS.MM.SMS.OriginationNumber":
		valid = number.MatchString(value)
	case "AWS.MM.SMS.EntityId", "AWS.MM.SMS.TemplateId":
		valid = value != "" && len(value) <= 50
	default:
		return invalid("MessageAttributes Reason: " + name + " is not an attribute of a text")
	}
	if kind != wantKind {
		return invalid(fmt.Sprintf("%s Reason: The data type %q is not supported, use %s", name, kind, wantKind))
	}
	if !valid {
		return invalid(fmt.Sprintf("%s Reason: The value %q is not valid", name, value))
	}
	return nil
}
