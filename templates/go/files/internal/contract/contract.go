// Package contract holds the OpenAPI document that the service keeps, word for word.
package contract

import _ "embed"

//go:embed openapi.json
var document []byte

// Document gives the OpenAPI document.
func Document() []byte { return document }
