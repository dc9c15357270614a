"""The six principles stand in every installation, in the house's own paraphrase."""

from django.db import migrations
from django.utils import timezone

from attunement.words import NAME, SIX


def plant(apps, schema_editor):
    Framework = apps.get_model("attunement", "Framework")
    Principle = apps.get_model("attunement", "Principle")
    framework, made = Framework.objects.get_or_create(
        body=None, name=NAME, version=1, defaults={"published_at": timezone.now()}
    )
    if not made:
        return
    for each in SIX:
        Principle.objects.create(
            framework=framework,
            number=each.number,
            heading=each.heading,
            short=each.short,
            glyph=each.glyph,
            examples=list(each.examples),
        )


class Migration(migrations.Migration):
    dependencies = [("attunement", "0002_clusterable")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
