"""Ways out of a process that is shut in, each tried for good: what works yields; what is refused raises.

Run by `test_escapes` in processes of their own. `home` is a folder with `own.pdf`, the one document that may be read, and
`other.pdf`. Numbers of calls of the kernel are those of x86-64.
"""

import ctypes
import fcntl
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

_libc = ctypes.CDLL(None, use_errno=True)


class Attempt(NamedTuple):
    """What is tried; the right of the kernel that refuses it; and how the process ends: by its own error, if nothing is said."""

    tries: Callable[[Path], object]
    right: str = "seccomp"
    ends: str = "failed"


def attempt(name: str, home: Path, tell: Callable[[bytes, bytes], None]) -> Iterator[bytes]:
    """In the process: an answer is an escape."""
    ATTEMPTS[name].tries(home)
    yield b"escaped"


def _call(number: int, *arguments: object) -> None:
    if _libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _connect(home: Path) -> None:
    port = int((home / "own.pdf").read_text())
    socket.create_connection(("127.0.0.1", port), timeout=5).close()


def _memory(_: Path) -> None:
    kept = []
    while True:
        kept.append(bytearray(os.urandom(2**10) * 2**14))


def _shared_memory(_: Path) -> None:
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 2**28))


def _threads(_: Path) -> None:
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()


def _files(_: Path) -> None:
    kept = []
    while True:
        kept.append(os.open(os.devnull, os.O_RDONLY))


def _forever(_: Path) -> None:
    while True:
        pass


def _much(_: Path) -> None:
    raise RuntimeError("x" * 2**20)


def _executable_memory(_: Path) -> None:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)


def _made_executable(_: Path) -> None:
    memory = mmap.mmap(-1, 4096)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    if _libc.mprotect(ctypes.c_void_p(address), 4096, mmap.PROT_READ | mmap.PROT_EXEC):
        raise OSError(ctypes.get_errno(), "mprotect")


def _parent_memory(_: Path) -> None:
    Path(f"/proc/{os.getppid()}/mem").open("rb").close()


def _panic(_: Path) -> None:
    raise _PanicError("index out of bounds")


class _PanicError(BaseException):
    """What libraries in Rust raise, which is no Exception."""


ATTEMPTS: dict[str, Attempt] = {
    # Connections.
    "tcp": Attempt(lambda _: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
    "udp": Attempt(lambda _: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
    "unix socket": Attempt(lambda _: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)),
    "netlink": Attempt(lambda _: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)),
    "pair of sockets": Attempt(lambda _: socket.socketpair()),
    "a server of this machine": Attempt(_connect),
    "io_uring": Attempt(lambda _: _call(425, 8, ctypes.create_string_buffer(120))),
    # Programs and processes.
    "a program": Attempt(lambda _: subprocess.run(["/bin/true"], check=True)),
    "spawn": Attempt(lambda _: os.posix_spawn("/bin/true", ["true"], {})),
    "exec": Attempt(lambda _: os.execv(sys.executable, [sys.executable, "-c", ""])),
    "exec from memory": Attempt(lambda _: os.memfd_create("program")),
    "execveat": Attempt(lambda _: _call(322, -100, b"/bin/true", None, None, 0)),
    "fork": Attempt(lambda _: os.fork()),
    "vfork": Attempt(lambda _: _call(58)),
    "clone": Attempt(lambda _: _call(56, signal.SIGCHLD, 0, 0, 0, 0)),
    "clone3": Attempt(lambda _: _call(435, ctypes.create_string_buffer(88), ctypes.c_size_t(88))),
    "executable memory": Attempt(_executable_memory),
    "memory made executable": Attempt(_made_executable),
    # Files.
    "another file": Attempt(lambda _: Path("/etc/passwd").read_bytes(), "landlock"),
    "another document": Attempt(lambda home: (home / "other.pdf").read_bytes(), "landlock"),
    "the folder": Attempt(lambda home: list(home.iterdir()), "landlock"),
    "over the root of the process": Attempt(lambda _: Path("/proc/self/root/etc/passwd").read_bytes(), "landlock"),
    "the environment": Attempt(lambda _: Path("/proc/self/environ").read_bytes(), "landlock"),
    "the memory of the parent": Attempt(_parent_memory, "landlock"),
    "a device": Attempt(lambda _: Path("/dev/kmsg").open("rb").close(), "landlock"),
    "a new file": Attempt(lambda home: (home / "new").write_bytes(b"x")),
    "a file without a name": Attempt(lambda home: os.open(home, os.O_TMPFILE | os.O_RDWR)),
    "more in its own document": Attempt(lambda home: (home / "own.pdf").open("ab").close()),
    "its own document cut": Attempt(lambda home: os.truncate(home / "own.pdf", 0)),
    "a file removed": Attempt(lambda home: (home / "other.pdf").unlink()),
    "a file moved": Attempt(lambda home: (home / "other.pdf").rename(home / "own.pdf")),
    "a folder": Attempt(lambda home: (home / "folder").mkdir()),
    "a link": Attempt(lambda home: (home / "link").symlink_to("/etc/passwd")),
    "a hard link": Attempt(lambda home: (home / "link").hardlink_to(home / "other.pdf")),
    "a pipe with a name": Attempt(lambda home: os.mkfifo(home / "fifo")),
    "its rights": Attempt(lambda home: (home / "own.pdf").chmod(0o777)),
    "its times": Attempt(lambda home: os.utime(home / "own.pdf", (0, 0))),
    "its attributes": Attempt(lambda home: os.setxattr(home / "own.pdf", "user.x", b"x")),
    "openat2": Attempt(
        lambda home: _call(437, -100, bytes(home / "new"), ctypes.create_string_buffer(24), ctypes.c_size_t(24))
    ),
    # Others, and its own limits.
    "a signal": Attempt(lambda _: os.kill(os.getppid(), 0)),
    "a signal to a thread": Attempt(lambda _: _call(234, os.getppid(), os.getppid(), 0)),
    "a signal by a file": Attempt(lambda home: fcntl.fcntl((home / "own.pdf").open(), 8, os.getppid())),
    "a handle of a process": Attempt(lambda _: os.pidfd_open(os.getppid())),
    "ptrace": Attempt(lambda _: _call(101, 16, os.getppid(), 0, 0)),
    "memory of another process": Attempt(lambda _: _call(310, os.getppid(), None, 0, None, 0, 0)),
    "limits of another process": Attempt(lambda _: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))),
    "its own limits": Attempt(
        lambda _: _call(302, 0, resource.RLIMIT_CPU, ctypes.create_string_buffer(b"\xff" * 16), None)
    ),
    "namespaces": Attempt(lambda _: _call(272, 0x10000000)),
    "mount": Attempt(lambda _: _call(165, b"none", b"/tmp", b"tmpfs", 0, None)),
    "chroot": Attempt(lambda home: os.chroot(home)),
    "bpf": Attempt(lambda _: _call(321, 0, ctypes.create_string_buffer(128), 128)),
    "perf": Attempt(lambda _: _call(298, ctypes.create_string_buffer(128), 0, -1, -1, 0)),
    "userfaultfd": Attempt(lambda _: _call(323, 0)),
    "keys": Attempt(lambda _: _call(250, 0, -3, 0)),
    "shared memory": Attempt(lambda _: _call(29, 0, ctypes.c_size_t(4096), 0o1600)),
    "typing on the terminal": Attempt(lambda _: _call(16, 0, 0x5412, b"x")),
    # Bombs, and ways of dying.
    "memory": Attempt(_memory, "memory", "memory"),
    "shared memory without end": Attempt(_shared_memory, "memory", "memory failed"),
    "threads": Attempt(_threads, "memory", "failed memory"),
    "files": Attempt(_files, "limits"),
    "time": Attempt(_forever, "limits", "time"),
    "sleep": Attempt(lambda _: time.sleep(60), "limits", "time"),
    "a long error": Attempt(_much, "limits"),
    "depth": Attempt(lambda _: (lambda f: f(f))(lambda f: [f(f)]), "limits"),
    "panic": Attempt(_panic, "limits"),
    "exit": Attempt(lambda _: os._exit(0), "limits", "died"),
    "sys.exit": Attempt(lambda _: sys.exit(0), "limits"),
    "segmentation": Attempt(lambda _: ctypes.string_at(1), "limits", "died"),
    "abort": Attempt(lambda _: os.abort(), "limits", "died"),
}
