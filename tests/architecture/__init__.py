"""The walls of the house: sizes, names, templates, outside hosts, migrations, lock files."""
