"""What is taught: the course's pages, who is where in them, cohorts and attendance."""
