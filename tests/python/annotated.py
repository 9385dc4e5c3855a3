"""What the tests of annotations and of evaluation share."""

import pandas as pd


def frame(*rows, columns=("doc", "start", "end", "type")):
    return pd.DataFrame(rows, columns=list(columns))


def conll(path, rows):
    """A file of tokens and tags; None ends a sentence."""
    lines = ("" if row is None else " ".join(row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(table, kind):
    return table.set_index("type").loc[kind]
