"""What people do today: pandas_peer.py IN OUT --processes N

The whole file as one HTML document (BeautifulSoup, html5lib), one row appended to a DataFrame per
record, written with openpyxl, files shared out to a Pool. IN has no subfolders. Long texts are cut
by nobody: openpyxl writes them, and Excel complains.
"""

import argparse
import multiprocessing
import warnings
from pathlib import Path

import bs4
import pandas

warnings.filterwarnings("ignore", category=FutureWarning)  # DataFrame.append is deprecated


def convert(paths):
    source, target = paths
    document = bs4.BeautifulSoup(source.read_text(encoding="utf-8").strip(), "html5lib")
    frame = pandas.DataFrame(columns=["id", "title", "text"])
    for record in document.find_all("doc"):
        row = {"id": record["id"], "title": record["title"], "text": record.text}
        frame = frame.append(row, ignore_index=True)
    frame.to_excel(target, index=False, engine="openpyxl")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    chosen.output.mkdir(parents=True, exist_ok=True)
    pairs = [(source, chosen.output / f"{source.name}.xlsx") for source in sorted(chosen.input.iterdir())]
    with multiprocessing.Pool(chosen.processes) as pool:
        for _ in pool.imap_unordered(convert, pairs):
            pass
        pool.close()
        pool.join()


if __name__ == "__main__":
    main()
