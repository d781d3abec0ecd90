package store

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bounceback/engine"
)

// Codes of the key file. Each carries path.
const (
	CodeKeyMissing engine.Code = "key_missing" // the file has data, its key file is gone
	CodeKeyWrong   engine.Code = "key_wrong"   // this is another file's key
	CodeKeyBad     engine.Code = "key_bad"     // the key file holds no key
	CodeKeyOpen    engine.Code = "key_open"    // others may read the key file; with mode
	CodeKeyRead    engine.Code = "key_read"    // the key file cannot be read or made
)

// keyHead is what a key file begins with; 64 hexadecimal digits follow.
const keyHead = "bounceback-key-1 "

// readKey reads the master key. The error is CodeKeyMissing if there is no such
// file.
func readKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, engine.Broken(CodeKeyMissing, err, "path", path)
	}
	if err != nil {
		return nil, engine.Broken(CodeKeyRead, err, "path", path)
	}
	if mode := info.Mode().Perm(); !onWindows && mode&0o077 != 0 {
		return nil, engine.Broken(CodeKeyOpen, nil, "path", path, "mode", mode.String())
	}
	if !info.Mode().IsRegular() || info.Size() > 1024 {
		return nil, engine.Broken(CodeKeyBad, nil, "path", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, engine.Broken(CodeKeyRead, err, "path", path)
	}
	digits, ok := strings.CutPrefix(strings.TrimSpace(string(text)), keyHead)
	master, err := hex.DecodeString(strings.TrimSpace(digits))
	if !ok || err != nil || len(master) != masterSize {
		return nil, engine.Broken(CodeKeyBad, nil, "path", path)
	}
	return master, nil
}

// makeKey makes a key file with a new key, whole and on the disk before it has
// its name. A file that is there already is kept and read.
func makeKey(path string, random func([]byte)) ([]byte, error) {
	if _, err := os.Lstat(path); err == nil {
		return readKey(path)
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, engine.Broken(CodeKeyRead, err, "path", path)
	}
	master := make([]byte, masterSize)
	random(master)
	if err := placeKey(path, keyHead+hex.EncodeToString(master)+"\n"); err != nil {
		return nil, engine.Broken(CodeKeyRead, err, "path", path)
	}
	return readKey(path)
}

// placeKey writes the text to a file of its own and links that to path, which
// fails if another program was quicker; its key is then the one.
func placeKey(path, text string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600, O_EXCL
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return placeUnlinked(path, text) // a file system without links
	}
	return syncDir(filepath.Dir(path))
}

func placeUnlinked(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close(), syncDir(filepath.Dir(path)))
}

// syncDir makes a new name in a directory last; Windows has no such call.
func syncDir(dir string) error {
	if onWindows {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
