"""Cores, memory, small things: what has a goal of its own and no peer."""

import shutil
import sys
import tempfile
from pathlib import Path

from .programs import MB, size_of
from .report import median, spread

HUGE = 2_000_000_000
A_WORKER, BESIDES = 64, 64  # MiB
A_FILE = 300  # bytes of the list


def scaling(report, programs, work, chosen):
    """One worker and two, in turn."""
    report.section("Cores", "One worker and two in turn, wall seconds.")
    rows, goals = [], []
    cases = [("64 files of 1 MB", programs.corpus("mixed", work / "many"), 1.9, chosen.rounds),
             (f"one file of {chosen.huge / MB:,.0f} MB", programs.corpus("huge", work / "huge", size=chosen.huge), 1.8,
              min(3, chosen.rounds))]
    for name, source, goal, rounds in cases:
        programs.convert(source, work / "out", 2)
        pairs = [(programs.convert(source, work / "out", 1), programs.convert(source, work / "out", 2)) for _ in range(rounds)]
        size = size_of(source)
        for workers, taken in zip((1, 2), zip(*pairs)):
            rows.append([name, workers, len(taken), spread(run.wall for run in taken), spread(run.cpu for run in taken),
                         f"{size / MB / median(run.wall for run in taken):.0f}", f"{max(run.peak for run in taken):.0f}"])
        times = [one.wall / two.wall for one, two in pairs]
        goals.append((f"{name}, 1 → 2 workers", spread(times, 2, " ×"), f"≥ {goal} ×", median(times) >= goal))
    report.table(["", "workers", "runs", "wall s", "CPU s", "MB a second", "peak MiB"], rows)
    report.goals(goals)
    shutil.rmtree(work / "huge")
    shutil.rmtree(work / "out")


def memory(report, programs, work, chosen):
    """Peak memory where there is much."""
    report.section("Memory", f"Peak of the process, {chosen.workers} workers.")
    goal = A_WORKER * chosen.workers + BESIDES
    goals = []
    cases = [(f"one file of {chosen.huge / MB:,.0f} MB", "huge", {"size": chosen.huge}),
             ("one record of 200 MB (named, its text cut at 8 MB)", "record", {}), ("100,000 files", "many", {})]
    for name, profile, options in cases:
        source = programs.corpus(profile, work / profile, **options)
        # a record beyond the bounds is cut and named
        taken = programs.convert(source, work / "out", chosen.workers, may_fail=profile == "record")
        figure = f"{taken.peak:.0f} MiB in {taken.wall:.1f} s, {taken.workbooks:,} workbooks"
        goals.append((name, figure, f"< {goal} MiB", taken.peak < goal))
        shutil.rmtree(source)
    few = programs.convert(programs.corpus("many", work / "few", files=2_000), work / "out", chosen.workers)
    each = (taken.peak - few.peak) * 2**20 / 98_000
    goals.append(("a file of the list", f"{each:.0f} bytes ({few.peak:.0f} MiB with 2,000 files)", f"< {A_FILE} bytes", each < A_FILE))
    report.goals(goals)
    shutil.rmtree(work / "out")


JSON_READING = 150  # MB a second a core


def json(report, programs, work, chosen):
    """JSON documents: reading alone, memory, and beside what people read them with."""
    report.section("JSON documents", f"One document, its records in an array; {chosen.workers} workers where it is converted.")
    rows, goals = [], []
    for name, profile in (("on one line", "json-line"), ("on many lines", "json-pretty")):
        source = programs.corpus(profile, work / profile, size=200_000_000)
        file = next(path for path in source.rglob("*") if path.is_file())
        size = size_of(source) / MB
        read = programs.tool("read", file)
        rows.append([f"reading alone, {name}", f"{read['records']:,}", f"{read['cpu']:.2f}", f"{size / read['cpu']:.0f}", "–"])
        goals.append((f"reading alone, {name}", f"{size / read['cpu']:.0f} MB/s a core", f"≥ {JSON_READING}", size / read["cpu"] >= JSON_READING))
        for peer in ("ijson", "pandas"):
            taken = programs.time([sys.executable, Path(__file__).parent.parent / "peers/json_peer.py", peer, file], work / "none")
            rows.append([f"{peer}, reading alone, {name}", f"{read['records']:,}", f"{taken.cpu:.2f}", f"{size / taken.cpu:.0f}", f"{taken.peak:.0f}"])
        taken = programs.convert(source, work / "out", chosen.workers)
        rows.append([f"converted, {name}", f"{read['records']:,}", f"{taken.cpu:.2f}", f"{size / taken.cpu:.0f}", f"{taken.peak:.0f}"])
        shutil.rmtree(source)
        source = programs.corpus(profile, work / profile, size=chosen.huge)
        taken = programs.convert(source, work / "out", chosen.workers)
        goals.append((f"{chosen.huge / MB:,.0f} MB {name}, converted", f"{taken.peak:.0f} MiB in {taken.wall:.1f} s", "< 128 MiB", taken.peak < 128))
        shutil.rmtree(source)
    report.table(["", "records", "CPU s", "MB a CPU second", "peak MiB"], rows)
    report.goals(goals)
    shutil.rmtree(work / "out")


READING = {"csv": 200}  # MB a second a core
FORMATS = {"huge": "WikiExtractor", "trec": "TREC", "xml": "XML", "wiki": "MediaWiki export", "tmx": "TMX", "json-line": "JSON, one line",
           "json-pretty": "JSON, many lines", "json-lines": "JSON lines", "csv": "CSV, a column of texts",
           "csv-short": "CSV, cells of four bytes", "warc": "WET", "conllu": "CoNLL-U"}
FIRST_TABLE = 0.1  # seconds
PEAK = 128  # MiB, of JSON documents; of others what workers may take


def formats(report, programs, work, chosen):
    """Each format: reading alone, the first table of a huge file, memory."""
    report.section("Formats", f"A file each. Reading alone: 200 MB in memory, the least of three. First table: `inspect --rows 50`, the whole "
                   f"process. Converted: {chosen.huge / MB:,.0f} MB, {chosen.workers} workers.")
    rows, goals = [], []
    for profile, name in FORMATS.items():
        source = programs.corpus(profile, work / profile, size=200_000_000)
        file = next(path for path in source.rglob("*") if path.is_file())
        size = size_of(source) / MB
        read = programs.tool("read", file)
        speed = size / read["cpu"]
        if profile in READING:
            goals.append((f"reading alone, {name}", f"{speed:.0f} MB/s a core", f"≥ {READING[profile]}", speed >= READING[profile]))
        if profile.startswith("csv"):
            taken = programs.time([sys.executable, Path(__file__).parent.parent / "peers/csv_peer.py", file], work / "none")
            rows.append([f"pandas.read_csv, {name}", "", f"{size / taken.cpu:.0f}", "", f"{taken.peak:.0f}", ""])
        shutil.rmtree(source)
        source = programs.corpus(profile, work / profile, size=chosen.huge)
        file = next(path for path in source.rglob("*") if path.is_file())
        firsts = [programs.time([programs.program, "inspect", file, "--rows", 50], work / "none").wall for _ in range(5)]
        taken = programs.convert(source, work / "out", chosen.workers)
        rows.append([name, f"{read['records']:,}", f"{speed:.0f}", f"{1000 * median(firsts):.0f}", f"{taken.peak:.0f}", f"{taken.wall:.1f}"])
        goals.append((f"first table, {name}", f"{1000 * median(firsts):.0f} ms", f"< {1000 * FIRST_TABLE:.0f} ms", median(firsts) < FIRST_TABLE))
        most = PEAK if profile in ("json-line", "json-pretty") else A_WORKER * chosen.workers + BESIDES
        goals.append((f"peak, {name}", f"{taken.peak:.0f} MiB", f"< {most} MiB", taken.peak < most))
        shutil.rmtree(source)
    report.table(["", "records", "read, MB a CPU second", "first table ms", "peak MiB", "converted s"], rows)
    report.goals(goals)
    shutil.rmtree(work / "out")


def small(report, programs, work, chosen):
    """What a file, a start and a name cost."""
    report.section("Small things", "Files as just written, so in the system's cache.")
    rows = []
    source = programs.corpus("small", work / "small")
    for workers in sorted({1, chosen.workers}):
        taken = [programs.convert(source, work / "out", workers) for _ in range(min(3, chosen.rounds))]
        cost, system = [run.cpu / 5 for run in taken], median(run.system / 5 for run in taken)
        rows.append((f"5,000 files of 10 kB, {workers} worker{'s' * (workers > 1)}", f"{spread(cost, 3)} ms of CPU a file, {system:.3f} of it the system's", "≤ 1 ms",
                     median(cost) <= 1))
    one = programs.corpus("small", work / "one", files=1)
    walls = [1000 * programs.convert(one, work / "out", chosen.workers).wall for _ in range(20)]
    rows.append(("the whole process for one small file", f"{spread(walls, 1)} ms", "< 30 ms", median(walls) < 30))
    # where there is a local disk; the temporary folder may be memory
    with tempfile.TemporaryDirectory(prefix="sheetmill-names-", dir=work) as names:
        source = programs.corpus("empty", Path(names) / "in", files=chosen.names)
        scans = [programs.tool("scan", source) for _ in range(3)]
        assert all(scan["files"] == chosen.names for scan in scans), scans
        walls = [scan["wall"] for scan in scans]
        rows.append((f"a scan of {chosen.names:,} files", f"{spread(walls)} s", "< 5 s", median(walls) < 5))
    report.goals(rows)
