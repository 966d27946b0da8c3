"""Promises to plug-ins: channel, node, action, report, event."""
