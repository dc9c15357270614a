"""How Django's forms are drawn: by the templates of the house."""

from django.forms.renderers import TemplatesSetting


class AttuneRenderer(TemplatesSetting):
    """Fields and forms come from templates/django/forms."""
