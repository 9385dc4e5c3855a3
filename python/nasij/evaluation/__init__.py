"""How well names are found: annotations by hand held against those of nasij or any other tagger.

From files or frames to spans of one kind (`conll`, `offsets`, `annotations`, `sides`), to pairs of
a gold and a predicted mention (`matching`), to figures (`scoring`) and tables (`result`).
"""

from __future__ import annotations

from nasij.evaluation.annotations import Annotations, read_annotations
from nasij.evaluation.evaluate import evaluate
from nasij.evaluation.result import Evaluation

__all__ = ["Annotations", "Evaluation", "evaluate", "read_annotations"]
