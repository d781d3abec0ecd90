package devsns

import (
	"encoding/xml"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

type entry struct {
	Key   string `xml:"key"`
	Value string `xml:"value"`
}

type attributesResult struct {
	XMLName xml.Name `xml:"GetSMSAttributesResult"`
	Entries []entry  `xml:"attributes>entry"`
}

type setAttributesResult struct {
	XMLName xml.Name `xml:"SetSMSAttributesResult"`
}

type sandboxResult struct {
	XMLName   xml.Name `xml:"GetSMSSandboxAccountStatusResult"`
	IsSandbox bool     `xml:"IsInSandbox"`
}

func (s *Server) serveSandbox(w http.ResponseWriter, _ url.Values) {
	s.answer(w, "GetSMSSandboxAccountStatus", sandboxResult{IsSandbox: s.cfg.Sandbox})
}

// serveAttributes gives the account's attributes that are asked for, or all.
func (s *Server) serveAttributes(w http.ResponseWriter, form url.Values) {
	var asked []string
	for i := 1; form.Get("attributes.member."+strconv.Itoa(i)) != ""; i++ {
		asked = append(asked, form.Get("attributes.member."+strconv.Itoa(i)))
	}
	s.mu.Lock()
	have := maps.Clone(s.attributes)
	s.mu.Unlock()
	var result attributesResult
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if len(asked) == 0 || slices.Contains(asked, name) {
			result.Entries = append(result.Entries, entry{name, have[name]})
		}
	}
	s.answer(w, "GetSMSAttributes", result)
}

// settable are the attributes of an account that can be set here, and what each
// may be.
var settable = map[string]func(string) bool{
	"MonthlySpendLimit": price.MatchString,
	"DefaultSMSType":    func(v string) bool { return v == "Promotional" || v == "Transactional" },
	"DefaultSenderID":   func(v string) bool { return senderID.MatchString(v) && anyLetter.MatchString(v) },
}

func (s *Server) serveSetAttributes(w http.ResponseWriter, form url.Values) {
	set := map[string]string{}
	for i := 1; ; i++ {
		prefix := "attributes.entry." + strconv.Itoa(i) + "."
		name, value := form.Get(prefix+"key"), form.Get(prefix+"value")
		if name == "" {
			break
		}
		if valid := settable[name]; valid == nil || !valid(value) {
			s.fail(w, *invalid("attributes Reason: " + name))
			return
		}
		set[name] = value
	}
	s.mu.Lock()
	maps.Copy(s.attributes, set)
	s.mu.Unlock()
	s.answer(w, "SetSMSAttributes", setAttributesResult{})
}
