"""The database itself refuses to change or remove a line."""

from django.db import migrations

POSTGRES = """
CREATE FUNCTION ledger_line_is_for_ever() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'A ledger line is never changed or removed.'; END; $$ LANGUAGE plpgsql;
CREATE TRIGGER ledger_line_is_for_ever BEFORE UPDATE OR DELETE ON ledger_line
FOR EACH ROW EXECUTE FUNCTION ledger_line_is_for_ever();
"""
SQLITE = [
    """CREATE TRIGGER ledger_line_not_changed BEFORE UPDATE ON ledger_line
    BEGIN SELECT RAISE(ABORT, 'A ledger line is never changed or removed.'); END;""",
    """CREATE TRIGGER ledger_line_not_removed BEFORE DELETE ON ledger_line
    BEGIN SELECT RAISE(ABORT, 'A ledger line is never changed or removed.'); END;""",
]


def guard(apps, editor):
    if editor.connection.alias != "default":
        return
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES)
    else:
        for statement in SQLITE:
            editor.execute(statement)


def unguard(apps, editor):
    if editor.connection.alias != "default":
        return
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER ledger_line_is_for_ever ON ledger_line")
        editor.execute("DROP FUNCTION ledger_line_is_for_ever()")
    else:
        editor.execute("DROP TRIGGER ledger_line_not_changed")
        editor.execute("DROP TRIGGER ledger_line_not_removed")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
