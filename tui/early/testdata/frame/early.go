//go:build !late

package main

import _ "bounceback/tui/early"
