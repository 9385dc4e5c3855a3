use std::borrow::Cow;

use super::Span;

const STEP: usize = 512;

/// Translates byte offsets of one text into code points and back.
///
/// Every `STEP` bytes the count of code points so far is kept, so a look-up reads at most
/// `STEP` bytes and the index costs under 1 % of the text.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: Cow<'t, str>,
    marks: Vec<u32>,
    ascii: bool,
}

fn count(bytes: &[u8]) -> usize {
    // A code point is a byte that does not continue one; this form vectorises.
    bytes.iter().filter(|b| b.cast_signed() >= -0x40).count()
}

impl<'t> CodePoints<'t> {
    /// Indexes a text in one pass.
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let ascii = text.is_ascii();
        let mut marks = Vec::new();
        if !ascii {
            marks.reserve(text.len() / STEP + 1);
            let mut total = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                marks.push(total as u32);
                total += count(chunk);
            }
        }
        Self { text, marks, ascii }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many code points it has.
    pub fn len(&self) -> usize {
        self.of_byte(self.text.len())
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many code points precede byte `at` (clamped to the text).
    pub fn of_byte(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.ascii {
            return at;
        }
        let mark = (at / STEP).min(self.marks.len().saturating_sub(1));
        self.marks.get(mark).map_or(0, |&m| m as usize)
            + count(&self.text.as_bytes()[mark * STEP..at])
    }

    /// The byte at which code point `at` begins; the text's length if there are fewer.
    pub fn to_byte(&self, at: usize) -> usize {
        if self.ascii {
            return at.min(self.text.len());
        }
        let mark = self
            .marks
            .partition_point(|&m| m as usize <= at)
            .saturating_sub(1);
        let Some(&before) = self.marks.get(mark) else {
            return 0;
        };
        let mut left = at - before as usize;
        let bytes = self.text.as_bytes();
        for (i, &b) in bytes.iter().enumerate().skip(mark * STEP) {
            if b.cast_signed() >= -0x40 {
                if left == 0 {
                    return i;
                }
                left -= 1;
            }
        }
        self.text.len()
    }

    /// A byte span in code points.
    pub fn of_span(&self, span: Span) -> (usize, usize) {
        (
            self.of_byte(span.start as usize),
            self.of_byte(span.end as usize),
        )
    }

    /// A translator of spans of a text near one another: it counts on, or back, from the last, and
    /// asks for no index.
    pub fn nearby(text: &str) -> impl FnMut(Span) -> (usize, usize) {
        let bytes = text.as_bytes();
        let (mut byte, mut points) = (0, 0);
        let mut reach = move |at: u32| {
            let at = (at as usize).min(bytes.len());
            if byte <= at {
                points += count(&bytes[byte..at]);
            } else {
                points -= count(&bytes[at..byte]);
            }
            byte = at;
            points
        };
        move |span| (reach(span.start), reach(span.end))
    }

    /// The bytes of a range of code points.
    pub fn to_span(&self, start: usize, end: usize) -> Span {
        Span::new(self.to_byte(start), self.to_byte(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_code_points_go_both_ways() {
        let text = "قال😀 a\u{301}b ".repeat(300);
        let index = CodePoints::new(text.as_str());
        let mut nearby = CodePoints::nearby(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.of_byte(byte), n);
            assert_eq!(nearby(Span::new(byte, text.len())), (n, index.len()));
            assert_eq!(index.to_byte(n), byte);
        }
        assert_eq!(index.to_byte(usize::MAX), text.len());
        assert_eq!(CodePoints::new("").to_byte(3), 0);
        assert_eq!(CodePoints::new("abc").of_byte(2), 2);
    }
}
