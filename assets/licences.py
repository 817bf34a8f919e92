#!/usr/bin/env python3
"""Writes what the crates in Cargo.lock are licensed under: licences.txt, a line each with version and licence, and
licence_texts.txt, the texts that they bring, each once, with the names of all that bring it.

Run it after a change of the dependencies; a test tells when it is due.
"""
import collections
import json
import os
import re
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
TEXT = re.compile(r"(licen[cs]e|copying|notice|unlicense)", re.IGNORECASE)
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def main():
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    told = subprocess.run(command, cwd=os.path.dirname(HERE), check=True, capture_output=True, text=True)
    packages = [package for package in json.loads(told.stdout)["packages"] if package["source"]]
    lines = {f"{name(package)} · {licence(package)}\n" for package in packages}
    write("licences.txt", sorted(lines))
    write("licence_texts.txt", texts(packages))


def texts(packages):
    """Blocks: names of crates, a rule, the text."""
    known, without = collections.defaultdict(list), []
    for package in sorted(packages, key=name):
        found = list(brought(os.path.dirname(package["manifest_path"])))
        without += [] if found else [package]
        for text in found:
            key = " ".join(text.split())
            known[key].append((name(package), text))
    blocks = sorted(known.values(), key=lambda block: (-len(block), block[0]))
    for block in blocks:
        yield from heading([crate for crate, _ in block])
        yield block[0][1].strip("\n") + "\n\n"
    # these name their licence and bring no text of it
    yield from heading([f"{name(package)} · {licence(package)} · {', '.join(package['authors']) or 'its authors'}" for package in without])
    yield "Where MIT is among their licences, in its words:\n\n" + MIT
    yield "\nThe texts of the others are among those above.\n"


def brought(folder):
    for file in sorted(os.listdir(folder)):
        path = os.path.join(folder, file)
        if TEXT.match(file) and os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace", newline=None) as opened:
                yield "".join(line.rstrip() + "\n" for line in opened)


def heading(names):
    yield "=" * 80 + "\n"
    yield from (f"{crate}\n" for crate in names)
    yield "-" * 80 + "\n"


def name(package):
    return f"{package['name']} {package['version']}"


def licence(package):
    return (package["license"] or f"see {package['license_file']}").replace(" / ", "/").replace("/", " OR ")


def write(file, lines):
    with open(os.path.join(HERE, file), "w", encoding="utf-8") as opened:
        opened.writelines(lines)


if __name__ == "__main__":
    main()
