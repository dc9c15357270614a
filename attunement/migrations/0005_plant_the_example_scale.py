"""One labelled example of a scale stands in every installation, to be replaced by a body's own."""

from django.db import migrations
from django.utils import timezone

from attunement.words import EXAMPLE_ABOUT, EXAMPLE_ITEMS, EXAMPLE_SCALE, EXAMPLE_STEPS


def plant(apps, schema_editor):
    Scale = apps.get_model("attunement", "Scale")
    scale, made = Scale.objects.get_or_create(
        body=None,
        name=EXAMPLE_SCALE,
        version=1,
        defaults={"about": EXAMPLE_ABOUT, "published_at": timezone.now()},
    )
    if not made:
        return
    for value, label in EXAMPLE_STEPS:
        apps.get_model("attunement", "ScaleStep").objects.create(
            scale=scale, value=value, label=label
        )
    for number, (area, words) in enumerate(EXAMPLE_ITEMS, start=1):
        apps.get_model("attunement", "ScaleItem").objects.create(
            scale=scale, number=number, area=area, words=words
        )


class Migration(migrations.Migration):
    dependencies = [("attunement", "0004_scales")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
