"""Plays a whole conversation with a custom channel's other side and tells what it does wrong.

`to_partner` plays Connective, `to_connective` plays the partner; both speak the document of the
custom channel and know nothing of our own adapter.
"""
