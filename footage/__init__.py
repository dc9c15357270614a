"""Moving pictures: received, sealed, prepared, cut and streamed. No idea whose or why."""
