//! Characters of two bytes, as most of Arabic are, written by their cells.

use super::alignment::Track;
use super::driver::Driver;
use super::rules::Rule;
use super::table::Cell;
use crate::text::Span;

/// How much is gone through cell by cell where the kernel stops often.
pub(super) const DENSE: usize = 256;

impl<T: Track> Driver<'_, T> {
    /// Whether what comes may belong to what was emitted: a blank behind another, or a mark.
    pub(super) fn joins(&self, bytes: &[u8], at: usize) -> bool {
        match bytes[at] {
            b' ' | b'\n' => matches!(self.out.last(), Some(b' ' | b'\n')),
            0xD9 => matches!(bytes[at + 1], 0x8B..=0x9F),
            _ => false,
        }
    }

    /// Writes a character of two bytes, if its cell says all.
    #[inline(always)]
    pub(super) fn cell(&mut self, bytes: &[u8], at: usize) -> bool {
        let cell = self.normalizer.table().at(bytes[at], bytes[at + 1]);
        if bytes[at] < 0x80 || cell.is_slow() || self.has(Rule::Repeats) {
            return false;
        }
        if cell.class() != 0 {
            return self.mark(cell, at);
        }
        match cell.written() {
            2 => self.track.linear(at, 2),
            1 => self.track.push(1, Span::new(at, at + 2)),
            _ => {}
        }
        self.out.extend_from_slice(&cell.bytes()[..cell.written()]);
        true
    }

    /// Writes a mark, if it keeps its order or is the second of a letter: as they are mostly typed,
    /// shadda first.
    fn mark(&mut self, mark: Cell, at: usize) -> bool {
        let (letter, last) = self.normalizer.table().last(&self.out);
        let len = self.out.len();
        if mark.class() >= last.class() {
            self.track.linear(at, 2);
            self.out.extend_from_slice(&mark.bytes());
        } else if letter.is_letter() && self.track.is_linear(at, 4) {
            self.out.truncate(len - 2);
            self.out.extend_from_slice(&mark.bytes());
            self.out.extend_from_slice(&last.bytes());
            self.track.pop(2);
            self.track.pop(2);
            self.track.whole(at - 4, 6);
        } else {
            return false;
        }
        true
    }

    /// Copies characters of one and two bytes, as far as `end` or one that needs more; gives where
    /// it came to.
    ///
    /// `PLAIN` where no cell has a class and no run of letters is looked for: what was written last
    /// need not be known.
    #[inline(never)]
    pub(super) fn cells<const PLAIN: bool>(
        &mut self,
        bytes: &[u8],
        from: usize,
        end: usize,
    ) -> usize {
        let table = self.normalizer.table();
        let blanks = self.has(Rule::Whitespace);
        let html = self.has(Rule::Html);
        let repeats = self.has(Rule::Repeats);
        let (mut before, mut last) = table.last(&self.out);
        let mut at = from;
        let mut slow = false;
        while at < end && !slow {
            let mut buffer = [0; DENSE + 2];
            let mut filled = 0;
            let mut linear = Linear {
                original: at,
                filled: 0,
            };
            let written_last = self.out.last().copied().unwrap_or(0);
            while at < end && filled < DENSE {
                if PLAIN {
                    // A word's letters and marks, two bytes each.
                    let (pairs, _) = bytes[at..end.min(at + DENSE - filled)].as_chunks();
                    for &[lead, trail] in pairs {
                        let cell = table.at(lead, trail);
                        if lead < 0x80 || cell.is_slow() {
                            break;
                        }
                        buffer[filled..filled + 2].copy_from_slice(&cell.bytes());
                        let written = cell.written();
                        linear.edit(&mut self.track, at, filled, written);
                        at += 2;
                        filled += written;
                    }
                    if at >= end || filled >= DENSE {
                        break;
                    }
                }
                let byte = bytes[at];
                if byte < 0x80 {
                    let behind = match filled.checked_sub(1) {
                        Some(at) => buffer[at],
                        None => written_last,
                    };
                    slow = (blanks && stops(byte, behind)) || (html && matches!(byte, b';' | b'>'));
                    if slow {
                        break;
                    }
                    buffer[filled] = byte;
                    if !PLAIN {
                        (before, last) = (last, Cell::ascii(byte));
                    }
                    filled += 1;
                    at += 1;
                    continue;
                }
                let cell = table.at(byte, bytes[at + 1]);
                slow = cell.is_slow() || (!PLAIN && repeats && cell.thrice(last, before));
                if slow {
                    break;
                }
                if !PLAIN && cell.class() != 0 && cell.class() < last.class() {
                    // A letter and two marks, as they are mostly typed: shadda first.
                    slow = !before.is_letter() || filled < linear.filled + 4;
                    if slow {
                        break;
                    }
                    buffer[filled - 2..filled].copy_from_slice(&cell.bytes());
                    buffer[filled..filled + 2].copy_from_slice(&last.bytes());
                    at += 2;
                    filled += 2;
                    linear.end(&mut self.track, filled - 6);
                    self.track.whole(at - 6, 6);
                    linear = Linear {
                        original: at,
                        filled,
                    };
                    before = last;
                    continue;
                }
                buffer[filled..filled + 2].copy_from_slice(&cell.bytes());
                let written = cell.written();
                linear.edit(&mut self.track, at, filled, written);
                at += 2;
                filled += written;
                if !PLAIN && written > 0 {
                    (before, last) = (last, cell);
                }
            }
            linear.end(&mut self.track, filled);
            self.out.extend_from_slice(&buffer[..filled]);
        }
        at
    }
}

/// Where in the original and in the buffer the last edit ended.
struct Linear {
    original: usize,
    filled: usize,
}

impl Linear {
    /// Both texts run on as far as `filled` of the buffer.
    #[inline(always)]
    fn end<T: Track>(&self, track: &mut T, filled: usize) {
        if T::ON {
            track.linear(self.original, filled - self.filled);
        }
    }

    /// At `at` of the original, of two bytes as many are written.
    #[inline(always)]
    fn edit<T: Track>(&mut self, track: &mut T, at: usize, filled: usize, written: usize) {
        if !T::ON || written == 2 {
            return;
        }
        self.end(track, filled);
        if written == 1 {
            track.push(1, Span::new(at, at + 2));
        }
        *self = Self {
            original: at + 2,
            filled: filled + written,
        };
    }
}

/// Whether a byte is a blank that is not written as it stands.
#[inline(always)]
fn stops(byte: u8, behind: u8) -> bool {
    match byte {
        b' ' | b'\n' => matches!(behind, b' ' | b'\n'),
        _ => matches!(byte, b'\t'..=b'\r'),
    }
}
