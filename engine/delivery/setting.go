package delivery

import "bounceback/engine"

// Codes of settings whose form the carrier sets, of class Input.
const (
	CodeSenderID engine.Code = "bad_sender_id" // not letters and digits; with example
	CodeMaxPrice engine.Code = "bad_max_price" // not US dollars with a point
)

// CheckSetting tells whether a setting has the form in which Amazon SNS takes
// it: CodeSenderID or CodeMaxPrice. An empty one is not sent, and others have no
// such form.
func CheckSetting(name engine.Setting, value string) error {
	switch {
	case value == "":
	case name == engine.SetSenderID && !ValidSenderID(value):
		return engine.BadInput(CodeSenderID, "example", exampleSender)
	case name == engine.SetMaxPrice && !ValidMaxPrice(value):
		return engine.BadInput(CodeMaxPrice)
	}
	return nil
}

// exampleSender is a shop of two words as a sender's name.
const exampleSender = "CasaAzul"
