"""The commands of `connective`: one file per group, each with `add(commands)`."""
