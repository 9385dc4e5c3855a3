"""Arabic news as tables: who and what it speaks of, who with whom, when, and where it says so.

>>> import nasij
>>> nasij.extract("التقى الرئيس الروسي فلاديمير بوتين نظيره الصيني.")["text"].tolist()
['الروسي', 'فلاديمير بوتين', 'الصيني']
"""

from nasij import accessor as _accessor
from nasij._nasij import Normalized, Normalizer, __version__
from nasij.analysis import Analysis
from nasij.corpus import Corpus
from nasij.counts import Counts
from nasij.errors import (
    AnnotationError,
    ArgumentError,
    FormatError,
    LexiconError,
    NasijError,
    NasijWarning,
    ReadError,
    ReadWarning,
    TextError,
)
from nasij.evaluation import Annotations, Evaluation, evaluate, read_annotations
from nasij.lexicon import Lexicon
from nasij.measures import association, measures
from nasij.text import align, clitics, extract, normalize, sentences, tokens

del _accessor

__all__ = [
    "Analysis",
    "AnnotationError",
    "Annotations",
    "ArgumentError",
    "Corpus",
    "Counts",
    "Evaluation",
    "FormatError",
    "Lexicon",
    "LexiconError",
    "NasijError",
    "NasijWarning",
    "Normalized",
    "Normalizer",
    "ReadError",
    "ReadWarning",
    "TextError",
    "__version__",
    "align",
    "association",
    "clitics",
    "evaluate",
    "extract",
    "measures",
    "normalize",
    "read_annotations",
    "sentences",
    "tokens",
]
