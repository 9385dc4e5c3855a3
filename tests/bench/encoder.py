"""The encoder of BERT-base (Devlin and others 2019) in PyTorch, on one thread of the processor.

Its weights are random, for its speed does not depend on them. Nor are words cut: of every five
tokens two count as two sub-words, 1.4 on average, which is about what vocabularies made for
Arabic give. Sentences of about the same length go together, so that little is padded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LAYERS, WIDTH, HEADS, INNER = 12, 768, 12, 3072
VOCABULARY, LONGEST, TOGETHER = 30_000, 512, 16


class Encoder(nn.Module):
    """From the numbers of sub-words to a vector for each."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        layer = nn.TransformerEncoderLayer(WIDTH, HEADS, INNER, activation="gelu", batch_first=True)
        self.layers = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)

    def forward(self, words: torch.Tensor, padding: torch.Tensor | None) -> torch.Tensor:
        vectors = self.words(words) + self.places.weight[: words.shape[1]]
        return self.layers(self.norm(vectors), src_key_padding_mask=padding)


def prepared(lengths: Sequence[int], words: int) -> tuple[Callable[[], object], int]:
    """What encodes some sentences, given by their tokens, and how many tokens they have.

    Of all sentences, batched by length, every so many batches are taken for about so many words.
    """
    torch.set_num_threads(1)
    torch.manual_seed(0)
    encoder = Encoder().eval()
    most = (LONGEST - 2) * 5 // 7
    by_length = sorted(min(length, most) for length in lengths)
    batches = [by_length[i : i + TOGETHER] for i in range(0, len(by_length), TOGETHER)]
    step = max(1, round(sum(by_length) / words))
    batches = batches[step // 2 :: step]
    given = [_batch([length * 7 // 5 + 2 for length in batch]) for batch in batches]

    def encode() -> None:
        with torch.inference_mode():
            for numbers, padding in given:
                encoder(numbers, padding)

    return encode, sum(map(sum, batches))


def _batch(lengths: list[int]) -> tuple[torch.Tensor, torch.Tensor | None]:
    """Numbers of sub-words and what of them is padding, if any is."""
    longest = max(lengths)
    numbers = torch.randint(VOCABULARY, (len(lengths), longest))
    padding = torch.arange(longest) >= torch.tensor(lengths)[:, None]
    return numbers, padding if padding.any() else None
