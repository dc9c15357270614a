"""Keys are where they belong and nowhere else: not in files others read, not in what is printed."""

import base64
import logging
import os
import sys
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.views.debug import ExceptionReporter

from config.settings import env
from footage import keys, purging, roots, rotating, services, wrapping
from footage.errors import SealBroken
from footage.models import AccountKey, Film, Grave, RingKey
from footage.wrapping import Secret
from ledger.models import Line
from tests.footage.conftest import RING

pytestmark = pytest.mark.walk  # the same on every database: once is enough
WORDS = "a root key for a test, thirty-two letters or more"


@pytest.fixture
def root_file(tmp_path, monkeypatch):
    """A file with the root key, and its name in the environment."""
    path = tmp_path / "root"
    path.write_text(f"{WORDS}\n")
    path.chmod(0o400)
    monkeypatch.delenv("ATTUNE_ROOT_KEY", raising=False)
    monkeypatch.setenv("ATTUNE_ROOT_KEY_FILE", str(path))
    return path


def test_the_root_key_comes_from_a_file_that_only_its_owner_reads(root_file):
    assert env.secret("ATTUNE_ROOT_KEY", "root-key") == WORDS


@pytest.mark.parametrize("mode", [0o404, 0o444, 0o420, 0o604, 0o666, 0o401])
def test_a_file_that_others_can_come_near_is_refused_and_not_told(root_file, mode):
    root_file.chmod(mode)

    with pytest.raises(ImproperlyConfigured, match=f"mode {mode:o}") as refused:
        env.secret("ATTUNE_ROOT_KEY", "root-key")

    assert WORDS not in str(refused.value)


def test_older_root_keys_stand_one_a_line_or_between_commas(root_file, monkeypatch):
    root_file.chmod(0o600)
    root_file.write_text("first key\n\nsecond key\n")
    monkeypatch.setenv("ATTUNE_ROOT_KEYS_OLD_FILE", str(root_file))
    assert env.several("ATTUNE_ROOT_KEYS_OLD") == ["first key", "second key"]

    monkeypatch.delenv("ATTUNE_ROOT_KEYS_OLD_FILE")
    monkeypatch.setenv("ATTUNE_ROOT_KEYS_OLD", "one, two,")
    assert env.several("ATTUNE_ROOT_KEYS_OLD") == ["one", "two"]


def test_a_missing_or_empty_file_and_two_answers_are_refused(root_file, monkeypatch):
    root_file.chmod(0o600)
    root_file.write_text("\n")
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        env.given("ATTUNE_ROOT_KEY")
    root_file.unlink()
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.given("ATTUNE_ROOT_KEY")
    monkeypatch.setenv("ATTUNE_ROOT_KEY", WORDS)
    with pytest.raises(ImproperlyConfigured, match="not both"):
        env.given("ATTUNE_ROOT_KEY")


def test_the_root_key_an_embedded_house_makes_is_its_owners_alone(tmp_path):
    made = env.kept(tmp_path / "new" / "root-key")

    assert len(made) >= 32
    assert os.stat(tmp_path / "new" / "root-key").st_mode & 0o777 == 0o600


def test_a_secret_is_two_words_however_it_is_printed():
    secret = Secret(b"k" * 32)

    assert {repr(secret), str(secret), f"{secret}", "%s" % secret, "%r" % (secret,)} == {  # noqa: UP031
        "<a secret>"
    }
    assert secret == b"k" * 32


def spellings(key: bytes) -> list[str]:
    """How these bytes would look if somebody wrote them down."""
    return [key.hex(), key.hex().upper(), base64.b64encode(key).decode(), bytes(key).__repr__()]


@pytest.mark.django_db
def test_no_key_is_in_logs_traces_ledger_or_print(sent, sender, caplog, settings):
    settings.FILM_ROOT_KEY, settings.FILM_ROOT_KEYS_OLD = WORDS, [WORDS[::-1]]
    caplog.set_level(logging.DEBUG)
    film = sent(b"a film, or nearly " * 9000)
    row = RingKey.objects.select_related("account_key").get(ring=film.ring)
    found = [roots.current().key, keys.account_key(row.account_key), keys.ring_key(row)]
    found.append(keys.film_key(film))
    said = [repr(found), f"{row!r} {row} {row.account_key!r} {film!r} {roots.known()!r}"]

    rotating.rotate(accounts=True, tell=lambda *_: None)
    found.append(keys.account_key(AccountKey.objects.get()))
    film.wrapped_key = wrapping.wrap(found[0], found[3], "another purpose")
    try:
        keys.film_key(film)
    except SealBroken as broken:
        said.append(str(broken))
        reporter = ExceptionReporter(None, *sys.exc_info())
        said += [reporter.get_traceback_text(), reporter.get_traceback_html()]
    services.shred(user_id=sender.user_id, ring=UUID(RING))
    purging.bury(UUID(RING))
    said += [caplog.text, *(f"{line.verb} {line.facts}" for line in Line.objects.all())]
    said += [f"{grave!r} {vars(grave)}" for grave in Grave.objects.all()]

    everything = "\n".join(said)
    assert "footage.key_destroyed" in everything
    assert "<a secret>" in everything
    leaked = [key for key in found for way in spellings(key) if way in everything]
    assert not leaked
    assert WORDS not in everything
    assert WORDS[::-1] not in everything


@pytest.mark.django_db
def test_no_key_is_in_the_rows_of_either_database():
    film_id, ring = uuid4(), uuid4()
    film = Film(pk=film_id, ring=ring, wrapped_key=keys.wrapped_for(film_id, ring))
    row = RingKey.objects.select_related("account_key").get(ring=ring)
    rows = [*RingKey.objects.values_list(), *AccountKey.objects.values_list()]
    kept = b"".join(bytes(cell) for cells in rows for cell in cells if isinstance(cell, bytes))
    kept += repr(rows).encode() + bytes(film.wrapped_key)

    for key in (keys.film_key(film), keys.ring_key(row), keys.account_key(row.account_key)):
        assert bytes(key) not in kept
        assert key.hex().encode() not in kept
