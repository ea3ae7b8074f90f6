"""Workers on this machine: a thread each, that minds a worker process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from redline.corpus.child import Child, Limits
from redline.corpus.work import Batch, Done

__all__ = ["local"]

#: Batches that wait for each worker; more would only take memory.
_AHEAD = 2


def local(batches: Iterator[Batch], limits: Limits, workers: int) -> Iterator[Done]:
    """Do the batches, as many at a time as there are workers; gives them as they are done."""
    mine = threading.local()
    children: list[Child] = []

    def work(batch: Batch) -> Done:
        child: Child | None = getattr(mine, "child", None)
        if child is None:
            child = mine.child = Child(limits)
            children.append(child)
        return child.run(batch)

    pool = ThreadPoolExecutor(workers, thread_name_prefix="redline")
    waiting: set[Future[Done]] = set()
    try:
        for batch in batches:
            waiting.add(pool.submit(work, batch))
            if len(waiting) >= workers * _AHEAD:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for each in done:
                    yield each.result()
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()
    finally:
        for future in waiting:
            future.cancel()
        for child in children:
            child.close()
        pool.shutdown()
        for child in children:
            child.stop()
