"""Worker processes with this folder on their path fall ill at papers that say so.

A paper that kills its worker is a fault of redline or of a library, and there is none at hand:
so it is feigned here, in the process, at the place where a paper is read.
"""

import os
import signal
import sys


def ill(data):
    if b"SICK: crash" in data:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"SICK: once " in data:
        (path,) = [line.split()[2] for line in data.splitlines() if line.startswith(b"SICK: once")]
        if not os.path.exists(path):
            open(path, "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
    if b"SICK: leave" in data:
        os._exit(3)
    if b"SICK: endless" in data:
        import re

        re.match(rb"(a+)+b", b"a" * 60)  # C code that listens to no signal handler
    if b"SICK: sleep" in data:
        import time

        time.sleep(600)
    if b"SICK: huge" in data:
        data += bytearray(1 << 34)
    if b"SICK: fault" in data:
        raise AssertionError("feigned")
    return data


def hopeless(batch, starting):
    """A worker that is ill whatever it is given."""
    starting(0)
    if os.environ["SICK_WORKER"] == "fault":
        raise AssertionError("feigned")
    os._exit(3)


class Watch:
    """Wraps `fetch` as soon as `redline.corpus.work` is there."""

    def find_spec(self, name, path=None, target=None):
        if name == "redline.corpus.work":
            import importlib.util

            sys.meta_path.remove(self)
            spec = importlib.util.find_spec(name)
            run = spec.loader.exec_module

            def exec_module(module):
                run(module)
                read = module.fetch
                outputs = module._outputs
                module.fetch = lambda place: read(place)
                module._outputs = lambda unit, data, *rest: outputs(unit, ill(data), *rest)
                if "SICK_WORKER" in os.environ:
                    module.do = hopeless

            spec.loader.exec_module = exec_module
            return spec
        return None


sys.meta_path.insert(0, Watch())
