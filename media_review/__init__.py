"""What was filmed and seen: recordings of a case, clips, submissions, threads, viewing grants."""
