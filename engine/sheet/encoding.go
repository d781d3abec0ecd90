package sheet

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Encoding is how a file writes characters as bytes.
type Encoding string

// The encodings.
const (
	UTF8        Encoding = "utf-8"
	UTF16       Encoding = "utf-16"
	Windows1252 Encoding = "windows-1252"
)

var (
	bomUTF8    = []byte{0xEF, 0xBB, 0xBF}
	bomUTF16LE = []byte{0xFF, 0xFE}
	bomUTF16BE = []byte{0xFE, 0xFF}
)

// open drops the byte order mark and turns UTF-16 into UTF-8. Bytes of the
// other two encodings stay as they are: both write delimiters, quotes and line
// ends as ASCII does, so that texts can be turned field by field.
func open(r io.Reader) (*bufio.Reader, bool) {
	b := bufio.NewReaderSize(r, sampleSize)
	head, _ := b.Peek(len(bomUTF8)) // a shorter file is judged by what it has
	switch {
	case bytes.HasPrefix(head, bomUTF8):
		_, _ = b.Discard(len(bomUTF8)) // just peeked at
	case bytes.HasPrefix(head, bomUTF16LE), bytes.HasPrefix(head, bomUTF16BE):
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return bufio.NewReaderSize(decoder.Reader(b), sampleSize), true
	}
	return b, false
}

// text turns the bytes of a field into text. Bytes that are none become the
// replacement character.
func (e Encoding) text(b []byte) string {
	if e == Windows1252 && !isASCII(b) {
		if out, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			return string(out)
		}
	}
	if !utf8.Valid(b) {
		return string(bytes.ToValidUTF8(b, []byte("\uFFFD")))
	}
	return string(b)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
