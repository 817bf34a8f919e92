"""Runs programs and tools, and says what they took."""

import itertools
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MB = 1e6


@dataclass
class Taken:
    cpu: float  # seconds, user and system, of the whole tree of processes
    wall: float  # seconds
    peak: float  # MiB of the largest process of the tree
    written: int  # bytes of workbooks
    workbooks: int
    system: float  # seconds of the CPU's that the system took


class Programs:
    def __init__(self, program, tools):
        self.program = program.resolve()
        self.tools = tools.resolve()
        self.aside = itertools.count(1)

    def tool(self, *words):
        """What a tool says."""
        done = subprocess.run([self.tools, *map(str, words)], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"sheetmill-bench {' '.join(map(str, words))}:\n{done.stderr}")
        return json.loads(done.stdout or "null")

    def corpus(self, profile, folder, **options):
        words = [word for name, value in options.items() if value is not None for word in (f"--{name}", value)]
        self.tool("corpus", profile, folder, *words)
        return folder

    def time(self, command, out, may_fail=False):
        """Runs a command that writes workbooks to `out`, which is put aside before: where many files have just been
        removed, ext4 looks long for an inode that has not, and that would be measured."""
        if Path(out).exists():
            Path(out).rename(f"{out}-{next(self.aside)}")
        done = subprocess.run([self.tools, "time", *map(str, command)], capture_output=True, text=True)
        said = json.loads(done.stdout) if done.returncode == 0 else {"status": "no program"}
        if said["status"] != 0 and not (may_fail and said["status"] == 1):
            sys.exit(f"{command[0]} ended with {said['status']}:\n{done.stderr}")
        sizes = [book.stat().st_size for book in Path(out).rglob("*.xlsx")]
        return Taken(said["cpu"], said["wall"], said["peak"], sum(sizes), len(sizes), said["system"])

    def convert(self, source, out, workers, may_fail=False, more=()):
        command = [self.program, "convert", source, out, "--workers", workers, "--if-exists", "overwrite", "--quiet", *more]
        return self.time(command, out, may_fail)


def size_of(folder):
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
