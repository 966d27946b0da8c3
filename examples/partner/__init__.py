"""A reference partner: a small bot host whose users write to Connective by its custom channel."""
