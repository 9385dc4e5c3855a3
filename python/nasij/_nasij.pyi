"""The compiled core: texts in UTF-8, normalization, extraction and counting."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias, TypedDict, final

import numpy as np
import numpy.typing as npt
import pandas as pd

_Coded: TypeAlias = tuple[npt.NDArray[np.int32], list[str]]
_Unit: TypeAlias = str | int
_Bools: TypeAlias = npt.NDArray[np.bool_]
_Ints32: TypeAlias = npt.NDArray[np.int32]
_Ints64: TypeAlias = npt.NDArray[np.int64]
_Floats32: TypeAlias = npt.NDArray[np.float32]
_Floats64: TypeAlias = npt.NDArray[np.float64]

__version__: str
MEASURES: list[_Measure]
__all__ = [
    "MEASURES",
    "ArrowArray",
    "ArrowStream",
    "Counts",
    "Extraction",
    "Lexicon",
    "Normalized",
    "Normalizer",
    "Texts",
    "__version__",
    "analyze",
    "association",
    "bootstrap",
    "bursts",
    "clitics",
    "compare",
    "false_discovery",
    "find_stories",
    "permute",
    "read_arrow",
    "sentences",
    "series",
    "smoothed",
    "tagger_calibrated",
    "tagger_inputs",
    "tagger_model",
    "tagger_run",
    "tokens",
    "wilson",
]

class _Measure(TypedDict):
    name: str
    formula: str
    range: str
    edge: str
    reading: str
    source: str

class _Documents(TypedDict):
    sentences: _Ints64
    tokens: _Ints64
    mentions: _Ints64

class _Inputs(TypedDict):
    form: npt.NDArray[np.uint32]
    sentence: npt.NDArray[np.uint32]
    evidence: npt.NDArray[np.uint8]
    elsewhere: npt.NDArray[np.uint8]
    start: npt.NDArray[np.uint32]
    end: npt.NDArray[np.uint32]
    text_ends: _Ints64
    features: npt.NDArray[np.uint64]
    feature_ends: _Ints64

class _Tagged(TypedDict):
    scores: _Floats32
    first: _Ints64
    end: _Ints64
    type: list[str]
    probability: _Floats32

class _Mentions(TypedDict):
    doc: _Ints32
    sentence: _Ints32
    start: _Ints64
    end: _Ints64
    text: _Coded
    prefix: _Coded
    entity: _Ints32
    role: _Coded
    found_by: _Coded
    score: _Floats32

class _Entities(TypedDict):
    id: list[str]
    name: list[str]
    name_en: list[str]
    type: list[str]
    subtype: list[str]
    wikidata: list[str]

class _Roles(TypedDict):
    mention: _Ints32
    role: _Coded
    holder: _Ints32

class _Counted(TypedDict):
    id: list[str]
    name: list[str]
    name_en: list[str]
    type: list[str]
    count: _Ints64

class _Pairs(TypedDict):
    a: _Ints32
    b: _Ints32
    count: _Ints64

class _Clitics(TypedDict):
    row: _Ints64
    start: _Ints64
    end: _Ints64
    proclitics: list[str]
    article: _Bools
    stem: list[str]
    stem_start: _Ints64
    stem_end: _Ints64
    enclitic: list[str]
    rank: _Ints64

class _Copies(TypedDict):
    first: _Ints32
    nearest: _Ints32
    similarity: _Floats32
    taken: _Floats32
    kept: _Floats32

class _Near(TypedDict):
    entity: _Ints32
    other: _Ints32
    distance: _Floats32

class _Units(TypedDict):
    doc: _Ints32
    sentence: _Ints32
    start: _Ints64
    end: _Ints64

class _FirstUnits(_Units):
    pair: _Ints64

class _Lines(TypedDict):
    doc: _Ints32
    sentence: _Ints32
    before: _Ints64
    start: _Ints64
    end: _Ints64
    after: _Ints64
    prefix: list[str]

class _Evidence(_Units):
    span_row: _Ints64
    span_start: _Ints64
    span_end: _Ints64
    span_entity: _Ints64

class _Series(TypedDict):
    totals: _Ints64
    item: _Ints32
    period: _Ints32
    count: _Ints64

class _Bursts(TypedDict):
    item: _Ints32
    first: _Ints64
    last: _Ints64
    level: _Ints64
    count: _Ints64
    total: _Ints64
    weight: _Floats64

class _Differences(TypedDict):
    couple: _Ints32
    a: _Ints32
    b: _Ints32
    count: _Ints64
    total: _Ints64
    other_count: _Ints64
    other_total: _Ints64
    low: _Floats64
    high: _Floats64
    log_odds: _Floats64
    z: _Floats64
    p: _Floats64
    q: _Floats64

@final
class Normalizer:
    def __new__(cls, profile: str = "light", **rules: bool) -> Normalizer: ...
    @property
    def profile(self) -> str: ...
    @property
    def rules(self) -> dict[str, bool]: ...
    def normalize(self, text: str) -> str: ...
    def normalize_all(self, texts: list[Any]) -> list[Any]: ...
    def normalize_arrow(self, column: Any) -> ArrowArray | ArrowStream: ...
    def normalize_lines(self, block: bytes) -> tuple[list[bytes], int]: ...
    def align(self, text: str) -> Normalized: ...
    def audit(self, texts: str | Iterable[Any]) -> pd.DataFrame: ...

@final
class ArrowArray:
    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]: ...

@final
class ArrowStream:
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

@final
class Normalized:
    @property
    def text(self) -> str: ...
    @property
    def original(self) -> str: ...
    @property
    def alignment_nbytes(self) -> int: ...
    def to_original(self, start: int, end: int) -> tuple[int, int]: ...
    def to_normalized(self, start: int, end: int) -> tuple[int, int]: ...

@final
class Lexicon:
    @staticmethod
    def default() -> Lexicon: ...
    @staticmethod
    def parse(files: list[tuple[str, str, list[str]]]) -> Lexicon: ...
    def extend(self, files: list[tuple[str, str, list[str]]]) -> Lexicon: ...
    def doubts(self, files: list[tuple[str, str, list[str]]]) -> list[str]: ...
    def entries(self) -> dict[str, list[Any]]: ...
    def id_of(self, entity_type: str, name: str) -> str: ...
    def to_bytes(self) -> bytes: ...
    @staticmethod
    def from_bytes(data: bytes) -> Lexicon: ...
    def __len__(self) -> int: ...

@final
class Texts:
    def __new__(cls, chunks: Iterable[list[str]]) -> Texts: ...
    @property
    def nbytes(self) -> int: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> str: ...
    @staticmethod
    def from_bytes(data: bytes) -> Texts: ...
    def slices(self, doc: _Ints32, start: _Ints64, end: _Ints64) -> list[str]: ...

@final
class Extraction:
    def documents(self) -> _Documents: ...
    def mentions(self) -> _Mentions: ...
    def entities(self) -> _Entities: ...
    def roles(self, lexicon: Lexicon) -> tuple[_Roles, _Entities]: ...
    def counts(
        self,
        unit: _Unit,
        entities: _Bools | None,
        docs: _Bools | None,
        counted: str = "units",
        groups: _Ints32 | None = None,
        min_count: int = 1,
    ) -> Counts: ...
    def select(self, kept: _Bools) -> Extraction: ...
    @property
    def texts(self) -> Texts: ...
    def nested(self, lexicon: Lexicon) -> tuple[Extraction, _Ints64]: ...
    def entity(self, code: int) -> tuple[str, str]: ...
    def evidence(
        self,
        unit: _Unit,
        a: int,
        b: int | None,
        mentions: _Ints32 | None,
        entities: _Bools | None,
        docs: _Bools | None,
        groups: _Ints32 | None,
    ) -> _Evidence: ...
    def first_units(
        self,
        unit: _Unit,
        a: _Ints32,
        b: _Ints32 | None,
        entities: _Bools | None,
        docs: _Bools | None,
        groups: _Ints32 | None,
        limit: int,
    ) -> _FirstUnits: ...
    def concordance(self, entity: int, width: int, words: bool, within: str) -> _Lines: ...
    def relink(
        self, entity_of: npt.NDArray[np.uint32], entities: list[list[str]]
    ) -> Extraction: ...
    def suggestions(self, lexicon: Lexicon) -> _Near: ...
    @staticmethod
    def from_parts(data: bytes, texts: Texts) -> Extraction: ...

class _Asked(TypedDict):
    unit: _Unit
    entities: _Bools | None
    docs: _Bools | None
    groups: _Ints32 | None
    a: _Ints32
    b: _Ints32

def bootstrap(
    extraction: Extraction,
    asked: _Asked,
    clusters: _Ints32,
    measures: list[str],
    resamples: int,
    level: float,
    seed: int,
    threads: int | None,
    progress: Callable[[int, int], None] | None,
) -> dict[str, Any]: ...
def permute(
    extraction: Extraction,
    asked: _Asked,
    strata: _Ints32 | None,
    together: _Ints32 | None,
    permutations: int,
    alternative: str,
    tests: int,
    seed: int,
    threads: int | None,
    progress: Callable[[int, int], None] | None,
) -> dict[str, Any]: ...

@final
class Counts:
    @property
    def unit(self) -> str: ...
    @property
    def counted(self) -> str: ...
    @property
    def total(self) -> int: ...
    @property
    def ids(self) -> list[str]: ...
    def merge(self, other: Counts) -> Counts: ...
    def entities(self) -> _Counted: ...
    def pairs(self, min_count: int) -> _Pairs: ...
    @staticmethod
    def columns() -> list[str]: ...
    @staticmethod
    def usual() -> list[str]: ...
    @staticmethod
    def from_mentions(
        unit: str,
        units: list[_Ints64],
        entity: _Ints64,
        entities: list[list[str]],
        total: int | None = None,
    ) -> Counts: ...
    @staticmethod
    def numbered(values: _Ints64) -> list[_Ints64]: ...
    def table(
        self,
        min_count: int,
        types: list[str] | None = None,
        columns: list[str] | None = None,
        strongest_first: bool = True,
        min_each: int = 1,
    ) -> dict[str, Any]: ...
    def to_bytes(self) -> bytes: ...
    @staticmethod
    def from_bytes(data: bytes) -> Counts: ...

def analyze(
    texts: Texts,
    lexicon: Lexicon,
    threads: int | None,
    progress: Callable[[int, int], None] | None,
    types: list[str] | None,
    min_score: float,
    tagger: bool | bytes,
) -> Extraction: ...
def association(
    both: _Ints64, a: _Ints64, b: _Ints64, total: _Ints64, names: list[str], few: bool
) -> dict[str, Any]: ...
def bursts(
    totals: _Ints64,
    item: _Ints32,
    period: _Ints32,
    count: _Ints64,
    s: float,
    gamma: float,
    levels: int,
) -> _Bursts: ...
def compare(
    couples: list[tuple[Counts, Counts]], pairs: bool, min_count: int, z: float
) -> tuple[_Differences, _Entities]: ...
def clitics(texts: list[Any], ranked: bool) -> _Clitics: ...
def false_discovery(p: _Floats64, tests: int) -> _Floats64: ...
def find_stories(
    texts: Texts,
    dates: _Ints64,
    threshold: float,
    threads: int | None,
    progress: Callable[[int, int], None] | None,
) -> _Copies: ...
def sentences(texts: list[Any]) -> tuple[_Ints64, _Ints64, _Ints64]: ...
def series(
    extraction: Extraction,
    unit: _Unit,
    entities: _Bools | None,
    groups: _Ints32 | None,
    a: _Ints32,
    b: _Ints32,
    periods: _Ints32,
    length: int,
) -> _Series: ...
def smoothed(counts: _Ints64, totals: _Ints64, reach: int) -> _Floats64: ...
def tagger_calibrated(model: bytes, lines: list[npt.NDArray[np.float32]]) -> bytes: ...
def tagger_inputs(texts: Texts, lexicon: Lexicon) -> _Inputs: ...
def tagger_model(parts: dict[str, Any]) -> bytes: ...
def tagger_run(model: bytes, inputs: _Inputs, with_scores: bool = True) -> _Tagged: ...
def tokens(texts: list[Any]) -> tuple[_Ints64, _Ints64, _Ints64, _Coded]: ...
def read_arrow(table: object) -> dict[str, list[str | None] | npt.NDArray[np.generic]]: ...
def wilson(count: _Ints64, total: _Ints64, z: float) -> tuple[_Floats64, _Floats64]: ...
