"""Workers on a cluster: Dask hands out the batches, on many machines or on this one.

A task is a batch, and it is done by the same worker process as without Dask, a child of the Dask
worker: so a paper that ends its worker ends the child, and the outputs are the same. When a Dask
worker dies its tasks go to another; what it had written is whole, or is written again.

All machines must see the papers and the output under the same paths.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from redline.corpus.child import Child, Limits
from redline.corpus.folder import CorpusError
from redline.corpus.work import Batch, Done
from redline.diagnostics import RedlineError

__all__ = ["on_cluster", "task"]

#: Tasks under way for each thread of the cluster, and at least; a cluster that adapts starts
#: workers for the tasks it sees.
_AHEAD = 2
_LEAST = 64
#: How often a batch is given out again whose workers died; Dask itself gives up after a few.
_AGAIN = 5

_mine = threading.local()
_children: list[Child] = []


def task(batch: Batch, limits: Limits) -> Done:
    """Do a batch in a child of this process; one for each thread, that stays."""
    child: Child | None = getattr(_mine, "child", None)
    if child is None or child.limits != limits or child.closed:
        child = _mine.child = Child(limits)
        _children.append(child)
    return child.run(batch)


def close_children() -> None:
    """End the children of this process."""
    while _children:
        _children.pop().close()


def on_cluster(
    batches: Iterator[Batch],
    limits: Limits,
    scheduler: str,
    workers: int,
    say: Callable[[str], object] = lambda _: None,
) -> Iterator[Done]:
    """Do the batches on the cluster with this scheduler: its address or its ``--scheduler-file``;
    ``local`` starts one here with so many workers. A cluster without workers is waited for: they
    may stand in a queue. `say` is told of it. Raises `CorpusError` where there is no scheduler,
    or it is lost."""
    try:
        import distributed
    except ImportError:
        raise CorpusError("--scheduler needs Dask: pip install 'redline[cluster]'") from None
    with ExitStack() as stack:
        client = _client(stack, distributed, scheduler, workers)
        # Quiet where everything is as it should be: a worker that died is told by the result.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        try:
            if not _threads(client):
                say(
                    f"{scheduler} has no workers yet; waiting for some "
                    f"(dask worker {client.scheduler.address})"
                )
            yield from _results(distributed, client, batches, limits)
            client.run(close_children)
        except _lost(distributed) as fault:
            raise CorpusError(
                f"lost the Dask scheduler {scheduler} ({type(fault).__name__}); what is done is "
                "kept: start it and run the same command again"
            ) from None


def _lost(distributed: Any) -> tuple[type[BaseException], ...]:
    from concurrent.futures import CancelledError

    return (CancelledError, OSError, TimeoutError, distributed.client.FutureCancelledError)


def _client(stack: ExitStack, distributed: Any, scheduler: str, workers: int) -> Any:
    if scheduler == "local":
        cluster = stack.enter_context(
            distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
        )
        return stack.enter_context(distributed.Client(cluster))
    named = {"scheduler_file": scheduler} if os.path.isfile(scheduler) else {"address": scheduler}
    try:
        client = stack.enter_context(distributed.Client(**named, timeout=5))
    except (OSError, TimeoutError, ValueError) as fault:
        said = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise CorpusError(
            f"no Dask scheduler at {scheduler} ({said}); start one with `dask scheduler`, and "
            "workers with `dask worker`"
        ) from None
    return client


def _results(
    distributed: Any, client: Any, batches: Iterator[Batch], limits: Limits
) -> Iterator[Done]:
    completed = distributed.as_completed()
    given: dict[Any, tuple[Batch, int]] = {}

    def give(batch: Batch, again: int = 0) -> None:
        future = client.submit(task, batch, limits, pure=False)
        given[future.key] = batch, again
        completed.add(future)

    more = True
    while more or given:
        most = max(_LEAST, _AHEAD * _threads(client))
        while more and len(given) < most:
            batch = next(batches, None)
            if batch is None:
                more = False
            else:
                give(batch)
        if not given:
            return
        future = next(completed)
        batch, again = given.pop(future.key)
        fault = future.exception() if future.status == "error" else None
        if isinstance(fault, distributed.scheduler.KilledWorker):
            if again >= _AGAIN:
                raise CorpusError(
                    "the workers of the cluster die again and again; what is done is kept"
                )
            give(batch, again + 1)
        elif isinstance(fault, RedlineError):
            raise fault
        elif fault is not None:
            raise CorpusError(
                f"a worker of the cluster cannot do it ({type(fault).__name__}: {fault}); install "
                "the same redline and Python on all machines"
            )
        else:
            done: Done = future.result()
            yield done


def _threads(client: Any) -> int:
    counted: Callable[[], dict[str, int]] = client.nthreads
    return sum(counted().values())
