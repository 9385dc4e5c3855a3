use super::rules::{Rule, Rules};
use crate::text::Span;

/// Where every byte of a normalized text came from.
///
/// Only edits are stored: a stretch of the original and what stands for it; between edits both
/// texts run on byte for byte (أ and ا are as long). An edit takes about three bytes, so the
/// alignment of a news article takes about a hundredth of its text; every `EVERY` edits a
/// checkpoint is kept, and a look-up reads no further than from one to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alignment {
    /// Each edit: the length unchanged before it, then both its lengths, in one byte where they
    /// are short.
    packed: Box<[u8]>,
    checkpoints: Box<[Checkpoint]>,
    normalized_len: u32,
    original_len: u32,
}

const EVERY: usize = 64;
const LONG: u8 = 0x0F;

/// The ends of the edits so far, and where in `packed` the next stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Checkpoint {
    original: u32,
    normalized: u32,
    next: u32,
}

/// A stretch of the original and what stands for it, unlike in length or mapped as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edit {
    original: Span,
    normalized: Span,
}

impl Alignment {
    fn pack(
        edits: &[Edit],
        packed: &mut Vec<u8>,
        (normalized_len, original_len): (u32, u32),
    ) -> Self {
        let mut checkpoints = Vec::with_capacity(edits.len().saturating_sub(1) / EVERY);
        let mut end = 0;
        for (i, edit) in edits.iter().enumerate() {
            if i > 0 && i.is_multiple_of(EVERY) {
                checkpoints.push(Checkpoint {
                    original: end,
                    normalized: edits[i - 1].normalized.end,
                    next: packed.len() as u32,
                });
            }
            put(packed, edit.original.start - end);
            let (original, normalized) = (edit.original.len() as u32, edit.normalized.len() as u32);
            if original < 16 && normalized < u32::from(LONG) {
                packed.push((original << 4 | normalized) as u8);
            } else {
                packed.push(LONG);
                put(packed, original);
                put(packed, normalized);
            }
            end = edit.original.end;
        }
        Self {
            packed: packed.as_slice().into(),
            checkpoints: checkpoints.into(),
            normalized_len,
            original_len,
        }
    }

    /// The edits from the last checkpoint that passes on, and that checkpoint.
    fn from(&self, pass: impl Fn(&Checkpoint) -> bool) -> (Checkpoint, Edits<'_>) {
        let passed = self.checkpoints.partition_point(pass);
        let checkpoint = passed.checked_sub(1).map(|i| self.checkpoints[i]);
        let checkpoint = checkpoint.unwrap_or_default();
        let edits = Edits {
            packed: &self.packed[checkpoint.next as usize..],
            original: checkpoint.original,
            normalized: checkpoint.normalized,
        };
        (checkpoint, edits)
    }

    /// The original of a normalized span.
    ///
    /// Removed characters belong to the character before them, so a word's span holds its marks;
    /// those that begin the text belong to none. A span that cuts through an expansion (ﻻ -> لا)
    /// grows to the whole of it, and one that reaches beyond the text ends with it.
    ///
    /// Normalizing the original slice gives back the normalized slice for every span that cuts
    /// no expansion. The rules that see more than one character hold to it where nothing
    /// they see is cut: `composition` for spans that part no letter from its marks, `whitespace`
    /// for spans that part no run of blanks, `repeats` for spans that part no run of one letter,
    /// `html` everywhere.
    pub fn to_original(&self, span: Span) -> Span {
        let start = self.original_start(span.start.min(self.normalized_len));
        let end = span.end.min(self.normalized_len);
        let end = if end <= span.start {
            start
        } else {
            self.original_end(end)
        };
        Span { start, end }
    }

    fn original_start(&self, at: u32) -> u32 {
        let (mut ends, edits) = self.from(|c| c.normalized <= at);
        for edit in edits.take_while(|e| e.normalized.start <= at) {
            if at < edit.normalized.end {
                return edit.original.start;
            }
            ends = edit.ends(ends);
        }
        ends.original + (at - ends.normalized)
    }

    fn original_end(&self, at: u32) -> u32 {
        let (mut ends, edits) = self.from(|c| c.normalized < at);
        let mut until = at;
        for edit in edits {
            // What was removed right behind the span belongs to it.
            let removed = edit.normalized.is_empty() && edit.normalized.start == until;
            if edit.normalized.start >= until && !removed {
                break;
            }
            ends = edit.ends(ends);
            until = until.max(ends.normalized);
        }
        ends.original + (until - ends.normalized)
    }

    /// The normalized span of an original one; a removed character's is empty.
    pub fn to_normalized(&self, span: Span) -> Span {
        let lead = |at: u32, is_end: bool| {
            let (ends, edits) = self.from(|c| c.original <= at);
            Forward::new(self, ends, edits).lead(at, is_end)
        };
        let start = lead(span.start, false);
        Span {
            start,
            end: lead(span.end, true).max(start),
        }
    }

    /// The same for many spans in the order of the text, each begun where the last one led.
    pub fn forward(&self) -> Forward<'_> {
        let (ends, edits) = self.from(|_| false);
        Forward::new(self, ends, edits)
    }

    /// How many stretches of the original are written otherwise, in another length.
    pub fn edits(&self) -> usize {
        self.from(|_| false).1.count()
    }

    /// The memory its edits take, in bytes.
    pub fn nbytes(&self) -> usize {
        self.packed.len() + size_of_val(&*self.checkpoints)
    }
}

/// Leads spans of the original, one after another, to the normalized text.
#[derive(Debug)]
pub struct Forward<'a> {
    alignment: &'a Alignment,
    ends: Checkpoint,
    next: Option<Edit>,
    edits: Edits<'a>,
}

impl<'a> Forward<'a> {
    fn new(alignment: &'a Alignment, ends: Checkpoint, mut edits: Edits<'a>) -> Self {
        Self {
            alignment,
            ends,
            next: edits.next(),
            edits,
        }
    }

    /// The normalized span of an original one, which begins no earlier than the last one ended.
    #[inline]
    pub fn to_normalized(&mut self, span: Span) -> Span {
        let before_next = |e: &Edit| span.end < e.original.start;
        if span.end < self.alignment.original_len && self.next.as_ref().is_none_or(before_next) {
            // No edit since the last span, and none in this one.
            let lead = |at: u32| self.ends.normalized + (at - self.ends.original);
            return Span {
                start: lead(span.start),
                end: lead(span.end),
            };
        }
        let start = self.lead(span.start, false);
        let end = self.lead(span.end, true);
        Span {
            start,
            end: end.max(start),
        }
    }

    fn lead(&mut self, at: u32, is_end: bool) -> u32 {
        if at >= self.alignment.original_len {
            return self.alignment.normalized_len;
        }
        while let Some(edit) = self.next.filter(|e| e.original.start <= at) {
            if at < edit.original.end {
                let whole = is_end && at > edit.original.start;
                return if whole {
                    edit.normalized.end
                } else {
                    edit.normalized.start
                };
            }
            self.ends = edit.ends(self.ends);
            self.next = self.edits.next();
        }
        self.ends.normalized + (at - self.ends.original)
    }
}

impl Edit {
    fn ends(&self, before: Checkpoint) -> Checkpoint {
        Checkpoint {
            original: self.original.end,
            normalized: self.normalized.end,
            ..before
        }
    }

    /// Whether it ends where both texts do so far.
    fn is_last(&self, original: u32, normalized: u32) -> bool {
        self.original.end == original && self.normalized.end == normalized
    }
}

/// Appends a number, seven bits a byte, the lowest first.
fn put(packed: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        packed.push(number as u8 | 0x80);
        number >>= 7;
    }
    packed.push(number as u8);
}

/// Reads edits one after another.
#[derive(Debug)]
struct Edits<'a> {
    packed: &'a [u8],
    original: u32,
    normalized: u32,
}

impl Edits<'_> {
    fn take(&mut self) -> Option<u8> {
        let (&first, rest) = self.packed.split_first()?;
        self.packed = rest;
        Some(first)
    }

    fn number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.take()?;
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

impl Iterator for Edits<'_> {
    type Item = Edit;

    fn next(&mut self) -> Option<Edit> {
        let same = self.number()?;
        let (original, normalized) = match self.take()? {
            LONG => (self.number()?, self.number()?),
            both => (u32::from(both >> 4), u32::from(both & 0x0F)),
        };
        let starts = (self.original + same, self.normalized + same);
        (self.original, self.normalized) = (starts.0 + original, starts.1 + normalized);
        Some(Edit {
            original: Span {
                start: starts.0,
                end: self.original,
            },
            normalized: Span {
                start: starts.1,
                end: self.normalized,
            },
        })
    }
}

/// Where a driver records the original place of what it emits.
pub(super) trait Track: Default {
    /// Whether anything is recorded.
    const ON: bool;
    /// The next `len` bytes are those of the original from `at` on, or as long.
    fn linear(&mut self, at: usize, len: usize);
    /// The next `len` bytes are another order of those of the original from `at` on.
    fn whole(&mut self, _at: usize, _len: usize) {}
    /// Whether the last `len` bytes are those of the original before `at`, or as long.
    fn is_linear(&self, _at: usize, _len: usize) -> bool {
        true
    }
    /// One character of `len` bytes came from `original`. Several may come from one place.
    fn push(&mut self, len: usize, original: Span);
    /// The character that was pushed last came from several, though it may be as long as they.
    fn joined(&mut self) {}
    /// Takes back the last character, of `len` bytes, and gives its original place.
    fn pop(&mut self, len: usize) -> Span;

    /// Whether every character must come by itself, to be counted.
    const EVERY: bool = false;
    /// A rule changed something.
    fn fired(&mut self, _: Rule) {}
    /// The rules for single characters were asked about one.
    fn folded(&mut self, _: Rules, _: char) {}
}

/// Records nothing: text alone is wanted.
impl Track for () {
    const ON: bool = false;
    fn linear(&mut self, _: usize, _: usize) {}
    fn push(&mut self, _: usize, _: Span) {}
    fn pop(&mut self, _: usize) -> Span {
        Span::default()
    }
}

/// Collects edits; gaps between what it is given are removals.
#[derive(Debug, Default)]
pub(super) struct Builder {
    edits: Vec<Edit>,
    /// The lengths of both texts so far.
    original: u32,
    normalized: u32,
    /// Where in the normalized text the last `push` from a new place began.
    pushed: u32,
    packed: Vec<u8>,
}

impl Builder {
    /// What lies between the original so far and `at` was removed.
    fn skip(&mut self, at: u32) {
        if at <= self.original {
            return;
        }
        let (original, normalized) = (self.original, self.normalized);
        match self.edits.last_mut() {
            Some(last) if last.normalized.is_empty() && last.is_last(original, normalized) => {
                last.original.end = at;
            }
            _ => self.edits.push(Edit {
                original: Span {
                    start: original,
                    end: at,
                },
                normalized: Span {
                    start: normalized,
                    end: normalized,
                },
            }),
        }
        self.original = at;
    }

    /// Another character from where the last one came.
    fn grow(&mut self, len: u32, original: Span) {
        let (known, end) = (self.original, self.normalized);
        self.original = self.original.max(original.end);
        self.normalized += len;
        match self.edits.last_mut() {
            Some(last) if !last.normalized.is_empty() && last.is_last(known, end) => {
                last.original.end = self.original;
                last.normalized.end = self.normalized;
            }
            _ => self.edits.push(Edit {
                original: Span {
                    start: original.start,
                    end: self.original,
                },
                normalized: Span {
                    start: self.pushed,
                    end: self.normalized,
                },
            }),
        }
    }

    /// The alignment, after which the next text may come.
    pub(super) fn finish(&mut self, original_len: u32) -> Alignment {
        self.skip(original_len);
        let lens = (self.normalized, original_len);
        let alignment = Alignment::pack(&self.edits, &mut self.packed, lens);
        self.edits.clear();
        self.packed.clear();
        (self.original, self.normalized, self.pushed) = (0, 0, 0);
        alignment
    }
}

impl Track for Builder {
    const ON: bool = true;

    fn linear(&mut self, at: usize, len: usize) {
        self.skip(at as u32);
        self.original += len as u32;
        self.normalized += len as u32;
    }

    fn whole(&mut self, at: usize, len: usize) {
        self.skip(at as u32);
        let (original, normalized) = (self.original, self.normalized);
        self.original += len as u32;
        self.normalized += len as u32;
        self.edits.push(Edit {
            original: Span {
                start: original,
                end: self.original,
            },
            normalized: Span {
                start: normalized,
                end: self.normalized,
            },
        });
    }

    fn is_linear(&self, at: usize, len: usize) -> bool {
        let last = self.edits.last().map_or(0, |e| e.original.end);
        self.original == at as u32 && last as usize + len <= at
    }

    fn push(&mut self, len: usize, original: Span) {
        if original.start < self.original {
            return self.grow(len as u32, original);
        }
        self.skip(original.start);
        self.pushed = self.normalized;
        self.original = original.end;
        self.normalized += len as u32;
        if len != original.len() {
            self.edits.push(Edit {
                original,
                normalized: Span {
                    start: self.pushed,
                    end: self.normalized,
                },
            });
        }
    }

    fn joined(&mut self) {
        let (original, normalized) = (self.original, self.normalized);
        if !self
            .edits
            .last()
            .is_some_and(|e| e.is_last(original, normalized))
        {
            self.edits.push(Edit {
                original: Span {
                    start: original - (normalized - self.pushed),
                    end: original,
                },
                normalized: Span {
                    start: self.pushed,
                    end: normalized,
                },
            });
        }
    }

    fn pop(&mut self, len: usize) -> Span {
        let len = len as u32;
        let (original, normalized) = (self.original, self.normalized);
        let removed = |e: &mut Edit| e.normalized.is_empty() && e.is_last(original, normalized);
        if let Some(removed) = self.edits.pop_if(removed) {
            self.original = removed.original.start;
        }
        let known = self.original;
        self.normalized -= len;
        match self.edits.last_mut() {
            Some(last) if last.is_last(known, normalized) => {
                let span = last.original;
                last.normalized.end -= len;
                if last.normalized.is_empty() {
                    self.edits.pop();
                    self.original = span.start;
                }
                span
            }
            _ => {
                self.original -= len;
                Span {
                    start: self.original,
                    end: known,
                }
            }
        }
    }
}
