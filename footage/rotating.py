"""Wrapping keys anew: the films, and the keys that open them, stay as they are.

Each row is wrapped anew in a transaction of its own, locked while it is. So films can be sent and
watched meanwhile, and a run that is killed is simply run again: it finds what is left.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from footage import keys, roots
from footage.models import HOUSE, AccountKey, Film, RingKey
from ledger import services as ledger

Tell = Callable[[str, int, int], None]


@dataclass
class Rotation:
    """What was wrapped anew, or would be."""

    rings_adopted: int = 0
    accounts_rewrapped: int = 0
    accounts_renewed: int = 0
    rings_rewrapped: int = 0
    accounts_retired: int = 0

    def __bool__(self) -> bool:
        return any(asdict(self).values())


def rotate(*, accounts: bool = False, dry_run: bool = False, tell: Tell) -> Rotation:
    """Everything hangs on the current root key; with `accounts`, on new organisations' keys too.

    One line in the ledger says how much that was. `tell(what, done, all)` hears of the progress.
    """
    made = Rotation()
    steps = [
        ("rings_adopted", _unadopted, _adopt),
        ("accounts_rewrapped", _under_old_roots, _rewrap),
        *([("accounts_renewed", _to_renew, _renew)] if accounts else []),
        ("rings_rewrapped", _on_retired, _move),
        ("accounts_retired", _empty, _forget),
    ]
    for name, find, deed in steps:
        found = find()
        for number, pk in enumerate([] if dry_run else found, start=1):
            deed(pk)
            tell(name, number, len(found))
        setattr(made, name, len(found))
    if dry_run and accounts:
        made.rings_rewrapped = RingKey.objects.living().count()
        made.accounts_retired = made.accounts_renewed
    if made and not dry_run:
        _record(made)
    return made


def _record(made: Rotation) -> None:
    """One line, on the house's own key: the root keys by name, never by what they are."""
    with transaction.atomic(using=keys.database()):
        holder = keys.held_account(HOUSE)
    with transaction.atomic():
        ledger.record(
            user_id=None,
            verb="footage.keys_rotated",
            subject=holder,
            root=roots.current().id,
            **asdict(made),
        )


def _unadopted() -> list[UUID]:
    """Rings from before organisations had keys."""
    return _pks(RingKey.objects.living().filter(account_key=None))


def _under_old_roots() -> list[UUID]:
    return _pks(AccountKey.objects.exclude(root=roots.current().id))


def _to_renew() -> list[UUID]:
    """Current keys with rings on them, but for accounts whose last renewal was not finished."""
    unfinished = AccountKey.objects.retired().values("account")
    rows = AccountKey.objects.current().filter(rings__isnull=False).exclude(account__in=unfinished)
    return _pks(rows.distinct())


def _on_retired() -> list[UUID]:
    return _pks(RingKey.objects.living().filter(account_key__retired_at__isnull=False))


def _empty() -> list[UUID]:
    return _pks(AccountKey.objects.retired().filter(rings=None))


def _pks(rows: Iterable[AccountKey] | Iterable[RingKey]) -> list[UUID]:
    return list(rows.values_list("pk", flat=True))


def _adopt(ring: UUID) -> None:
    """The ring hangs on its organisation's key, as its films say whose it is."""
    account = Film.objects.in_ring(ring).values_list("account", flat=True).first()
    _hang_anew(ring, account or HOUSE)


def _move(ring: UUID) -> None:
    """The ring hangs on its organisation's current key."""
    row = RingKey.objects.select_related("account_key").get(pk=ring)
    if row.account_key:
        _hang_anew(ring, row.account_key.account)


def _hang_anew(ring: UUID, account: UUID) -> None:
    with transaction.atomic(using=keys.database()):
        holder = keys.held_account(account)
        rows = RingKey.objects.living().select_for_update(of=("self",))
        row = rows.select_related("account_key").filter(pk=ring).first()
        if row:  # else it was destroyed a moment ago
            keys.hang(row, holder, keys.ring_key(row)).save(
                update_fields=["account_key", "wrapped", "root"]
            )


def _rewrap(pk: UUID) -> None:
    """The organisation's key is the same, and wrapped by the current root key."""
    with transaction.atomic(using=keys.database()):
        row = AccountKey.objects.select_for_update().filter(pk=pk).first()
        if row:
            keys.wrap_account(row, keys.account_key(row)).save(update_fields=["wrapped", "root"])


def _renew(pk: UUID) -> None:
    """The organisation has a new key; what hangs on the old one is moved next."""
    with transaction.atomic(using=keys.database()):
        row = AccountKey.objects.current().select_for_update().filter(pk=pk).first()
        if row:
            row.retired_at = timezone.now()
            row.save(update_fields=["retired_at"])
            keys.held_account(row.account)


def _forget(pk: UUID) -> None:
    """A retired key that nothing hangs on any more is gone."""
    with transaction.atomic(using=keys.database()):
        row = AccountKey.objects.retired().select_for_update().filter(pk=pk).first()
        if row and not row.rings.exists():
            row.delete()
