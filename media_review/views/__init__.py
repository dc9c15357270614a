"""Pages and media of the room: find, ask, tell."""
