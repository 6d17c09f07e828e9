"""Which calls of the kernel this process may still make: a filter of seccomp (BPF), without root.

What is not named here is refused: sockets, programs, signals to others, ptrace, io_uring, files opened for writing, memory
that is executed. Numbers are those of `asm/unistd_64.h` (x86-64) and `asm-generic/unistd.h` (64-bit ARM); elsewhere there
is no filter. What is refused answers EPERM, so that a library which only tries goes on.
"""

import ctypes
import errno
import os
import platform
from typing import NamedTuple

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# By name, on x86-64 and on 64-bit ARM, which has no older form of some. The commonest first: the filter is a chain.
_PLAIN: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "write": (1, 64), "futex": (202, 98), "munmap": (11, 215), "madvise": (28, 233), "brk": (12, 214),
    "mremap": (25, 216), "lseek": (8, 62), "pread64": (17, 67), "close": (3, 57), "fstat": (5, 80), "newfstatat": (262, 79),
    "stat": (4, None), "lstat": (6, None), "statx": (332, 291), "readv": (19, 65), "writev": (20, 66),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78),
    "getcwd": (79, 17), "getdents64": (217, 61), "dup": (32, 23), "close_range": (436, 436), "fadvise64": (221, 223),
    "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getrandom": (318, 278), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101), "gettimeofday": (96, 169),
    "time": (201, None), "uname": (63, 160), "sysinfo": (99, 179), "getrusage": (98, 165), "times": (100, 153),
    "getrlimit": (97, 163), "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "set_robust_list": (273, 99),
    "set_tid_address": (218, 96), "rseq": (334, 293), "membarrier": (324, 283), "poll": (7, None), "ppoll": (271, 73),
    "restart_syscall": (219, 128), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
# To start a program, talk to it and wait for it; which one, Landlock says.
_OF_PROGRAMS: dict[str, tuple[int | None, int | None]] = {
    "execve": (59, 221), "vfork": (58, None), "wait4": (61, 260), "waitid": (247, 95), "pipe2": (293, 59), "dup2": (33, None),
    "dup3": (292, 24), "arch_prctl": (158, None), "select": (23, None), "pselect6": (270, 72), "statfs": (137, 43),
}  # fmt: skip
_OPEN, _OPENAT, _MMAP, _MPROTECT = (2, None), (257, 56), (9, 222), (10, 226)
_CLONE, _CLONE3, _TGKILL, _PRLIMIT, _FCNTL = (56, 220), (435, 435), (234, 131), (302, 261), (72, 25)

_CHANGES_FILES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PROT_WRITE, _PROT_EXEC = 2, 4
_CLONE_THREAD = 0x10000
_CLONE_NAMESPACES = 0x7E020080
_DESCRIPTORS = (0, 1, 2, 3, 4, 1030)  # of fcntl: duplicate, flags, and close on exec; none that names another process

_LOAD, _EQUAL, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x45, 0x54, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_REFUSE, _UNKNOWN = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # where they stand in the kernel's `seccomp_data`
_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2

_libc = ctypes.CDLL(None, use_errno=True)


class _Instruction(NamedTuple):
    code: int
    yes: int
    no: int
    value: int


class _Filter(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("filters", ctypes.POINTER(_Filter)))


def available() -> bool:
    """Whether there is a filter for this machine, and the kernel takes filters."""
    # PR_GET_SECCOMP is 21; it answers with an error where the kernel was built without.
    return platform.machine() in _ARCHITECTURES and int(_libc.prctl(21, 0, 0, 0, 0)) >= 0


def forgo_privileges() -> None:
    """No program that this process starts gets rights that it has not; a filter asks for it."""
    _checked(_libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0))


def restrict(libraries: bool = False, programs: bool = False) -> None:
    """From now on only what is named above is answered; with `libraries` they may be loaded, with `programs` one may be started.
    Raises OSError where the kernel refuses.
    """
    instructions = _program(_ARCHITECTURES[platform.machine()], platform.machine() == "aarch64", libraries, programs)
    filters = (_Filter * len(instructions))(*(_Filter(*one) for one in instructions))
    _checked(_libc.prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.byref(_Program(len(filters), filters)), 0, 0))


def _program(architecture: int, arm: bool, libraries: bool, programs: bool) -> list[_Instruction]:
    rules = [
        _Instruction(_LOAD, 0, 0, _ARCHITECTURE),
        _Instruction(_EQUAL, 1, 0, architecture),
        _Instruction(_RETURN, 0, 0, _KILL),
        _Instruction(_LOAD, 0, 0, _NUMBER),
    ]
    plain = [*_PLAIN.values(), *(_OF_PROGRAMS.values() if programs else ())]
    special = [
        (_MMAP, _executable(libraries)),
        (_MPROTECT, _executable(False)),  # a library is mapped executable, never made so
        (_OPENAT, _unless(2, _CHANGES_FILES)),
        (_OPEN, _unless(1, _CHANGES_FILES)),
        (_CLONE, _unless(0, _CLONE_NAMESPACES) if programs else _only_if(0, _CLONE_THREAD)),
        (_CLONE3, [_Instruction(_RETURN, 0, 0, _UNKNOWN)]),  # its flags cannot be seen: glibc falls back to clone
        (_TGKILL, _equal(0, (os.getpid(),))),  # abort() of its own
        (_PRLIMIT, [*_zero(2), *_equal(0, (0,))]),  # limits are asked for, not set
        (_FCNTL, _equal(1, _DESCRIPTORS)),
    ]
    for numbers in plain:
        rules += _for(numbers[arm], [_Instruction(_RETURN, 0, 0, _ALLOW)])
    for numbers, judgement in special:
        rules += _for(numbers[arm], judgement)
    return [*rules, _Instruction(_RETURN, 0, 0, _REFUSE)]


def _for(number: int | None, judgement: list[_Instruction]) -> list[_Instruction]:
    """What is done with one call; each judgement ends in a return."""
    return [] if number is None else [_Instruction(_EQUAL, 0, len(judgement), number), *judgement]


def _argument(position: int) -> _Instruction:
    """The lower half of an argument."""
    return _Instruction(_LOAD, 0, 0, _ARGUMENTS + 8 * position)


def _unless(position: int, bits: int) -> list[_Instruction]:
    return [
        _argument(position),
        _Instruction(_ANY_BIT, 0, 1, bits),
        _Instruction(_RETURN, 0, 0, _REFUSE),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    ]


def _only_if(position: int, bits: int) -> list[_Instruction]:
    allowed, refused = _Instruction(_RETURN, 0, 0, _ALLOW), _Instruction(_RETURN, 0, 0, _REFUSE)
    return [_argument(position), _Instruction(_ANY_BIT, 0, 1, bits), allowed, refused]


def _equal(position: int, values: tuple[int, ...]) -> list[_Instruction]:
    compared = [_Instruction(_EQUAL, len(values) - n, 0, value) for n, value in enumerate(values)]
    return [
        _argument(position),
        *compared,
        _Instruction(_RETURN, 0, 0, _REFUSE),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    ]


def _zero(position: int) -> list[_Instruction]:
    """Refuses an argument that is not null; what follows judges on."""
    upper = _Instruction(_LOAD, 0, 0, _ARGUMENTS + 8 * position + 4)
    refused = _Instruction(_RETURN, 0, 0, _REFUSE)
    null = _Instruction(_EQUAL, 1, 0, 0)
    return [_argument(position), null, refused, upper, null, refused]


def _executable(libraries: bool) -> list[_Instruction]:
    """Memory that is executed: none; where libraries must be loaded, none that is also written."""
    if not libraries:
        return _unless(2, _PROT_EXEC)
    both = _PROT_WRITE | _PROT_EXEC
    return [
        _argument(2),
        _Instruction(_AND, 0, 0, both),
        _Instruction(_EQUAL, 0, 1, both),
        _Instruction(_RETURN, 0, 0, _REFUSE),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    ]


def _checked(answer: int) -> None:
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
