"""One thread for arithmetic: the fits of this room are many and small."""

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep linear algebra and boosted trees to one thread, as scikit-learn's own library of threads allows.

    On rows already counted, threads wait for each other longer than they work: on two cores shared with other work one fit of
    boosted trees took 0.2 s of processor alone and 4 s in two threads.
    """
    with threadpool_limits(limits=1):
        yield
