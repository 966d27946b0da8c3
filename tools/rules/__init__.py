"""House rules: each file here is one rule, `applies(path)` and `check(source)`."""
