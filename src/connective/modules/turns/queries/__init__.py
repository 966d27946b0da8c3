"""Every SELECT of the turns module, by what it is asked for."""
