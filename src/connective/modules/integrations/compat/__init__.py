"""The compat API `/kw/api/{module}/{entity}/{op}`: one engine for entities declared as data."""
