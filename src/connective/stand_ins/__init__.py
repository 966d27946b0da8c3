"""Stand-ins of providers: each speaks a published protocol, for tests and for people who try."""
