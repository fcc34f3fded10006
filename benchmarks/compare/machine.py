"""What the figures were measured on."""
import os
import pathlib
import platform


def description():
    model, memory = platform.machine(), ""
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
        kilobytes = int(pathlib.Path("/proc/meminfo").read_text().split("MemTotal:")[1].split()[0])
        memory = f", {kilobytes / 2**20:.0f} GiB of memory"
    except (OSError, IndexError, ValueError):
        pass
    return f"{model}, {platform.machine()}, {os.cpu_count()} cores{memory}, {platform.system()} {platform.release()}"


def load():
    """How many processes wanted to run, on average of the last minute."""
    return os.getloadavg()[0]
