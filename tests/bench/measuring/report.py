"""Figures on the screen, and in RESULTS.md where that is asked for: a section a question."""

import datetime
import os
import platform
import re
import statistics
import unicodedata
from pathlib import Path

HEAD = "# How fast\n\nWritten by `tests/bench/run --write`; what each figure means stands in `tests/bench/README.md`.\n"


class Report:
    def __init__(self):
        self.sections = {}
        self.lines = []
        self.began = busy()

    def section(self, title, *words):
        self.lines = self.sections.setdefault(title, [])
        print(f"\n## {title}", flush=True)
        self.say(f"{datetime.date.today():%Y-%m-%d}, {machine()}.", *words)
        self.began = busy()

    def say(self, *words):
        for line in words:
            self._add("", line)

    def table(self, header, rows):
        """Texts; the first column is left, the others right."""
        texts = [[str(cell) for cell in row] for row in [header, *rows]]
        widths = [max(map(wide, column)) for column in zip(*texts)]
        lines = ["| " + " | ".join(pad(cell, width, place > 0) for place, (cell, width) in enumerate(zip(row, widths))) + " |"
                 for row in texts]
        rule = "|" + "|".join("-" * (width + 1 + (place == 0)) + (":" if place else "") for place, width in enumerate(widths)) + "|"
        self._add("", lines[0], rule, *lines[1:])

    def goals(self, rows):
        """Rows of (what, figure as text, goal as text, met or None); ends a section."""
        words = {True: "met", False: "**not met**", None: "–"}
        self.table(["figure", "measured", "goal", ""], [[what, figure, goal, words[met]] for what, figure, goal, met in rows])
        others = [now - before for now, before in zip(busy(), self.began)]
        if others[1] > 0:
            share = max(0.0, others[0] / others[1])
            trust = "" if share < 0.05 else ": wall times, and with them cores, say little"
            self.say(f"Meanwhile other programs took {share:.0%} of the processors{trust}.")

    def _add(self, *lines):
        self.lines += lines
        print("\n".join(lines), flush=True)

    def write(self, path):
        """Puts the sections in their places; those that were not measured now stay as they are."""
        old = path.read_text(encoding="utf-8") if path.exists() else HEAD
        parts = re.split(r"^## (.*)\n", old, flags=re.MULTILINE)
        sections = dict(zip(parts[1::2], (part.strip() for part in parts[2::2])))
        sections |= {title: "\n".join(lines).strip() for title, lines in self.sections.items()}
        text = HEAD + "".join(f"\n## {title}\n\n{body}\n" for title, body in sections.items())
        path.write_text(text, encoding="utf-8")


def machine():
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def busy():
    """Processor seconds of all programs but this one and those that it started; processor seconds that there were."""
    if not Path("/proc/stat").exists():
        return 0.0, 0.0
    ticks = [int(value) for value in Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:9]]
    idle = ticks[3] + ticks[4]
    unit = os.sysconf("SC_CLK_TCK")
    return (sum(ticks) - idle) / unit - sum(os.times()[:4]), sum(ticks) / unit


def median(values):
    return statistics.median(list(values))


def spread(values, digits=2, unit=""):
    """Median with the least and the most."""
    values = list(values)
    low, high = min(values), max(values)
    return f"{median(values):.{digits}f}{unit} ({low:.{digits}f} to {high:.{digits}f})"


def wide(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def pad(text, width, right):
    space = " " * (width - wide(text))
    return space + text if right else text + space
