"""Results that several processes ask for, computed by one of them.

The tests, the kernels of their notebooks and the commands that they start need the same
experiments. Where the environment variable ``UDL_CACHE`` names a folder, `kept` leaves results in
it; where it does not, as for every reader, it is `functools.cache` and nothing is written.
"""

import functools
import hashlib
import io
import os
import pickle
import sys
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

import udl

try:
    import fcntl
except ImportError:  # on Windows two processes that ask at once compute both
    fcntl = None

FOLDER = os.environ.get("UDL_CACHE")


def kept(function):
    """Have a function computed once in a process, and once in all where ``UDL_CACHE`` is set.

    A result is found again under the sources of the package up to `udl.experiments`, or all of
    them for a function of a room above, the versions of Python and NumPy, the processor's kind, the
    function and its arguments; so it is never that of other code. What is asked with a rule or a
    loss from elsewhere stays in its process.

    Parameters
    ----------
    function : callable
        The same result for the same arguments, which can be hashed. The result can be pickled, is
        not changed by those who ask for it, and has no array that is a view with strides of its
        own: NumPy may sum those in another order than their copies.

    Returns
    -------
    callable

    Examples
    --------
    >>> @kept
    ... def squares(n):
    ...     return np.arange(n) ** 2
    >>> squares(3), squares(3) is squares(3)
    (array([0, 1, 4]), True)
    """

    @functools.cache
    @functools.wraps(function)
    def ask(*args, **kwargs):
        path = FOLDER and _path(function, args, kwargs)
        if not path:
            return function(*args, **kwargs)
        with _alone(path):
            with suppress(Exception):  # there is none, or what another program left there
                return pickle.loads(path.read_bytes())
            result = function(*args, **kwargs)
            if _unchanged(_files(function)):
                _leave(path, result)
            return result

    return ask


def _path(function, args, kwargs):
    """The file of a result; None if a process from elsewhere could not know what was asked."""
    text = io.BytesIO()
    try:
        _Question(text).dump((function.__module__, args, sorted(kwargs.items())))
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    question = f"{SOURCES[_files(function)]} {MACHINE}".encode() + text.getvalue()
    digest = hashlib.sha256(question).hexdigest()
    return Path(FOLDER) / f"{function.__qualname__}-{digest}.pickle"


class _Question(pickle.Pickler):
    """Writes what a function is asked; the package's functions and losses by their names."""

    def persistent_id(self, asked):
        package, _, rest = (getattr(asked, "__module__", None) or "").partition(".")
        if callable(asked) and (package != "udl" or rest.partition(".")[0] in ABOVE):
            raise pickle.PicklingError(f"{asked!r} is not of what is computed with")
        return None


@contextmanager
def _alone(path):
    """Wait while another process computes the same; one that is killed no longer keeps others."""
    lock = None
    try:
        with suppress(OSError):  # a folder that is none, or of a machine that knows no locks
            if fcntl and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                lock = os.open(path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR)
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        if lock is not None:
            with suppress(OSError):  # closing is not enough: a forked process has it open too
                fcntl.flock(lock, fcntl.LOCK_UN)
            os.close(lock)


def _leave(path, result):
    """Write a result whole or not at all; a folder that is full or gone only costs the time."""
    part = path.with_name(f"{uuid.uuid4().hex}.part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(pickle.dumps(result))
        os.replace(part, path)
    with suppress(OSError):
        part.unlink(missing_ok=True)


# Nothing of these rooms is computed with by experiments, which know none of them.
ABOVE = ("__main__", "claims", "exercises", "explore", "figures", "lecture", "publish")
PACKAGE = Path(udl.__file__).parent
# Without what an editor has beside a file that is open in it.
ALL = tuple(path for path in sorted(PACKAGE.rglob("[!.]*.*")) if path.suffix != ".pyc")
BELOW = tuple(
    path for path in ALL if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in ABOVE
)


def _files(function):
    """All that a function may be computed with."""
    room = function.__module__.removeprefix("udl.").partition(".")[0]
    return ALL if room in ABOVE else BELOW


def _stamps(files):
    """Size and time of each source: looked at after every result, where `_sources` takes long."""
    return [((at := path.stat()).st_size, at.st_mtime_ns) for path in files]


def _unchanged(files):
    """Whether all is what was hashed, and was so when what is imported first was imported."""
    with suppress(FileNotFoundError):  # an editor removed one
        return _stamps(files) == STAMPS[files] and all(t < udl._imported for _, t in STAMPS[files])
    return False


def _sources(files):
    """A hash of all that is computed with."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(PACKAGE)}".encode() + path.read_bytes())
    return digest.hexdigest()


KINDS = (ALL, BELOW) if FOLDER else ()
STAMPS = {files: _stamps(files) for files in KINDS}  # before they are read
SOURCES = {files: _sources(files) for files in KINDS}
MACHINE = f"{sys.version} {np.__version__} {np.lib.introspect.opt_func_info() if FOLDER else ''}"
