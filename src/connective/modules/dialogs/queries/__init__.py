"""Every SELECT of the dialogs module, by what it is asked for."""
