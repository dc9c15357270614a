"""Public home, each person's front page, navigation: composes, decides nothing."""
