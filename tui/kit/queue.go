package kit

import tea "github.com/charmbracelet/bubbletea"

// Seq numbers requests, so that an answer which a later request has overtaken
// can be told. Results of commands come back in any order.
type Seq struct{ last uint64 }

// Next is the number for a new request; it makes all earlier ones stale.
func (s *Seq) Next() uint64 {
	s.last++
	return s.last
}

// Stale tells whether a number is not that of the latest request.
func (s *Seq) Stale(n uint64) bool { return n != s.last }

// Result is the answer of a job run by Do. For names who asked.
type Result[T any] struct {
	For   string
	Seq   uint64
	Value T
	Err   error
}

// Do runs a job that reads, outside Update, and brings its Result back. The
// job must not touch any model.
func Do[T any](asker string, seq uint64, job func() (T, error)) tea.Cmd {
	return func() tea.Msg {
		v, err := job()
		return Result[T]{For: asker, Seq: seq, Value: v, Err: err}
	}
}

// Writes is the one queue of everything that changes the file: a job begins
// when the one before has ended, in the order they were added. It lives in the
// program's model and is used by Update alone, so it needs no lock.
type Writes struct {
	busy    bool
	waiting []func() tea.Msg
}

// WriteDone says that a write has ended. The program calls Writes.Done for it,
// and handles Msg, which is the job's own answer.
type WriteDone struct{ Msg tea.Msg }

// Add queues a job. The command, nil while another write is under way, must be
// returned from Update.
func (w *Writes) Add(job func() tea.Msg) tea.Cmd {
	if w.busy {
		w.waiting = append(w.waiting, job)
		return nil
	}
	w.busy = true
	return write(job)
}

// Done begins the next job, if any.
func (w *Writes) Done() tea.Cmd {
	if len(w.waiting) == 0 {
		w.busy = false
		return nil
	}
	job := w.waiting[0]
	w.waiting = w.waiting[1:]
	return write(job)
}

// Pending is how many writes have not ended; a program that quits waits for
// none.
func (w *Writes) Pending() int {
	if !w.busy {
		return 0
	}
	return len(w.waiting) + 1
}

func write(job func() tea.Msg) tea.Cmd {
	return func() tea.Msg { return WriteDone{job()} }
}
