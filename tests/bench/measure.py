"""Measures what tests/bench/run has built: Sheetmill beside its peers and its limit, and its goals."""

import argparse
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from measuring import modes, sides  # noqa: E402
from measuring.programs import Programs  # noqa: E402
from measuring.report import Report  # noqa: E402

RESULTS = Path(__file__).parent / "RESULTS.md"


def main():
    chosen = arguments()
    programs, report = Programs(chosen.program, chosen.tools), Report()
    if chosen.sides:
        named = {folder.resolve().name: folder for folder in chosen.folders}
        for name, folder in named.items():
            with working(chosen) as work:
                sides.measure(report, programs, name, folder, Path(work), chosen)
        if chosen.profile:
            with working(chosen) as work:
                options = {"files": chosen.files, "size": chosen.size, "seed": chosen.seed}
                folder = programs.corpus(chosen.profile, Path(work) / "made", **options)
                sides.measure(report, programs, f"made, {chosen.profile}", folder, Path(work), chosen)
    for mode in ("small", "scaling", "memory", "json", "formats"):  # small files first: before any are removed
        if getattr(chosen, mode):
            with working(chosen) as work:
                getattr(modes, mode)(report, programs, Path(work), chosen)
    if chosen.write:
        report.write(RESULTS)
        print(f"\nwritten to {RESULTS}")


def working(chosen):
    return tempfile.TemporaryDirectory(prefix="sheetmill-bench-", dir=chosen.work)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of source files")
    parser.add_argument("--program", type=Path, required=True, help="the release program")
    parser.add_argument("--tools", type=Path, required=True, help="sheetmill-bench")
    parser.add_argument("--sides", action="store_true", help="beside peers and the limit")
    parser.add_argument("--scaling", action="store_true", help="one worker and two")
    parser.add_argument("--memory", action="store_true", help="peak memory")
    parser.add_argument("--json", action="store_true", help="JSON documents")
    parser.add_argument("--formats", action="store_true", help="each format")
    parser.add_argument("--small", action="store_true", help="small files, the start, a scan")
    parser.add_argument("--profile", help="of a corpus made here")
    parser.add_argument("--files", type=int, help="of that corpus")
    parser.add_argument("--size", type=int, help="bytes of a file of that corpus")
    parser.add_argument("--seed", type=int, help="of that corpus")
    parser.add_argument("--huge", type=int, default=modes.HUGE, help="bytes of the one huge file")
    parser.add_argument("--names", type=int, default=1_000_000, help="files to be scanned")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--copies", type=int, default=0, help="of every file; 0: as many as make 16 MB")
    parser.add_argument("--peers", default="pandas,tuned,c")
    parser.add_argument("--shared", type=Path, help="folder with the peers as others wrote them")
    parser.add_argument("--work", type=Path, help="folder for what is written meanwhile")
    parser.add_argument("--write", action="store_true", help="also into RESULTS.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
