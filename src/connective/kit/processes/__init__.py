"""The processes of this instance that are alive: each role of each beats every few seconds."""
