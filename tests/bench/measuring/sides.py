"""Sheetmill beside its peers, and beside the limit.

Every run of a peer stands beside a run of Sheetmill made just before it, and ratios are taken of such
pairs: what else the machine does then weighs on both alike. The limit is measured in the same way.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from .programs import MB, size_of
from .report import median, spread

PEERS = Path(__file__).parent.parent / "peers"
NAMES = {"pandas": "pandas_peer.py", "tuned": "tuned_peer.py", "c": "libxlsxwriter_peer.c"}
OTHERS = {"pandas": "pandas_script.py", "tuned": "tuned_python.py"}
LIMIT = 1.25  # times the processor time of compressing alone, nothing read back
PROOF = 1.25  # times the processor time of a run in which nothing is read back
LEAST = {"tuned": 5.0, "c": 2.5}  # times less processor time than a peer
PANDAS = ((1500, 60.0), (0, 15.0))  # records a MB of source, times less
NOT_READ_BACK = ["--no-verify"]
SLOW = {"pandas": 3}  # rounds of these at most
ENOUGH = 100 * MB  # a folder as people have them; a few files would measure how the programs start


def measure(report, programs, name, folder, work, chosen):
    source = work / "in"
    copies = copy_flat(folder, source, chosen.copies)
    size = size_of(source)
    count = len(list(source.iterdir()))
    times = f", each file {copies} times" if copies > 1 else ""
    report.section(f"Side by side: {name}", f"{count} files, {size / MB:.1f} MB{times}; {chosen.workers} workers each.")
    bench = Side(report, programs, source, work, chosen, size)
    bench.check()
    bench.run()
    bench.tell()


class Side:
    def __init__(self, report, programs, source, work, chosen, size):
        self.report, self.programs, self.source, self.work = report, programs, source, work
        self.chosen, self.size = chosen, size
        self.out = work / "out"
        self.commands = commands(chosen, work)
        self.pairs = {peer: [] for peer in self.commands}
        self.limits, self.alone, self.proofs = [], [], []
        self.library = None
        self.records = 0

    def ours(self, workers=None, out=None, more=()):
        return self.programs.convert(self.source, out or self.out, workers or self.chosen.workers, more=more)

    def peer(self, peer, out=None):
        out = out or self.out
        return self.programs.time([*self.commands[peer], self.source, out, "--processes", self.chosen.workers], out)

    def check(self):
        """All wrote the same cells. Also warms the file cache."""
        ours, theirs = self.work / "ours", self.work / "theirs"
        self.ours(out=ours)
        rows, unexplained = [], []
        for peer in self.commands:
            self.peer(peer, theirs)
            said = self.programs.tool("compare", ours, theirs, self.source)
            self.records = said["rows"]
            rows.append([peer, said["rows"], said["same"], said["cut"], said["missing"], said["tags"],
                         said["references"], said["controls"], said["escapes"], said["unexplained"]])
            # the script reads a file as one document: what one record leaves open changes the next ones
            if peer != "pandas" and (said["unexplained"] or said["extra"] or said["missing"]):
                unexplained.append(f"{peer}: {said['example']}")
        self.library = self.programs.tool("library", ours, self.work / "library")
        shutil.rmtree(theirs, ignore_errors=True)
        if rows:
            self.report.say("The same cells, record by record. Not compared to the end: texts that a peer cuts at Excel's "
                            "32,767 characters. Read differently where the source holds raw tags, rare references or "
                            "control characters, of which each reader thinks its own, or what looks like a workbook's escape "
                            "(`_x0000_`).")
            self.report.table(["peer", "records", "the same", "cut by it", "lost by it", "tags", "references", "controls", "escapes",
                               "unexplained"], rows)
        if unexplained:
            sys.exit("cells differ without a reason in the source:\n" + "\n".join(unexplained))

    def run(self):
        for number in range(self.chosen.rounds):
            for peer in self.commands:
                if number < SLOW.get(peer, self.chosen.rounds):
                    self.pairs[peer].append((self.ours(), self.peer(peer)))
            for workers, pairs in ((self.chosen.workers, self.limits), (1, self.alone)):
                taken = self.ours(workers, more=NOT_READ_BACK)
                if workers == self.chosen.workers:
                    self.proofs.append((self.ours(workers), taken))
                pairs.append((taken, self.programs.tool("limit", self.out, "--workers", workers)))

    def tell(self):
        ours = [own for pairs in [*self.pairs.values(), self.limits] for own, _ in pairs]
        rows = [self.row("Sheetmill", [own for own, _ in self.proofs] + [own for pairs in self.pairs.values() for own, _ in pairs]),
                self.row("Sheetmill, nothing read back", [plain for plain, _ in self.limits])]
        rows += [self.row(peer, [their for _, their in pairs]) for peer, pairs in self.pairs.items()]
        library = self.library
        rows.append(["rust_xlsxwriter, writing alone", 1, f"{library['cpu']:.2f}", f"{self.size / MB / library['cpu']:.1f}",
                     "–", "–", f"{library['written'] / MB:.2f}", f"{library['written'] / self.size:.3f}"])
        cpu, written = median(limit["cpu"] for _, limit in self.limits), self.limits[-1][1]["written"]
        rows.append(["the limit", len(self.limits), f"{cpu:.2f}", f"{self.size / MB / cpu:.1f}", "–", "–",
                     f"{written / MB:.2f}", f"{written / self.size:.3f}"])
        self.report.table(["", "runs", "CPU s", "MB a CPU second", "wall s", "peak MiB", "out MB", "out/in"], rows)
        if self.pairs:
            self.report.say("Times Sheetmill's, of pairs: median (least to most).")
            self.report.table(["peer", "CPU", "wall", "peak memory", "output"], [self.ratios(*item) for item in self.pairs.items()])
        self.report.goals(self.goals(ours))

    def row(self, name, taken):
        cpu, written = median(run.cpu for run in taken), taken[-1].written
        return [name, len(taken), f"{cpu:.2f}", f"{self.size / MB / cpu:.1f}", f"{median(run.wall for run in taken):.2f}",
                f"{max(run.peak for run in taken):.0f}", f"{written / MB:.2f}", f"{written / self.size:.3f}"]

    def ratios(self, peer, pairs):
        parts = ("cpu", 1), ("wall", 1), ("peak", 1), ("written", 3)
        return [peer, *(spread((getattr(their, part) / getattr(own, part) for own, their in pairs), digits)
                        for part, digits in parts)]

    def goals(self, ours):
        rows = []
        for peer, pairs in self.pairs.items():
            least = LEAST.get(peer)
            if peer == "pandas":
                least = next(goal for density, goal in PANDAS if self.records / (self.size / MB) >= density)
            times = [their.cpu / own.cpu for own, their in pairs]
            rows.append((f"CPU less than {peer}", spread(times, 1, " ×"), f"≥ {least:g} ×", median(times) >= least))
        for words, pairs in ((f"{self.chosen.workers} workers", self.limits), ("1 worker", self.alone)):
            times = [own.cpu / limit["cpu"] for own, limit in pairs]
            rows.append((f"CPU of compressing alone, {words}", spread(times, 2, " ×"), f"≤ {LIMIT} ×", median(times) <= LIMIT))
        times = [own.cpu / plain.cpu for own, plain in self.proofs]
        rows.append(("CPU with every workbook read back, of without", spread(times, 2, " ×"), f"≤ {PROOF} ×", median(times) <= PROOF))
        size = ours[-1].written / self.library["written"]
        rows.append(("output of rust_xlsxwriter's at level 6", f"{size:.3f} ×", "≤ 1 ×", size <= 1))
        return rows


def commands(chosen, work):
    """The words that begin each peer's command."""
    folder, names = (chosen.shared, OTHERS) if chosen.shared else (PEERS, NAMES)
    found = {}
    for peer in filter(None, chosen.peers.split(",")):
        if peer not in names:
            sys.exit(f"no peer {peer}")
        script = folder / names[peer]
        if script.suffix == ".c":
            subprocess.run(["cc", "-O2", "-o", work / peer, script, "-lxlsxwriter"], check=True)
            found[peer] = [work / peer]
        else:
            found[peer] = [sys.executable, script]
    return found


def copy_flat(folder, target, copies):
    """The files of all subfolders side by side, as one peer reads no subfolders; how often each."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    if not paths:
        sys.exit(f"no files below {folder}")
    copies = copies or max(1, int(ENOUGH / size_of(folder)))
    target.mkdir()
    for path in paths:
        for copy in range(copies):
            name = "_".join(path.relative_to(folder).parts)
            shutil.copyfile(path, target / (f"{name}-{copy + 1}" if copies > 1 else name))
    return copies
