// Package delivery gets texts to customers: what they say (wording.go), what
// they cost in parts (gsm7.go, fold.go, parts.go), who carries them (sender.go,
// console.go, sns.go, auto.go), the worker that hands queued rows to a sender
// and records what became of them (worker.go, retry.go), and its look after the
// carrier's account (upkeep.go).
//
// The rows themselves are the store's. outbox.go holds the interface it
// implements and the rules it keeps; nothing else of this package concerns it.
package delivery
