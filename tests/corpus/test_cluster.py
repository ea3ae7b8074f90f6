"""Dask does what local workers do, and survives its own workers."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from redline import corpus
from redline.corpus.run import Quiet
from tests.bench import papers
from tests.corpus.conftest import Built
from tests.corpus.outputs import command, environment, files, rows
from tests.corpus.test_poison import statuses

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes as POSIX does")


@contextmanager
def scheduler(workers: int, *more: str) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler on this machine and workers with a nanny each: its address, the processes."""
    quiet = {
        **environment(),
        "DASK_DISTRIBUTED__DASHBOARD__LINK": "",
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s",
    }
    started = []

    def start(*arguments: str, **more: int) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments], env=quiet, stdout=subprocess.DEVNULL,
            **{"stderr": subprocess.DEVNULL, **more},
        )  # fmt: skip
        started.append(process)
        return process

    try:
        main = start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *more,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        assert main.stderr is not None
        told = b""
        while not (found := re.search(rb"tcp://127\.0\.0\.1:\d+", told)):
            line = main.stderr.readline()
            assert line, told
            told += line
        address = found[0].decode()
        for _ in range(workers):
            start("worker", address, "--nthreads", "1", "--no-dashboard")
        yield address, started
    finally:
        for process in reversed(started):
            family = [process.pid]
            with suppress(psutil.NoSuchProcess):
                family += [child.pid for child in psutil.Process(process.pid).children(True)]
            for pid in family:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            process.wait(30)
            if process.stderr is not None:
                process.stderr.close()


def test_a_cluster_makes_the_same_though_its_workers_die(
    built: Built, tmp_path: Path
) -> None:
    """Two workers; one is killed in mid-run and its nanny starts another."""
    out = tmp_path / "out"
    address_file = tmp_path / "scheduler.json"
    with scheduler(2, "--scheduler-file", str(address_file)) as (address, processes):
        run = subprocess.Popen(
            [sys.executable, "-m", "redline", "corpus", "build", built.source, "-o", out,
             "--scheduler", address_file],
            env=environment(),
            stdout=subprocess.PIPE,
        )  # fmt: skip
        pieces = out / "state" / "pieces"
        deadline = time.monotonic() + 60
        while not (pieces.is_dir() and any(pieces.iterdir())) and time.monotonic() < deadline:
            time.sleep(0.02)
        at_work = run.poll() is None
        nanny = psutil.Process(processes[1].pid)
        for worker in nanny.children():  # the worker itself, whose nanny lives
            worker.kill()
        told, _ = run.communicate(timeout=90)
        assert (run.returncode, told.split(b";")[0]) == (0, b"156 papers, 467 pages")
        assert at_work, "it was done before its worker was killed"
        assert files(out) == files(built.out)
        assert rows(out) == rows(built.out)

        # Poison ends a child of the worker, no worker.
        source = tmp_path / "few"
        papers.write(source, 3)
        (source / "large.txt").write_text("The ~~harbour~~ is closed.\n\n" * 1_000_000)
        summary = corpus.build(
            source, tmp_path / "few-out", scheduler=address, memory=150 << 20
        )
        assert (summary.papers, summary.failed) == (4, 1)
        assert statuses(tmp_path / "few-out")["large.txt"][0] == "memory"


def test_a_lost_scheduler_is_told(built: Built, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with scheduler(1) as (address, processes):
        run = subprocess.Popen(
            [sys.executable, "-m", "redline", "corpus", "build", built.source, "-o", out,
             "--scheduler", address],
            env=environment(),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        pieces = out / "state" / "pieces"
        deadline = time.monotonic() + 60
        while not (pieces.is_dir() and any(pieces.iterdir())) and time.monotonic() < deadline:
            time.sleep(0.02)
        processes[0].kill()
        _, told = run.communicate(timeout=90)
    assert run.returncode == 2, told.decode()
    assert b"lost the Dask scheduler tcp://127.0.0.1:" in told.splitlines()[-1]
    assert b"Traceback" not in told
    summary = corpus.build(built.source, out, workers=1)
    assert summary.made < 156
    assert files(out) == files(built.out)


def test_no_scheduler(tmp_path: Path) -> None:
    papers.write(tmp_path / "papers", 1)
    done = command(
        "build", tmp_path / "papers", "-o", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9"
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(
        "redline: no Dask scheduler at tcp://127.0.0.1:9 ("
    )
    assert "Traceback" not in done.stderr


def test_a_cluster_of_its_own(built: Built, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = command("build", built.source, "-o", out, "--scheduler", "local", "--workers", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert files(out) == files(built.out)


def test_a_cluster_that_starts_workers_when_there_is_work(built: Built, tmp_path: Path) -> None:
    """What dask-jobqueue makes of ``adapt()``: no worker stands there before the first task."""
    import distributed

    said: list[str] = []

    class Watcher(Quiet):
        def say(self, message: str) -> None:
            said.append(message)

    with distributed.LocalCluster(
        n_workers=0, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        cluster.adapt(minimum=0, maximum=1, interval="200ms")
        summary = corpus.build(
            built.source, tmp_path / "out", scheduler=cluster.scheduler_address, watcher=Watcher()
        )
    assert (summary.made, summary.failed) == (156, 0)
    assert files(tmp_path / "out") == files(built.out)
    assert [message for message in said if "has no workers yet; waiting for some" in message]
