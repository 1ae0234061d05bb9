"""The read-only API: the same tables as the files, in pages of JSON, described in OpenAPI 3.1."""
