package store

import "testing"

func TestMountType(t *testing.T) {
	const mounts = `/dev/sda1 / ext4 rw 0 0
ana@host:/shop /mnt/shop fuse.sshfs rw 0 0
/dev/sdb1 /mnt/shop/disk\0402 fuseblk rw 0 0
`
	for dir, want := range map[string]string{
		"/home/ana": "ext4", "/mnt/shop": "fuse.sshfs", "/mnt/shop/a/b": "fuse.sshfs", "/mnt/shopping": "ext4",
		"/mnt/shop/disk 2/x": "fuseblk",
	} {
		if got := mountType(mounts, dir); got != want {
			t.Errorf("%s: %s, want %s", dir, got, want)
		}
	}
	if !isNetworkFuse("fuse.sshfs") || isNetworkFuse("fuseblk") {
		t.Error("sshfs is a network, a stick is not")
	}
}

func TestOnNetworkHere(t *testing.T) {
	if kind, remote, err := onNetwork(t.TempDir()); err != nil || remote {
		t.Errorf("%s, %v, %v", kind, remote, err)
	}
	if _, _, err := onNetwork("/does/not/exist"); err == nil {
		t.Error("no error for a directory that is none")
	}
}
