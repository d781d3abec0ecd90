package kit

import (
	"errors"
	"reflect"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestSeq(t *testing.T) {
	var s Seq
	a, b := s.Next(), s.Next()
	if !s.Stale(a) || s.Stale(b) || s.Stale(0) == false {
		t.Error("only the latest is fresh")
	}
}

func TestDo(t *testing.T) {
	fault := errors.New("disk")
	msg := Do("sales", 7, func() (int, error) { return 3, fault })()
	if want := (Result[int]{For: "sales", Seq: 7, Value: 3, Err: fault}); msg != want {
		t.Errorf("got %+v", msg)
	}
}

// TestWritesNeverOvertake: the second job is not even handed out before the
// first has ended, whatever runs the commands.
func TestWritesNeverOvertake(t *testing.T) {
	var w Writes
	var log []string
	job := func(name string) func() tea.Msg {
		return func() tea.Msg { log = append(log, name); return name }
	}
	first := w.Add(job("a"))
	if w.Add(job("b")) != nil || w.Add(job("c")) != nil {
		t.Fatal("a second write was begun beside the first")
	}
	if w.Pending() != 3 {
		t.Errorf("%d pending", w.Pending())
	}
	for cmd := first; cmd != nil; cmd = w.Done() {
		if done := cmd().(WriteDone); done.Msg != log[len(log)-1] {
			t.Errorf("%v is not the job's answer", done.Msg)
		}
	}
	if !reflect.DeepEqual(log, []string{"a", "b", "c"}) || w.Pending() != 0 {
		t.Errorf("%v, %d pending", log, w.Pending())
	}
	if w.Add(job("d")) == nil {
		t.Error("an idle queue begins at once")
	}
}
