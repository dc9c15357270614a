"""What must never change is guarded by the database too: used pathways, decisions, certificates."""

from django.db import migrations

USED = "A pathway that somebody walks never changes."
KEPT = "What was decided or issued never changes."
# (trigger, table, columns that are frozen, condition on the old row, what is said)
PATHWAY = "code name version award_title stage_word practitioner_word external_may_return used_at body_id"
STAGE = "pathway_id number label closing_meeting meeting_minutes reflection_days_before indicative_months"
ASKED = "stage_id position measure minimum minutes_each alternatives label rule"
DECISION = "meeting_id outcome words working_points held_on snapshot decided_by_id decided_at exception"
CERTIFICATE = "number decision_id holder_id body_id issued_by_id issued_at facts pdf sha256"
USED_STAGE = (
    "EXISTS (SELECT 1 FROM accreditation_pathway p WHERE p.id = OLD.pathway_id "
    "AND p.used_at IS NOT NULL)"
)
USED_ASKED = (
    "EXISTS (SELECT 1 FROM accreditation_stage s JOIN accreditation_pathway p "
    "ON p.id = s.pathway_id WHERE s.id = OLD.stage_id AND p.used_at IS NOT NULL)"
)
GUARDS = [
    ("pathway", PATHWAY, "OLD.used_at IS NOT NULL", USED),
    ("stage", STAGE, USED_STAGE, USED),
    ("requirement", ASKED, USED_ASKED, USED),
    ("decision", DECISION, "TRUE", KEPT),
    ("certificate", CERTIFICATE, "TRUE", KEPT),
]


def guard(apps, editor):
    if editor.connection.alias != "default":
        return
    for name, columns, condition, words in GUARDS:
        table, listed = f"accreditation_{name}", ", ".join(columns.split())
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION {table}_frozen() RETURNS trigger AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{words}'; END IF; RETURN NEW; "
                "END $$ LANGUAGE plpgsql"
            )
            editor.execute(
                f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {listed} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
            )
        else:
            editor.execute(
                f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {listed} ON {table} "
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )


def unguard(apps, editor):
    if editor.connection.alias != "default":
        return
    for name, *_ in GUARDS:
        table = f"accreditation_{name}"
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_frozen ON {table}")
            editor.execute(f"DROP FUNCTION {table}_frozen()")
        else:
            editor.execute(f"DROP TRIGGER {table}_frozen")


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0002_sessions_words_register")]
    operations = [migrations.RunPython(guard, unguard)]
