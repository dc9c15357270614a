"""Keys: a film's key hangs on its ring's, that one on its organisation's, that one on a root key.

Nothing here is remembered between calls: a key destroyed or wrapped anew a moment ago is so for the
very next request, in every process.
"""

import hashlib
from functools import cache
from uuid import UUID, uuid4

from django.db import router, transaction
from django.utils import timezone

from footage import roots, wrapping
from footage.errors import KeyGone, SealBroken
from footage.models import HOUSE, AccountKey, Film, RingKey
from footage.wrapping import Secret
from people.questions import Question

# What opens a key, in the order of the models (as from_db takes it).
OF_RING = ("ring", "account_key_id", "wrapped", "root")
OF_ACCOUNT = ("id", "account", "wrapped", "root")


def wrapped_for(film_id: UUID, ring: UUID, account: UUID = HOUSE) -> bytes:
    """A new film key, wrapped by its ring's key (made for this account with its first film)."""
    row = _row(ring) or _new_ring(ring, account)
    return wrapping.wrap(ring_key(row), wrapping.new_key(), f"film|{film_id}|{ring}")


def film_key(film: Film) -> Secret:
    """The film's key; KeyGone once its ring was destroyed. One query on the keys' database."""
    if not film.wrapped_key:
        raise KeyGone(f"{film} has no key any more")
    row = _row(film.ring)
    if row is None:
        raise SealBroken(f"ring {film.ring} has no row: are the keys an old back-up?")
    return film_key_from(film, row)


def film_key_from(film: Film, row: RingKey) -> Secret:
    """The film's key from the row of its ring, without a query."""
    return wrapping.unwrap(ring_key(row), bytes(film.wrapped_key), f"film|{film.pk}|{film.ring}")


def ring_key(row: RingKey) -> Secret:
    """The key of a ring from its row, read together with its account's; KeyGone once destroyed."""
    if row.wrapped is None:
        raise KeyGone(f"the key of ring {row.ring} is gone")
    if row.account_key is None:
        return wrapping.unwrap(roots.named(row.root).key, bytes(row.wrapped), f"ring|{row.ring}")
    return wrapping.unwrap(account_key(row.account_key), bytes(row.wrapped), _purpose(row))


def account_key(row: AccountKey) -> Secret:
    """The key of an organisation; RootMissing without the root key that wrapped it."""
    root = roots.named(row.root)
    return wrapping.unwrap(root.key, bytes(row.wrapped), f"account|{row.account}|{row.pk}")


def hang(row: RingKey, holder: AccountKey, key: bytes) -> RingKey:
    """The row, wrapped by this organisation's key; not saved."""
    row.account_key, row.root = holder, ""
    row.wrapped = wrapping.wrap(account_key(holder), key, _purpose(row))
    return row


def wrap_account(row: AccountKey, key: bytes) -> AccountKey:
    """The row, wrapped by the current root key; not saved."""
    root = roots.current()
    row.wrapped = wrapping.wrap(root.key, key, f"account|{row.account}|{row.pk}")
    row.root = root.id
    return row


def held_account(account: UUID) -> AccountKey:
    """The organisation's current key, made when it has none, locked until the transaction ends."""
    rows = AccountKey.objects.current().filter(account=account)
    while True:
        row = rows.select_for_update().first()
        if row:
            return row
        fresh = wrap_account(AccountKey(pk=uuid4(), account=account), wrapping.new_key())
        facts = {"pk": fresh.pk, "wrapped": fresh.wrapped, "root": fresh.root}
        AccountKey.objects.get_or_create(account=account, retired_at=None, defaults=facts)


def destroy(ring: UUID) -> str:
    """No copy of any film of this ring opens again. Returns the dead key's fingerprint."""
    with transaction.atomic(using=database()):
        key, _ = RingKey.objects.select_for_update(of=("self",)).get_or_create(
            ring=ring, defaults={"fingerprint": "", "destroyed_at": timezone.now()}
        )
        if key.wrapped is not None:
            key.wrapped = key.account_key = None
            key.destroyed_at = timezone.now()
            key.save(update_fields=["wrapped", "account_key", "destroyed_at"])
    return key.fingerprint


def is_destroyed(ring: UUID) -> bool:
    """Has this ring been destroyed?"""
    return RingKey.objects.filter(ring=ring, wrapped=None).exists()


def fingerprint(ring: UUID) -> str:
    """What the receipt will say of this ring; empty when it never had a key."""
    return RingKey.objects.filter(ring=ring).values_list("fingerprint", flat=True).first() or ""


def database() -> str:
    """The alias of the keys' database."""
    return router.db_for_write(RingKey)


def _row(ring: UUID) -> RingKey | None:
    """The ring's row with its organisation's, in one query that is put into SQL once."""
    found = _question(database()).ask(ring=ring)
    if found is None:
        return None
    row = RingKey.from_db(database(), OF_RING, found[: len(OF_RING)])
    if row.account_key_id:
        row.account_key = AccountKey.from_db(database(), OF_ACCOUNT, found[len(OF_RING) :])
    return row


@cache
def _question(alias: str) -> Question:
    names = [*OF_RING, *(f"account_key__{name}" for name in OF_ACCOUNT)]
    return Question(
        lambda ring: RingKey.objects.using(alias).filter(ring=ring).values_list(*names),
        using=alias,
        ring=UUID("5eed0000-0000-4000-8000-000000000003"),
    )


def _new_ring(ring: UUID, account: UUID) -> RingKey:
    """The ring's row; whoever comes second gets the first one's."""
    key = wrapping.new_key()
    with transaction.atomic(using=database()):
        holder = held_account(account)
        fresh = hang(RingKey(ring=ring), holder, key)
        facts = {
            "account_key": holder,
            "wrapped": fresh.wrapped,
            "fingerprint": hashlib.sha256(key).hexdigest(),
        }
        return RingKey.objects.select_related("account_key").get_or_create(
            ring=ring, defaults=facts
        )[0]


def _purpose(row: RingKey) -> str:
    """What a ring's wrapping is bound to: the ring, and whose it is."""
    holder = row.account_key
    return f"ring|{row.ring}|{holder.account if holder else HOUSE}"
