"""Wrapping keys anew: films play before, during and after; what was taken away opens nothing."""

import hashlib
from io import StringIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command

from footage import keys, purging, roots, rotating, services, surveying, wrapping
from footage.errors import KeyGone, RootMissing, SealBroken
from footage.kinds import ArtefactKind
from footage.models import HOUSE, AccountKey, Film, Grave, RingKey
from footage.stores import store
from ledger.models import Line
from tests.footage import films
from tests.footage.test_pipeline import bytes_of

pytestmark = pytest.mark.django_db
OLD, NEW = "the root key of last year, long enough", "the root key of this year, long enough"
SERVICE = UUID("00000000-0000-4000-8000-0000000000aa")


@pytest.fixture(autouse=True)
def _old_root(settings):
    settings.FILM_ROOT_KEY, settings.FILM_ROOT_KEYS_OLD = OLD, []


def film_of(ring: UUID, account: UUID = HOUSE, sender=None) -> Film:
    """A film that hangs on this ring, of this organisation."""
    film_id = uuid4()
    wrapped = keys.wrapped_for(film_id, ring, account)
    film = Film(pk=film_id, ring=ring, account=account, wrapped_key=wrapped)
    if sender:
        film.sent_by_id = sender.user_id
        film.save()
    return film


def of_before_accounts(film: Film) -> None:
    """The film's ring as rows were before organisations had keys: wrapped by the root itself."""
    row = RingKey.objects.select_related("account_key").get(ring=film.ring)
    secret, root = keys.ring_key(row), roots.current()
    wrapped = wrapping.wrap(root.key, secret, f"ring|{film.ring}")
    RingKey.objects.filter(ring=film.ring).update(wrapped=wrapped, root=root.id, account_key=None)


def told(command: str, *words: str) -> str:
    """What the command says."""
    out = StringIO()
    call_command(command, *words, stdout=out)
    return out.getvalue()


def quiet(name: str, done: int, of: int) -> None:
    """Hears of the progress and says nothing."""


def stored() -> str:
    """One hash over every byte in the store."""
    found = hashlib.sha256()
    for name in sorted(store().names("")):
        found.update(name.encode() + (store().folder / name).read_bytes())
    return found.hexdigest()


def test_a_film_plays_before_during_and_after_and_not_a_byte_of_it_is_touched(prepared, settings):
    film = prepared(films.silent().read_bytes())
    plain, sealed = bytes_of(film, ArtefactKind.PROXY), stored()
    wrapped = bytes(Film.objects.get(pk=film.pk).wrapped_key)

    def plays(*_):
        assert bytes_of(film, ArtefactKind.PROXY) == plain

    settings.FILM_ROOT_KEY, settings.FILM_ROOT_KEYS_OLD = NEW, [OLD]
    plays()
    made = rotating.rotate(accounts=True, tell=plays)
    plays()

    assert (made.accounts_rewrapped, made.accounts_renewed, made.rings_rewrapped) == (1, 1, 1)
    assert stored() == sealed
    assert bytes(Film.objects.get(pk=film.pk).wrapped_key) == wrapped
    settings.FILM_ROOT_KEYS_OLD = []
    plays()
    settings.FILM_ROOT_KEY = OLD  # the old root alone
    with pytest.raises(RootMissing):
        plays()


def test_rings_from_before_organisations_had_keys_open_and_are_adopted(sender):
    film = film_of(uuid4(), SERVICE, sender)
    key = keys.film_key(film)
    of_before_accounts(film)
    assert keys.film_key(film) == key

    made = rotating.rotate(tell=quiet)

    assert made.rings_adopted == 1
    row = RingKey.objects.select_related("account_key").get(ring=film.ring)
    assert (row.root, row.account_key.account) == ("", SERVICE)
    assert keys.film_key(film) == key


@pytest.mark.parametrize("stop_at", [1, 2, 4, 5, 7])
def test_a_run_that_is_killed_is_run_again(settings, stop_at):
    old = film_of(uuid4())
    of_before_accounts(old)
    all_films = [old, *(film_of(uuid4(), SERVICE) for _ in range(3)), film_of(uuid4())]
    before = [keys.film_key(film) for film in all_films]
    settings.FILM_ROOT_KEY, settings.FILM_ROOT_KEYS_OLD = NEW, [OLD]
    steps = iter(range(1, 100))

    def killed(*_):
        if next(steps) == stop_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotating.rotate(accounts=True, tell=killed)
    assert [keys.film_key(film) for film in all_films] == before
    late = film_of(uuid4(), SERVICE)

    rotating.rotate(accounts=True, tell=quiet)

    settings.FILM_ROOT_KEYS_OLD = []
    assert [keys.film_key(film) for film in all_films] == before
    assert keys.film_key(late)
    assert not AccountKey.objects.retired().exists()
    assert surveying.survey().is_sound


def test_a_dry_run_says_what_would_be_done_and_does_nothing(settings):
    film_of(uuid4(), SERVICE)
    settings.FILM_ROOT_KEY, settings.FILM_ROOT_KEYS_OLD = NEW, [OLD]
    before = list(AccountKey.objects.values()), list(RingKey.objects.values())

    said = told("keys_rotate", "--accounts", "--dry-run")

    assert "1 organisations' keys wrapped by the current root key (not done)." in said
    assert "1 rings wrapped by their organisation's new key (not done)." in said
    assert (list(AccountKey.objects.values()), list(RingKey.objects.values())) == before
    assert not Line.objects.filter(verb="footage.keys_rotated").exists()


def test_one_line_in_the_ledger_says_how_much_was_done(settings):
    film_of(uuid4())
    settings.FILM_ROOT_KEY, settings.FILM_ROOT_KEYS_OLD = NEW, [OLD]

    told("keys_rotate")
    assert "Everything hangs on it already." in told("keys_rotate")

    line = Line.objects.get(verb="footage.keys_rotated")
    assert line.facts["accounts_rewrapped"] == 1
    assert line.facts["root"] == roots.current().id


def test_without_the_old_root_nothing_is_changed_and_it_says_which_is_missing(settings):
    film = film_of(uuid4())
    missing = roots.current().id
    settings.FILM_ROOT_KEY = NEW

    with pytest.raises(CommandError, match=f"root key {missing} was not given"):
        told("keys_rotate")
    with pytest.raises(CommandError, match="1 rings do not open"):
        told("keys_check")

    settings.FILM_ROOT_KEY = OLD
    assert keys.film_key(film)


def test_the_check_says_which_roots_are_in_use(settings):
    film_of(uuid4())
    first = roots.current().id
    settings.FILM_ROOT_KEY, settings.FILM_ROOT_KEYS_OLD = NEW, [OLD]
    assert f"Root key {first} (old) wraps 1 keys." in told("keys_check")

    told("keys_rotate")

    said = told("keys_check")
    assert f"Root key {first} (old) wraps nothing: it can be taken away." in said
    assert "Every living key opens" in said


def test_a_ring_destroyed_meanwhile_stays_dead():
    film = film_of(uuid4())
    AccountKey.objects.get()

    def destroyed(name, *_):
        keys.destroy(film.ring)

    rotating.rotate(accounts=True, tell=destroyed)

    assert keys.is_destroyed(film.ring)
    with pytest.raises(KeyGone):
        keys.film_key(film)


def test_each_organisation_has_a_key_of_its_own_and_a_ring_opens_under_no_other():
    ours, theirs = film_of(uuid4(), SERVICE), film_of(uuid4())
    mine = AccountKey.objects.get(account=SERVICE)
    RingKey.objects.filter(ring=theirs.ring).update(account_key=mine)

    with pytest.raises(SealBroken):
        keys.film_key(theirs)
    assert keys.film_key(ours)
    assert AccountKey.objects.count() == 2


@pytest.mark.parametrize("lost", ["house", "keys", "root"])
def test_no_part_of_the_chain_opens_a_film_alone(settings, lost):
    """A dump of the house, one of the keys, both without the root: none opens anything."""
    film = film_of(uuid4())
    if lost == "house":
        film.wrapped_key = wrapping.wrap(b"\0" * 32, b"\0" * 32, f"film|{film.pk}|{film.ring}")
    elif lost == "keys":
        RingKey.objects.all().delete()
        AccountKey.objects.all().delete()
    else:
        settings.FILM_ROOT_KEY = NEW

    with pytest.raises(SealBroken):
        keys.film_key(film)


def test_what_a_back_up_of_the_keys_brings_back_is_buried_again(sender):
    film = film_of(uuid4(), sender=sender)
    dump = list(RingKey.objects.values())
    old_film = Film.objects.get(pk=film.pk)
    services.shred(user_id=sender.user_id, ring=film.ring)
    purging.bury(film.ring)
    for row in dump:  # the back-up is restored
        RingKey.objects.filter(pk=row["ring"]).delete()
        RingKey.objects.create(**row)
    assert keys.film_key(old_film)
    with pytest.raises(CommandError, match="destroyed keys are back"):
        told("keys_check")

    assert "1 keys were destroyed again." in told("keys_bury")
    assert "0 keys were destroyed again." in told("keys_bury")

    with pytest.raises(KeyGone):
        keys.film_key(old_film)
    assert Line.objects.filter(verb="footage.key_destroyed_again").count() == 1
    assert "no destroyed one is back" in told("keys_check")


def test_a_list_of_graves_kept_elsewhere_mends_a_restore_of_both(sender, tmp_path):
    film = film_of(uuid4(), sender=sender)
    services.shred(user_id=None, ring=film.ring)
    purging.bury(film.ring)
    kept = Path(tmp_path / "graves.txt")
    kept.write_text(told("keys_bury", "--list"))
    Grave.objects.all().delete()  # both are restored from before the withdrawal
    RingKey.objects.all().delete()
    Film.objects.all().delete()
    again = film_of(film.ring, sender=sender)

    said = told("keys_bury", "--from", str(kept))

    assert "1 graves were not known here" in said
    again.refresh_from_db()
    assert again.state == "purging"
    assert keys.is_destroyed(film.ring)


def test_a_list_that_is_none_changes_nothing(tmp_path):
    (tmp_path / "list").write_text("dear reader\n")

    with pytest.raises(CommandError, match="not a list of graves"):
        told("keys_bury", "--from", str(tmp_path / "list"))
