"""Runs Sheetmill and its peers in turn on the same files and prints what each took.

Every peer's run stands beside a run of Sheetmill made just before it, and ratios are taken of such
pairs: what else the machine does then weighs on both alike. Processor time is user and system time
of the whole process tree; peak memory is the largest single process of the tree.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass
class Taken:
    cpu: float  # seconds
    wall: float  # seconds
    peak: float  # MiB
    written: int  # bytes
    workbooks: int


def main():
    chosen = arguments()
    program = chosen.program.resolve()
    print_machine(chosen.workers)
    for folder in chosen.folders:
        with tempfile.TemporaryDirectory(prefix="sheetmill-bench-") as work:
            bench(folder, Path(work), program, chosen)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of source files")
    parser.add_argument("--program", type=Path, required=True, help="the release program")
    parser.add_argument("--rounds", type=int, default=3, help="pairs a peer [3]")
    parser.add_argument("--workers", type=int, default=2, help="workers of every program [2]")
    parser.add_argument("--copies", type=int, default=1, help="take every file so many times [1]")
    parser.add_argument("--peers", default="pandas,tuned,c", help="which ones, with commas [pandas,tuned,c]")
    parser.add_argument("--shared", type=Path, help="folder with the peers as others wrote them")
    return parser.parse_args()


def bench(folder, work, program, chosen):
    files = copy_flat(folder, work / "in", chosen.copies)
    size = sum(path.stat().st_size for path in files)
    print(f"\n{folder.resolve().name}: {len(files)} files, {size / 1e6:.1f} MB")
    out = work / "out"
    ours = [program, "convert", work / "in", out, "--workers", chosen.workers, "--if-exists", "overwrite", "--quiet"]
    peers = {name: [*command, work / "in", out, "--processes", chosen.workers]
             for name, command in commands(chosen, work).items()}
    measure(ours, out)  # once to warm the file cache
    runs = {"sheetmill": [], **{name: [] for name in peers}}
    pairs = {name: [] for name in peers}
    limits = []
    for _ in range(chosen.rounds):
        for name, command in peers.items():
            pair = measure(ours, out), measure(command, out)
            runs["sheetmill"].append(pair[0])
            runs[name].append(pair[1])
            pairs[name].append(pair)
        taken = measure(ours, out)
        limits.append((taken, *limit(out)))
    print_table(runs, size)
    print_ratios(pairs)
    print_limit(limits)


def limit(out):
    """CPU seconds and bytes of compressing alone what Sheetmill has just written."""
    said = subprocess.run([sys.executable, HERE / "peers" / "limit.py", out], capture_output=True, check=True, text=True)
    seconds, written = said.stdout.split()
    return float(seconds), int(written)


def print_limit(limits):
    cpu = ratio(ours.cpu / seconds for ours, seconds, _ in limits)
    size = ratio(ours.written / written for ours, _, written in limits)
    print(f"{'Sheetmill':12}CPU {cpu} times, size {size} times that of compressing its worksheets alone")


def commands(chosen, work):
    """The words that begin each peer's command."""
    found = {}
    for name, script in scripts(chosen).items():
        if script.suffix == ".c":
            program = work / name
            subprocess.run(["cc", "-O2", "-o", program, script, "-lxlsxwriter"], check=True)
            found[name] = [program]
        else:
            found[name] = [sys.executable, script]
    return found


def scripts(chosen):
    names = {"pandas": "pandas_peer.py", "tuned": "tuned_peer.py", "c": "libxlsxwriter_peer.c"}
    folder = HERE / "peers"
    if chosen.shared:
        names = {"pandas": "pandas_script.py", "tuned": "tuned_python.py"}
        folder = chosen.shared
    found = {name: folder / names[name] for name in chosen.peers.split(",") if name in names}
    for script in found.values():
        if not script.exists():
            sys.exit(f"no peer at {script}")
    return found


def copy_flat(folder, target, copies):
    """The files of all subfolders side by side, as one peer reads no subfolders."""
    target.mkdir()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for copy in range(copies):
            name = "_".join(path.relative_to(folder).parts)
            shutil.copyfile(path, target / (f"{name}-{copy + 1}" if copies > 1 else name))
    files = list(target.iterdir())
    return files if files else sys.exit(f"no files below {folder}")


def measure(command, out):
    """Runs a command that writes workbooks to `out`, which is emptied before."""
    shutil.rmtree(out, ignore_errors=True)
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([str(word) for word in command], stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            sys.exit(f"{command[0]} ended with {process.returncode}:\n{said.read().decode(errors='replace')}")
    books = list(out.rglob("*.xlsx"))
    unit = 1 if platform.system() == "Darwin" else 1024  # ru_maxrss is in bytes there, else in KiB
    return Taken(
        cpu=usage.ru_utime + usage.ru_stime,
        wall=wall,
        peak=usage.ru_maxrss * unit / 2**20,
        written=sum(book.stat().st_size for book in books),
        workbooks=len(books),
    )


def print_machine(workers):
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    print(f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; {workers} workers each")
    print("CPU: user + system seconds of all processes; peak: the largest single process")


def print_table(runs, size):
    print(f"\n{'':12}{'runs':>5}{'CPU s':>9}{'MB/CPU-s':>10}{'wall s':>9}{'peak MiB':>10}{'out MB':>8}{'out/in':>8}{'books':>7}")
    for name, taken in runs.items():
        if not taken:
            continue
        cpu = median(run.cpu for run in taken)
        written = taken[-1].written
        print(
            f"{name:12}{len(taken):5}{cpu:9.2f}{size / 1e6 / cpu:10.1f}{median(run.wall for run in taken):9.2f}"
            f"{max(run.peak for run in taken):10.0f}{written / 1e6:8.1f}{written / size:8.3f}{taken[-1].workbooks:7}"
        )


def print_ratios(pairs):
    print("\ntimes Sheetmill's, of pairs: median (min to max)")
    for name, runs in pairs.items():
        cpu = ratio(peer.cpu / ours.cpu for ours, peer in runs)
        wall = ratio(peer.wall / ours.wall for ours, peer in runs)
        print(f"{name:12}CPU {cpu:24} wall {wall}")


def ratio(values):
    values = list(values)
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def median(values):
    return statistics.median(list(values))


if __name__ == "__main__":
    main()
