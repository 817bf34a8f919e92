#!/usr/bin/env python3
"""Makes the bundled fonts from their published packages.

  npm pack pretendard@1.3.9 @phosphor-icons/web@2.1.2   (unpack each into a folder)
  pip install fonttools
  make.py PRETENDARD_FOLDER PHOSPHOR_FOLDER

Pretendard: egui cannot switch OpenType features on, so the tabular digits (`tnum`) are made the
default ones and columns of numbers align. Phosphor: only the icons that the window uses, each from
the weight that suits its size, so that no code point stands in two files.
"""
import os
import subprocess
import sys

from fontTools.ttLib import TTFont

HERE = os.path.dirname(os.path.abspath(__file__))
ICONS = {
    "regular/Phosphor.ttf": {"folder": 0xE24A, "table": 0xE476, "arrow-right": 0xE06C, "gear-six": 0xE272,
                             "download-simple": 0xE20C, "magnifying-glass": 0xE30C,
                             "bookmark-simple": 0xE0EA,
                             "sidebar-simple": 0xEC24, "trash": 0xE4A6},
    "bold/Phosphor-Bold.ttf": {"check": 0xE182, "x": 0xE4F6, "caret-down": 0xE136, "minus": 0xE32A,
                               "warning": 0xE4E0, "arrow-counter-clockwise": 0xE038, "arrow-up": 0xE08E, "arrow-down": 0xE03E,
                               "caret-right": 0xE13A, "dots-six-vertical": 0xEAE2},
    "fill/Phosphor-Fill.ttf": {"play": 0xE3D0, "pause": 0xE39E, "stop": 0xE46C},
}


def tabular(source, target):
    font = TTFont(source)
    substitutions = {}
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for subtable in gsub.LookupList.Lookup[index].SubTable:
                    subtable = getattr(subtable, "ExtSubTable", subtable)
                    substitutions.update(subtable.mapping)
    for table in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if code in table.cmap:
                table.cmap[code] = substitutions.get(table.cmap[code], table.cmap[code])
    widths = {font["hmtx"][font.getBestCmap()[code]][0] for code in range(ord("0"), ord("9") + 1)}
    assert len(widths) == 1, f"digits of widths {widths}"
    rename(font)
    font.save(target)


def rename(font):
    """The licence reserves the name Pretendard for the unchanged font."""
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            old = record.toUnicode()
            record.string = old.replace("Pretendard", "SheetmillSans" if record.nameID == 6 else "Sheetmill Sans")
    cff = font["CFF "].cff
    cff.fontNames = [name.replace("Pretendard", "SheetmillSans") for name in cff.fontNames]
    for top in cff.topDictIndex:
        for key in ("FullName", "FamilyName"):
            if hasattr(top, key):
                setattr(top, key, getattr(top, key).replace("Pretendard", "Sheetmill Sans"))


def main():
    pretendard, phosphor = sys.argv[1:3]
    for weight in ("Regular", "SemiBold"):
        source = os.path.join(pretendard, "dist/public/static", f"Pretendard-{weight}.otf")
        tabular(source, os.path.join(HERE, f"sheetmill-sans-{weight.lower()}.otf"))
    for path, icons in ICONS.items():
        name = "icons-" + os.path.dirname(path) + ".ttf"
        subprocess.run([sys.executable, "-m", "fontTools.subset", os.path.join(phosphor, "src", path),
                        "--unicodes=" + ",".join(f"{code:x}" for code in icons.values()), "--layout-features=",
                        "--output-file=" + os.path.join(HERE, name)], check=True)


if __name__ == "__main__":
    main()
