"""`make trial`: the first steps of a stranger, taken as the guide tells them.

Minutes long, wants root for an account of its own and the package registries: not a test, a trial.
"""
