#!/usr/bin/env python3
"""Writes licences.txt: every crate that Cargo.lock names, with its version and licence.

Run it after a change of the dependencies; a test tells when it is due.
"""
import json
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    told = subprocess.run(command, cwd=os.path.dirname(HERE), check=True, capture_output=True, text=True)
    packages = [package for package in json.loads(told.stdout)["packages"] if package["source"]]
    lines = {f"{package['name']} {package['version']} · {licence(package)}\n" for package in packages}
    with open(os.path.join(HERE, "licences.txt"), "w", encoding="utf-8") as file:
        file.writelines(sorted(lines))


def licence(package):
    return (package["license"] or f"see {package['license_file']}").replace(" / ", "/").replace("/", " OR ")


if __name__ == "__main__":
    main()
