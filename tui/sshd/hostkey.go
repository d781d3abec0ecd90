package sshd

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	gossh "golang.org/x/crypto/ssh"

	"bounceback/engine"
)

// Codes of the server's own key. Each carries path.
const (
	CodeHostKeyBad  engine.Code = "host_key_bad"  // the file holds no key
	CodeHostKeyOpen engine.Code = "host_key_open" // others may read it; with mode
	CodeHostKeyDir  engine.Code = "host_key_dir"  // it is a directory
	CodeHostKeyFile engine.Code = "host_key_file" // it cannot be read or made; with cause
)

// HostKeyPath is where the server's key is unless told: beside the database.
func HostKeyPath(db string) string { return db + ".hostkey" }

// hostKey reads the server's own key, or makes it at the first start. A key
// that is there is never written over: everybody who connects knows it.
func hostKey(path string) (gossh.Signer, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		if err := makeHostKey(path); err != nil {
			return nil, engine.Broken(CodeHostKeyFile, err, "path", path)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, engine.Broken(CodeHostKeyFile, err, "path", path)
	}
	if info.IsDir() {
		return nil, engine.Broken(CodeHostKeyDir, nil, "path", path)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return nil, engine.Broken(CodeHostKeyOpen, nil, "path", path, "mode", mode.String())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, engine.Broken(CodeHostKeyFile, err, "path", path)
	}
	key, err := gossh.ParsePrivateKey(text)
	if err != nil {
		return nil, engine.Broken(CodeHostKeyBad, err, "path", path)
	}
	return key, nil
}

// makeHostKey writes a new key to a file of its own, whole and on the disk, and
// links that to path, which fails if another program was quicker; its key is
// then the one.
func makeHostKey(path string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := gossh.MarshalPrivateKey(private, "bounceback")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600, O_EXCL
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(pem.EncodeToMemory(block))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	err = os.Link(f.Name(), path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return placeHostKey(path, pem.EncodeToMemory(block)) // a file system without links
}

func placeHostKey(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}
