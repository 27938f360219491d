"""API descriptions: OpenAPI, GraphQL and Protocol Buffers, read into one form."""
