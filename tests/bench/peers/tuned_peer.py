"""What a skilled Python user would write: tuned_peer.py IN OUT --processes N

Records by one regular expression, selectolax only where a text holds tags, XlsxWriter row by row in
constant memory, long texts going on in text_2, text_3, …; biggest files first, shared out to a Pool.
"""

import argparse
import html
import multiprocessing
import re
from pathlib import Path

import xlsxwriter
from selectolax.lexbor import LexborHTMLParser

RECORD = re.compile(r"<doc\s([^>]*)>(.*?)</doc>", re.DOTALL | re.IGNORECASE)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
CELL = 32_767  # UTF-16 units
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def plain(body):
    """The text of a record's body as HTML gives it."""
    if "<" in body:
        return LexborHTMLParser("<body><doc>" + body).body.css_first("doc").text(deep=True)
    return html.unescape(body) if "&" in body else body


def cells(text):
    """The text in pieces that fit a cell."""
    if len(text) * 2 <= CELL:  # no need to count
        return [text]
    units = text.encode("utf-16-le", "surrogatepass")
    pieces, start = [], 0
    while start < len(units):
        end = min(start + 2 * CELL, len(units))
        if end < len(units) and units[end - 1] & 0xFC == 0xD8:  # the first half of a pair stays with the second
            end -= 2
        pieces.append(units[start:end].decode("utf-16-le", "surrogatepass"))
        start = end
    return pieces


def convert(paths):
    source, target = paths
    rows = []
    for record in RECORD.finditer(source.read_text(encoding="utf-8", errors="replace")):
        fields = dict(ATTRIBUTE.findall(record[1]))
        head = [html.unescape(fields.get(name, "")) for name in ("id", "title")]
        rows.append(head + cells(plain(record[2])))
    width = max(map(len, rows), default=3)
    names = ["id", "title", "text"] + [f"text_{number}" for number in range(2, width - 1)]
    target.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        worksheet = workbook.add_worksheet()
        for row, values in enumerate([names, *rows]):
            for column, value in enumerate(values):
                worksheet.write_string(row, column, value)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    sources = [path for path in chosen.input.rglob("*") if path.is_file()]
    sources.sort(key=lambda path: path.stat().st_size, reverse=True)
    pairs = [(path, chosen.output / f"{path.relative_to(chosen.input)}.xlsx") for path in sources]
    with multiprocessing.Pool(chosen.processes) as pool:
        for _ in pool.imap_unordered(convert, pairs):
            pass
        pool.close()
        pool.join()


if __name__ == "__main__":
    main()
