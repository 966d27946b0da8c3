"""Who changed what: a row in the very transaction of the change."""
