package graphql

import (
	_ "embed"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

//go:embed schema.graphql
var text string

// Schema gives what can be asked, as the file has it, which is part of the program. The library
// knows one directive that is no part of the standard.
func Schema() *ast.Schema {
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "schema.graphql", Input: text})
	delete(schema.Directives, "defer")
	return schema
}
