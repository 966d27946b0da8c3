"""`make new-module`: the usual files of a feature, as templates in `layout/`."""
