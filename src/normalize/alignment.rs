use crate::text::Span;

/// Where every byte of a normalized text came from.
///
/// Stored as pieces: a linear piece maps byte for byte, any other maps as a whole. A text that
/// nothing changed is one piece, and a replacement of equal length (أ by ا) needs none of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    pieces: Vec<Piece>,
    normalized_len: u32,
    original_len: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    normalized: u32,
    original: u32,
    linear: bool,
}

impl Alignment {
    fn ends(&self, i: usize) -> (u32, u32) {
        self.pieces
            .get(i + 1)
            .map_or((self.normalized_len, self.original_len), |p| {
                (p.normalized, p.original)
            })
    }

    /// The original of a normalized span.
    ///
    /// Removed characters belong to the character before them, so a word's span holds its marks;
    /// those that begin the text belong to none. A span that cuts through an expansion (ﻻ -> لا)
    /// grows to the whole of it, and one that reaches beyond the text ends with it.
    ///
    /// Normalizing the original slice gives back the normalized slice for every span that cuts
    /// no expansion. The rules that see more than one character hold to it where nothing
    /// they see is cut: `whitespace` for spans that part no run of blanks, `repeats` for spans
    /// that part no run of one letter, `html` everywhere.
    pub fn to_original(&self, span: Span) -> Span {
        let span = Span {
            start: span.start.min(self.normalized_len),
            end: span.end.min(self.normalized_len),
        };
        let start = self.original_start(span.start);
        if span.is_empty() {
            return Span { start, end: start };
        }
        // The last piece that begins before the end, then over the removals that follow it.
        let mut i = self.pieces.partition_point(|p| p.normalized < span.end) - 1;
        let (normalized_end, _) = self.ends(i);
        let piece = self.pieces[i];
        if piece.linear && span.end < normalized_end {
            return Span {
                start,
                end: piece.original + (span.end - piece.normalized),
            };
        }
        while i + 1 < self.pieces.len() && self.ends(i + 1).0 == normalized_end {
            i += 1;
        }
        Span {
            start,
            end: self.ends(i).1,
        }
    }

    fn original_start(&self, at: u32) -> u32 {
        // The last piece that begins at or before `at`: removals at the same place lie before it.
        let i = self.pieces.partition_point(|p| p.normalized <= at);
        let Some(piece) = i.checked_sub(1).map(|i| self.pieces[i]) else {
            return 0;
        };
        if piece.linear {
            piece.original + (at - piece.normalized)
        } else if at >= self.normalized_len {
            self.original_len
        } else {
            piece.original
        }
    }

    /// The normalized span of an original one; a removed character's is empty.
    pub fn to_normalized(&self, span: Span) -> Span {
        let start = self.normalized_at(span.start, false);
        let end = self.normalized_at(span.end, true);
        Span {
            start,
            end: end.max(start),
        }
    }

    fn normalized_at(&self, at: u32, is_end: bool) -> u32 {
        if at >= self.original_len {
            return self.normalized_len;
        }
        let i = self.pieces.partition_point(|p| p.original <= at);
        let Some(i) = i.checked_sub(1) else { return 0 };
        let piece = self.pieces[i];
        if piece.linear {
            piece.normalized + (at - piece.original)
        } else if is_end && at > piece.original {
            self.ends(i).0
        } else {
            piece.normalized
        }
    }

    /// How many pieces it takes; two or three a removed character.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }
}

/// Where a driver records the original place of each character that it emits.
pub(super) trait Track: Default {
    /// One character of `len` bytes came from `original`; `same` if as long as there.
    fn push(&mut self, len: u32, original: Span, same: bool);
    /// Takes back the last character and gives its original place.
    fn pop(&mut self) -> Span;
}

/// Records nothing: text alone is wanted.
impl Track for () {
    fn push(&mut self, _: u32, _: Span, _: bool) {}
    fn pop(&mut self) -> Span {
        Span::default()
    }
}

/// Collects pieces; gaps between what it is given are removals. It cannot take back.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pieces: Vec<Piece>,
    normalized: u32,
    original: u32,
}

impl Track for Builder {
    fn push(&mut self, len: u32, original: Span, same: bool) {
        if original.start < self.original {
            // Another character of the same expansion: its piece grows.
            self.normalized += len;
            return;
        }
        let gap = original.start > self.original;
        if gap {
            self.piece(self.original, false);
        }
        let continues = same && !gap && self.pieces.last().is_some_and(|p| p.linear);
        if !continues {
            self.piece(original.start, same);
        }
        self.normalized += len;
        self.original = original.end;
    }

    fn pop(&mut self) -> Span {
        unreachable!("rules that look back record single characters")
    }
}

impl Builder {
    fn piece(&mut self, original: u32, linear: bool) {
        self.pieces.push(Piece {
            normalized: self.normalized,
            original,
            linear,
        });
    }

    pub(super) fn finish(mut self, original_len: u32) -> Alignment {
        if self.original < original_len {
            self.piece(self.original, false);
        }
        Alignment {
            pieces: self.pieces,
            normalized_len: self.normalized,
            original_len,
        }
    }
}

/// Single characters, for the rules that look back and may take some back.
#[derive(Debug, Default)]
pub(super) struct Elements(Vec<(u32, Span, bool)>);

impl Track for Elements {
    fn push(&mut self, len: u32, original: Span, same: bool) {
        self.0.push((len, original, same));
    }

    fn pop(&mut self) -> Span {
        self.0.pop().map_or(Span::default(), |(_, span, _)| span)
    }
}

impl Elements {
    pub(super) fn finish(self, original_len: u32) -> Alignment {
        let mut builder = Builder::default();
        for (len, span, same) in self.0 {
            builder.push(len, span, same);
        }
        builder.finish(original_len)
    }
}
