"""Reads the records of JSON documents as people do in Python: `json_peer.py ijson|pandas FILE`, the records in `data`."""

import json
import sys


def by_ijson(path):
    import ijson

    with open(path, "rb") as file:
        return sum(1 for _ in ijson.items(file, "data.item"))


def by_pandas(path):
    """`read_json` takes an array of records; of a document people take the array out first."""
    import io

    import pandas

    with open(path, encoding="utf-8") as file:
        data = json.load(file)["data"]
    return len(pandas.read_json(io.StringIO(json.dumps(data)), orient="records", dtype=False))


if __name__ == "__main__":
    print({"ijson": by_ijson, "pandas": by_pandas}[sys.argv[1]](sys.argv[2]))
