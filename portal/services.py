"""Furnishing the house: the public home stands at the root of the site."""

from django.db import transaction
from wagtail.models import Page, Site

from portal import home
from portal.models import HomePage


@transaction.atomic
def plant_home() -> HomePage:
    """The public home exists once and the site opens on it; an edited one is left alone."""
    found = HomePage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    page = HomePage(title=home.TITLE, slug="attune", lead=home.LEAD, body=home.BODY)
    root.add_child(instance=page)
    page.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    first_page_id = site.root_page_id
    site.hostname, site.port, site.site_name, site.root_page = "localhost", 80, "Attune", page
    site.save()
    Page.objects.filter(pk=first_page_id, depth=2, slug="home").exclude(pk=page.pk).delete()
    return page
