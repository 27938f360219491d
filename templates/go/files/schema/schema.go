// Package schema holds the migrations, which are part of the program.
package schema

import (
	"embed"
	"io/fs"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations gives the files of migrations.
func Migrations() fs.FS {
	found, err := fs.Sub(files, "migrations")
	if err != nil {
		// The folder is embedded above.
		panic(err)
	}
	return found
}
