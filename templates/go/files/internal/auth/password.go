package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
)

// Parameters of Argon2id, as OWASP's password storage cheat sheet gives them first.
const (
	memory   = 19 * 1024
	passes   = 2
	lanes    = 1
	saltSize = 16
	hashSize = 32
)

var errBadHash = errors.New("no hash of Argon2id")

// hashing bounds how many hashes are made at once: each takes its memory and a processor.
var hashing = semaphore.NewWeighted(int64(runtime.GOMAXPROCS(0)))

// Hash gives what is kept of a password.
func Hash(ctx context.Context, password string) (string, error) {
	if err := hashing.Acquire(ctx, 1); err != nil {
		return "", err
	}
	defer hashing.Release(1)
	salt := make([]byte, saltSize)
	// It never fails; where there is no randomness the program ends.
	_, _ = rand.Read(salt)
	made := argon2.IDKey([]byte(password), salt, passes, memory, lanes, hashSize)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, memory, passes, lanes, encode(salt), encode(made)), nil
}

// Verify tells whether a password is the one that a hash was made of.
func Verify(ctx context.Context, password, hash string) (bool, error) {
	if err := hashing.Acquire(ctx, 1); err != nil {
		return false, err
	}
	defer hashing.Release(1)
	var version, mem, time, threads uint32
	parts := strings.Split(hash, "$")
	const count = 6
	if len(parts) != count || parts[1] != "argon2id" {
		return false, errBadHash
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, errBadHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &mem, &time, &threads); err != nil {
		return false, errBadHash
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, errBadHash
	}
	kept, err := base64.RawStdEncoding.DecodeString(parts[5])
	const mostLanes = 255
	if err != nil || threads == 0 || threads > mostLanes || time == 0 || len(kept) == 0 {
		return false, errBadHash
	}
	made := argon2.IDKey([]byte(password), salt, time, mem, uint8(threads), uint32(len(kept)))
	return subtle.ConstantTimeCompare(made, kept) == 1, nil
}

// Waste takes the time that a wrong password takes, so that nobody learns which accounts exist.
func Waste(ctx context.Context, password string) error {
	_, err := Hash(ctx, password)
	return err
}
