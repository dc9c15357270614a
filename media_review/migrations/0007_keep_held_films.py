"""Films that are held already are kept by the room of films, too."""

from django.db import migrations

BINDING = ("asked", "in_force", "longer_asked", "lift_asked")


def keep_held_films(apps, _editor):
    """Every film under an open hold is kept until the moment up to which the hold binds."""
    film = apps.get_model("footage", "Film")
    holds = apps.get_model("media_review", "SafeguardingHold").objects.filter(state__in=BINDING)
    for film_id, until in holds.values_list("recording__film_id", "binds_until"):
        film.objects.filter(pk=film_id).update(kept_until=until)


class Migration(migrations.Migration):

    dependencies = [
        ("footage", "0010_kept_until"),
        ("media_review", "0006_policy_fine"),
    ]

    operations = [migrations.RunPython(keep_held_films, migrations.RunPython.noop)]
