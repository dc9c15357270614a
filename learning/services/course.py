"""The course stands in the editor: planted once, and from then on its editors' own."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, Site

from footage.models import Film
from learning import lessonfiles, permissions, rules
from learning.models import CoursePage, DayPage, LessonPage
from ledger import services as ledger
from people.actor import Actor
from people.errors import RuleBroken
from people.models import User

EDITORS = "Course editors"
PAGE_RIGHTS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]


@transaction.atomic
def plant_course(*, actor: Actor | None = None, parent: Page | None = None) -> CoursePage:
    """The two days stand below the home page; a course that stands already is left as it is."""
    home = parent or _home()
    course = lessonfiles.course()
    standing = CoursePage.objects.child_of(home).filter(slug=course.slug).first()
    if standing is not None:
        return standing
    top = _planted(home, CoursePage, course)
    for day, lessons in lessonfiles.days():
        place = _planted(top, DayPage, day)
        for lesson in lessons:
            _planted(place, LessonPage, lesson, minutes=lesson.minutes, body=list(lesson.body))
    _open_to_editors(top)
    ledger.record(
        user_id=actor.user_id if actor else None,
        verb="learning.course_planted",
        subject=top,
        lessons=LessonPage.objects.descendant_of(top).count(),
    )
    return top


def _home() -> Page:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page if site else Page.get_first_root_node()


def _planted(parent: Page, kind: Any, words: lessonfiles.Written, **facts: Any) -> Any:
    """The page, below its parent, published with a first revision."""
    if kind is not LessonPage:
        facts["welcome"] = words.welcome
    page = kind(title=words.title, slug=words.slug, summary=words.summary, live=False, **facts)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _open_to_editors(course: CoursePage) -> Group:
    """The group of course editors may open the editor and change everything in this course."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for right in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=course, permission=right)
    return group


@transaction.atomic
def attach_film(*, actor: Actor, lesson_id: int, block_id: UUID, film_id: UUID) -> LessonPage:
    """The film part shows this teaching film, in a new published revision. Raises RuleBroken."""
    permissions.may_edit(actor).require()
    if not Film.objects.filter(pk=film_id, ring=rules.TEACHING_RING).exists():
        raise RuleBroken("Only a film made for teaching can be shown in a lesson.")
    page = LessonPage.objects.select_for_update().get(pk=lesson_id)
    body = list(page.body.raw_data)
    part = next((row for row in body if row["type"] == "film" and row["id"] == str(block_id)), None)
    if part is None:
        raise RuleBroken("This lesson has no such film part.")
    part["value"] = {**part["value"], "film": str(film_id)}
    page.body = body
    page.save_revision().publish()
    ledger.record(user_id=actor.user_id, verb="learning.film_attached", subject=page, film=film_id)
    return page


@transaction.atomic
def open_editor(*, actor: Actor) -> bool:
    """The person is one of the course editors; True when they were not before."""
    permissions.may_edit(actor).require()
    person = User.objects.get(pk=actor.user_id)
    if person.groups.filter(name=EDITORS).exists():
        return False
    group, _ = Group.objects.get_or_create(name=EDITORS)
    for course in CoursePage.objects.all():
        group = _open_to_editors(course)
    person.groups.add(group)
    ledger.record(user_id=actor.user_id, verb="learning.editor_opened", subject=person)
    return True
