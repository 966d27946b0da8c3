"""Requests as the panel reads them: lists, counters, one opened, its conversation and its log."""
