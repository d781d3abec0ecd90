package devsns

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Signature Version 4, recomputed from the request as it arrived. It is written
// here from AWS's description, not taken from the SDK that signs, so that one
// checks the other.

const (
	algorithm = "AWS4-HMAC-SHA256"
	stampForm = "20060102T150405Z"
	mostSkew  = 15 * time.Minute
)

func denied(code, message string) *refusal {
	return &refusal{http.StatusForbidden, code, message}
}

// credential is what an Authorization header says.
type credential struct {
	key, date, region, service string
	signed                     []string // names of the signed headers
	signature                  string
}

// checkSignature gives nil for a request signed with the server's key, within a
// quarter of an hour of its clock.
func (s *Server) checkSignature(r *http.Request, body []byte) *refusal {
	header := r.Header.Get("Authorization")
	if header == "" {
		return denied("MissingAuthenticationToken", "Request is missing Authentication Token")
	}
	c, ok := parseAuthorization(header)
	if !ok || !slices.Contains(c.signed, "host") {
		return denied("IncompleteSignature", "Authorization header is not complete")
	}
	if c.key != s.cfg.AccessKey {
		return denied("InvalidClientTokenId", "The security token included in the request is invalid.")
	}
	stamp := r.Header.Get("X-Amz-Date")
	at, err := time.Parse(stampForm, stamp)
	if err != nil || c.service != "sns" || !strings.HasPrefix(stamp, c.date) || !slices.Contains(c.signed, "x-amz-date") {
		return denied("SignatureDoesNotMatch", "Date or scope in Credential does not fit the request")
	}
	if bad := checkTime(at, s.cfg.Clock().In(time.UTC)); bad != nil {
		return bad
	}
	want := c.sign(s.cfg.Secret, stamp, canonicalRequest(r, body, c.signed))
	if !hmac.Equal([]byte(want), []byte(c.signature)) {
		return denied("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. "+
			"Check your AWS Secret Access Key and signing method.")
	}
	return nil
}

func checkTime(at, now time.Time) *refusal {
	switch {
	case at.Before(now.Add(-mostSkew)):
		return denied("SignatureDoesNotMatch", "Signature expired: "+at.Format(stampForm)+" is now earlier than "+
			now.Add(-mostSkew).Format(stampForm))
	case at.After(now.Add(mostSkew)):
		return denied("SignatureDoesNotMatch", "Signature not yet current: "+at.Format(stampForm)+" is still later than "+
			now.Add(mostSkew).Format(stampForm))
	}
	return nil
}

// parseAuthorization reads
// "AWS4-HMAC-SHA256 Credential=key/date/region/service/aws4_request, SignedHeaders=a;b, Signature=hex".
func parseAuthorization(header string) (credential, bool) {
	rest, ok := strings.CutPrefix(header, algorithm+" ")
	if !ok {
		return credential{}, false
	}
	named := map[string]string{}
	for _, field := range strings.Split(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		named[name] = value
	}
	scope := strings.Split(named["Credential"], "/")
	if len(scope) != 5 || scope[4] != "aws4_request" || named["SignedHeaders"] == "" || named["Signature"] == "" {
		return credential{}, false
	}
	return credential{
		key: scope[0], date: scope[1], region: scope[2], service: scope[3],
		signed: strings.Split(named["SignedHeaders"], ";"), signature: named["Signature"],
	}, true
}

// sign gives the signature in hex that the secret makes of a canonical request.
func (c credential) sign(secret, stamp, canonical string) string {
	scope := strings.Join([]string{c.date, c.region, c.service, "aws4_request"}, "/")
	key := []byte("AWS4" + secret)
	for _, step := range []string{c.date, c.region, c.service, "aws4_request"} {
		key = mac(key, step)
	}
	return hex.EncodeToString(mac(key, strings.Join([]string{algorithm, stamp, scope, hash(canonical)}, "\n")))
}

func canonicalRequest(r *http.Request, body []byte, signed []string) string {
	path := r.URL.EscapedPath()
	if path == "" {
		path = "/"
	}
	var headers strings.Builder
	for _, name := range signed {
		headers.WriteString(name + ":" + headerValue(r, name) + "\n")
	}
	return strings.Join([]string{
		r.Method, path, canonicalQuery(r.URL.Query()), headers.String(), strings.Join(signed, ";"), hash(string(body)),
	}, "\n")
}

// headerValue gives a header as it is signed. net/http keeps two of them
// elsewhere.
func headerValue(r *http.Request, name string) string {
	switch name {
	case "host":
		return r.Host
	case "content-length":
		return strconv.FormatInt(r.ContentLength, 10)
	}
	values := r.Header.Values(name)
	tidy := make([]string, len(values))
	for i, v := range values {
		tidy[i] = strings.Join(strings.Fields(v), " ")
	}
	return strings.Join(tidy, ",")
}

func canonicalQuery(query url.Values) string {
	var all []string
	for name, values := range query {
		for _, v := range values {
			all = append(all, escape(name)+"="+escape(v))
		}
	}
	sort.Strings(all)
	return strings.Join(all, "&")
}

func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
