"""Tables as files: written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from nasij import graph
from nasij.arguments import one_of
from nasij.errors import ArgumentError
from nasij.files import usual_mode

if TYPE_CHECKING:
    import os

    import pandas as pd

    from nasij.analysis import Analysis

__all__ = ["FORMATS", "check_folder", "write_all", "write_jsonl"]

FORMATS: Final = ("csv", "jsonl", "parquet")
_TABLES: Final = ("documents", "mentions", "entities", "roles", "stories", "pairs", "problems")
_NETWORK: Final = "network.gexf"


def check_folder(folder: str | os.PathLike[str], *, overwrite: bool) -> Path:
    """The folder to write to, refused if it holds something that is not to be replaced."""
    place = Path(folder).expanduser()
    if place.exists() and not place.is_dir():
        msg = f"{place} is a file, not a folder"
        raise ArgumentError(msg)
    if not overwrite and place.is_dir() and any(place.iterdir()):
        msg = f"{place} is not empty; choose another folder, or overwrite (--force)"
        raise ArgumentError(msg)
    return place


def write_all(
    analysis: Analysis,
    pairs: pd.DataFrame,
    folder: str | os.PathLike[str],
    format: str,  # noqa: A002
    *,
    overwrite: bool,
) -> list[Path]:
    """Writes every table and the network of `pairs`; a failure leaves `folder` as it was.

    The files are written to a folder beside and moved when all are there. With `overwrite`, files
    of an earlier run are replaced or removed, and everything else in the folder stays.
    """
    one_of("format", format, FORMATS)
    frames = {
        "documents": analysis.documents,
        "mentions": analysis.mentions,
        "entities": analysis.entities,
        "roles": analysis.roles(),
        "stories": analysis.stories,
        "pairs": pairs,
    }
    if len(analysis.corpus.problems):
        frames["problems"] = analysis.corpus.problems
    place = check_folder(folder, overwrite=overwrite)
    place.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        for name, frame in frames.items():
            _write_table(frame, staged / f"{name}.{format}", format)
        network = analysis._shown(graph.build_tables(frames["entities"], pairs))
        graph.write_gexf(network, staged / _NETWORK)
        names = [*(f"{name}.{format}" for name in frames), _NETWORK]
        if place.is_dir():
            for name in names:
                (staged / name).replace(place / name)
            for old in (place / f"{table}.{kind}" for table in _TABLES for kind in FORMATS):
                if old.name not in names:
                    old.unlink(missing_ok=True)
        else:
            staged.chmod(usual_mode(0o777))
            staged.rename(place)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return [place / name for name in names]


def _write_table(frame: pd.DataFrame, path: Path, format: str) -> None:  # noqa: A002
    if format == "csv":
        flat = frame.assign(**{name: frame[name].map(" | ".join) for name in _lists(frame)})
        flat.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    elif format == "jsonl":
        write_jsonl(frame, path)
    else:
        try:
            frame.to_parquet(path, index=False, engine="pyarrow")
        except ImportError as error:
            msg = "writing Parquet needs pyarrow: pip install nasij[parquet]"
            raise ArgumentError(msg) from error


def write_jsonl(frame: pd.DataFrame, target: Path | TextIO) -> None:
    """One object a row; numbers with the digits they have, so that 0.99 is not 0.9900000095."""
    short = frame.select_dtypes("float32").astype("float64").round(6)
    frame.assign(**{str(name): column for name, column in short.items()}).to_json(
        target,
        orient="records",
        lines=True,
        force_ascii=False,
        date_format="iso",
        double_precision=15,
    )


def _lists(frame: pd.DataFrame) -> list[str]:
    return [name for name in frame.columns if name in {"variants", "members"}]
