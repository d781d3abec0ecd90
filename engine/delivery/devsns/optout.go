package devsns

import (
	"net/http"
	"net/url"
	"sort"
	"strconv"
)

// page is how many numbers SNS lists at a time.
const page = 100

func (s *Server) serveCheck(w http.ResponseWriter, form url.Values) {
	phone := form.Get("phoneNumber")
	if !e164.MatchString(phone) {
		s.fail(w, *invalid("phoneNumber"))
		return
	}
	s.mu.Lock()
	out := s.optedOut[phone]
	s.mu.Unlock()
	s.answer(w, "CheckIfPhoneNumberIsOptedOut", checkResult{IsOptedOut: out})
}

// serveList lists opted-out numbers in order. The token is where the next page
// begins.
func (s *Server) serveList(w http.ResponseWriter, form url.Values) {
	from := 0
	if token := form.Get("nextToken"); token != "" {
		n, err := strconv.Atoi(token)
		if err != nil || n < 0 {
			s.fail(w, *invalid("nextToken"))
			return
		}
		from = n
	}
	s.mu.Lock()
	all := make([]string, 0, len(s.optedOut))
	for phone := range s.optedOut {
		all = append(all, phone)
	}
	s.mu.Unlock()
	sort.Strings(all)
	result := listResult{Numbers: all[min(from, len(all)):min(from+page, len(all))]}
	if from+page < len(all) {
		result.Next = strconv.Itoa(from + page)
	}
	s.answer(w, "ListPhoneNumbersOptedOut", result)
}

func (s *Server) serveOptIn(w http.ResponseWriter, form url.Values) {
	phone := form.Get("phoneNumber")
	if !e164.MatchString(phone) {
		s.fail(w, *invalid("phoneNumber"))
		return
	}
	s.mu.Lock()
	delete(s.optedOut, phone)
	s.mu.Unlock()
	s.answer(w, "OptInPhoneNumber", optInResult{})
}
