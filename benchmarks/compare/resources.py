"""Runs a command and writes its seconds, peak bytes of memory and exit status to a file, as JSON.

A process inherits the peak of the one that starts it, so a small interpreter stands between: the least that is seen is
its own 10 MB or so.

    python -I -S resources.py ANSWER COMMAND…
"""
import json
import os
import subprocess
import sys
import time

start = time.perf_counter()
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
seconds = time.perf_counter() - start
process.returncode = os.waitstatus_to_exitcode(status)
# Linux counts in units of 1024 bytes, macOS in bytes.
peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
with open(sys.argv[1], "w") as answer:
    json.dump({"seconds": seconds, "peak": peak, "status": process.returncode}, answer)
