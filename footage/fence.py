"""What the kernel itself refuses to a child: calls it never needs, and files that are not its own.

The first is a seccomp filter, the second Landlock. Both need no rights and no bubblewrap; where the
kernel knows neither, nothing is promised (`seccomp` and `landlock` say what is so).
"""

import contextlib
import ctypes
import os
import platform
import struct
from collections.abc import Iterable, Iterator
from functools import cache

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_FILTER = 38, 22, 2
ALLOW, REFUSE, UNKNOWN = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38  # EPERM, ENOSYS
LOAD, EQUAL, ANY_BIT, AT_LEAST, RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
NUMBER, MACHINE, FIRST = 0, 4, 16  # offsets in struct seccomp_data
CLONE_THREAD = 0x00010000
INTERNET = (2, 10)
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
LIST, READ, READ_WRITE = 0b1000, 0b1101, 0b0110  # execute, write, read, list: from the right
SAME_EVERYWHERE = {
    "clone3": 435, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432,
    "fspick": 433, "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424,
    "mount_setattr": 442,
}  # fmt: skip
CALLS: dict[str, dict[str, int]] = {
    "x86_64": {
        "socket": 41, "clone": 56, "socketpair": 53, "fork": 57, "vfork": 58, "kill": 62,
        "rt_sigqueueinfo": 129, "tkill": 200, "ptrace": 101, "process_vm_readv": 310,
        "process_vm_writev": 311, "kcmp": 312, "mount": 165, "umount2": 166, "pivot_root": 155,
        "chroot": 161, "unshare": 272, "setns": 308, "keyctl": 250, "add_key": 248,
        "request_key": 249, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323,
        "init_module": 175, "finit_module": 313, "delete_module": 176, "kexec_load": 246,
        "kexec_file_load": 320, "reboot": 169, "swapon": 167, "swapoff": 168,
        "open_by_handle_at": 304, "name_to_handle_at": 303, "personality": 135, "acct": 163,
        "quotactl": 179, "syslog": 103,
    },
    "aarch64": {
        "socket": 198, "clone": 220, "socketpair": 199, "kill": 129, "rt_sigqueueinfo": 138,
        "tkill": 130, "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271,
        "kcmp": 272, "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51, "unshare": 97,
        "setns": 268, "keyctl": 219, "add_key": 217, "request_key": 218, "bpf": 280,
        "perf_event_open": 241, "userfaultfd": 282, "init_module": 105, "finit_module": 273,
        "delete_module": 106, "kexec_load": 104, "kexec_file_load": 294, "reboot": 142,
        "swapon": 224, "swapoff": 225, "open_by_handle_at": 265, "name_to_handle_at": 264,
        "personality": 92, "acct": 89, "quotactl": 60, "syslog": 116,
    },
}  # fmt: skip
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_libc = ctypes.CDLL(None, use_errno=True)


@cache
def seccomp(*, loopback: bool = False) -> bytes | None:
    """The filter as the kernel wants it; None on a machine whose calls we do not know.

    The child may start threads, but no process, and has no socket. With `loopback` it may talk
    over the internet's protocols: its own network holds nothing else.
    """
    machine = platform.machine()
    if machine not in CALLS:
        return None
    refused = {**CALLS[machine], **SAME_EVERYWHERE}
    socket, clone = refused.pop("socket"), refused.pop("clone")
    asked = [
        _say(LOAD, MACHINE),
        _say(EQUAL, MACHINES[machine], 1, 0),
        _say(RETURN, REFUSE),
        _say(LOAD, NUMBER),
        _say(AT_LEAST, 0x40000000, 0, 1),  # the other dialect of x86, through the back door
        _say(RETURN, REFUSE),
    ]
    # "not known" makes libc take the old call, whose wishes can be looked at
    asked += [_say(EQUAL, refused.pop("clone3"), 0, 1), _say(RETURN, UNKNOWN)]
    for number in refused.values():
        asked += [_say(EQUAL, number, 0, 1), _say(RETURN, REFUSE)]
    asked += _sockets(socket, loopback)
    asked += _threads(clone)
    return b"".join([*asked, _say(RETURN, ALLOW)])


def _say(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("<HBBI", code, yes, no, value)


def _sockets(call: int, loopback: bool) -> list[bytes]:
    """No socket at all; or only the internet's."""
    if not loopback:
        return [_say(EQUAL, call, 0, 1), _say(RETURN, REFUSE)]
    families = [_say(EQUAL, kind, len(INTERNET) - at, 0) for at, kind in enumerate(INTERNET)]
    asked = [_say(LOAD, FIRST), *families, _say(RETURN, REFUSE), _say(RETURN, ALLOW)]
    return [_say(EQUAL, call, 0, len(asked)), *asked]


def _threads(call: int) -> list[bytes]:
    """A new thread, but no new process."""
    asked = [_say(LOAD, FIRST), _say(ANY_BIT, CLONE_THREAD, 1, 0), _say(RETURN, REFUSE)]
    return [_say(EQUAL, call, 0, len(asked)), *asked]


def refuse_calls(program: bytes) -> None:
    """In the child: from here on, for ever, these calls are refused."""
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    held = ctypes.create_string_buffer(program, len(program))
    filtered = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(held))
    _libc.prctl(PR_SET_SECCOMP, SECCOMP_FILTER, filtered, 0, 0)


@cache
def landlock() -> int:
    """Which Landlock the kernel speaks; 0 for none."""
    return max(0, _libc.syscall(CREATE_RULESET, None, 0, 1))


@contextlib.contextmanager
def rules_for(readable: Iterable[str]) -> Iterator[int | None]:
    """A ruleset (an open file) under which nothing but these may be read, nothing written."""
    version = landlock()
    if not version:
        yield None
        return
    files = (1 << 13) - 1 | sum(1 << 11 + at for at in (2, 3) if version >= at)
    files |= 1 << 15 if version >= 5 else 0
    network, scope = (3 if version >= 4 else 0), (3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    wanted = struct.pack("QQQ", files, network, scope)
    rules = _libc.syscall(CREATE_RULESET, wanted, size, 0)
    try:
        for name, may in [*((name, READ) for name in readable), ("/dev/null", READ_WRITE)]:
            _allow(rules, name, may)
        yield rules
    finally:
        os.close(rules)


def _allow(rules: int, name: str, may: int) -> None:
    with contextlib.suppress(OSError):
        place = os.open(name, os.O_PATH | os.O_CLOEXEC)
        try:
            allowed = may if os.path.isdir(name) else may & ~LIST
            _libc.syscall(ADD_RULE, rules, 1, struct.pack("=Qi", allowed, place), 0)
        finally:
            os.close(place)


def refuse_files(rules: int) -> None:
    """In the child: from here on, for ever, only what the rules name can be opened."""
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _libc.syscall(RESTRICT_SELF, rules, 0)
