"""Who may reach which address: a world, a table a room, and the asking."""
