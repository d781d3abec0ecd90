package delivery

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	smithy "github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// SNS's error codes, by what they mean for a text. They are matched by code,
// since OptedOut and Throttled never come as types of their own on Publish.
var (
	throttleCodes = codeSet(
		"Throttled", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequests",
		"TooManyRequestsException", "RequestThrottled", "RequestThrottledException", "RequestLimitExceeded",
		"BandwidthLimitExceeded", "SlowDown", "KMSThrottling", "KMSThrottlingException")
	clockCodes = codeSet("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture")
	// rightCodes tell that the account is known and may not do this.
	rightCodes = codeSet("AuthorizationError", "AuthorizationErrorException", "AccessDenied", "AccessDeniedException", "NotAuthorized")
	authCodes  = codeSet(
		"AuthFailure", "SignatureDoesNotMatch", "InvalidClientTokenId", "UnrecognizedClientException",
		"IncompleteSignature", "InvalidSignatureException", "MissingAuthenticationToken",
		"MissingAuthenticationTokenException", "ExpiredToken", "ExpiredTokenException", "InvalidSecurity",
		"InvalidAccessKeyId", "OptInRequired", "SubscriptionRequiredException")
	// doubtCodes come with a status below 500 and still leave the fate open.
	doubtCodes = codeSet("", "UnknownError", "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure")
)

func codeSet(codes ...string) map[string]bool {
	set := make(map[string]bool, len(codes))
	for _, c := range codes {
		set[c] = true
	}
	return set
}

// classify tells what an error of Publish says about the text: *Refused,
// *Throttled or *NotSent where that is certain, and err itself where it is not.
// opened tells whether there was a connection to send on.
func classify(err error, to string, opened bool) error {
	var api smithy.APIError
	if !errors.As(err, &api) {
		if !opened {
			return &NotSent{Reason: ReasonOffline, Cause: err}
		}
		return err
	}
	code, status := api.ErrorCode(), statusOf(err)
	detail := code + ": " + withoutNumber(api.ErrorMessage(), to)
	switch {
	case isThrottle(err):
		return &Throttled{RetryAfter: retryAfter(err), Detail: detail}
	case status < 400, status >= 500, status == http.StatusRequestTimeout, doubtCodes[code]:
		return &Doubtful{Detail: detail}
	case clockCodes[code], code == "SignatureDoesNotMatch" && wrongTime(api.ErrorMessage()):
		return &NotSent{Reason: ReasonClock, Cause: errors.New(detail)}
	default:
		return &Refused{Reason: reasonOf(code, api.ErrorMessage()), Detail: detail, stranger: authCodes[code]}
	}
}

// Doubtful is an answer that leaves open whether the text was accepted.
type Doubtful struct {
	Detail string // the carrier's code and words, without the customer's number
}

// Error gives the carrier's words, for logs.
func (e *Doubtful) Error() string { return e.Detail }

// reasonOf sorts definite refusals. SNS has used more than one code for an
// opted-out number, so its words count as well.
func reasonOf(code, message string) Reason {
	// An action that may not be called, GetSMSSandboxAccountStatus, is no sandbox.
	words := strings.ReplaceAll(strings.ToLower(message), "smssandbox", "")
	switch {
	case code == "OptedOut", strings.Contains(words, "opted out"):
		return ReasonOptedOut
	case strings.Contains(words, "sandbox"):
		return ReasonSandbox
	case authCodes[code], rightCodes[code]:
		return ReasonNotAuthorised
	case strings.HasPrefix(code, "InvalidParameter"), strings.HasPrefix(code, "ParameterValue"), strings.HasPrefix(code, "Validation"):
		if strings.Contains(words, "phone") {
			return ReasonInvalidNumber
		}
		return ReasonInvalidText
	default:
		return ReasonRefused
	}
}

// wrongTime tells a signature refused for its age from one made with a wrong
// key: both have one code.
func wrongTime(message string) bool {
	return strings.Contains(message, "Signature expired") || strings.Contains(message, "Signature not yet current")
}

// withoutNumber takes the customer's number out of the carrier's words: numbers
// do not stand in the file in the clear.
func withoutNumber(message, to string) string {
	bare := strings.TrimPrefix(to, "+")
	if len(bare) < 4 {
		return message
	}
	return strings.ReplaceAll(message, bare, "**** "+bare[len(bare)-4:])
}

func statusOf(err error) int {
	var resp *smithyhttp.ResponseError
	if errors.As(err, &resp) {
		return resp.HTTPStatusCode()
	}
	return 0
}

// retryAfter is what the answer asked for in whole seconds, at most a minute.
func retryAfter(err error) time.Duration {
	var resp *smithyhttp.ResponseError
	if !errors.As(err, &resp) || resp.Response == nil {
		return 0
	}
	seconds, convErr := strconv.Atoi(resp.Response.Header.Get("Retry-After"))
	if convErr != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(seconds)*time.Second, time.Minute)
}
