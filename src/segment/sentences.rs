use super::layout::{Layout, blank_run, parts_paragraphs};
use super::scan;
use super::stops::{Quote, boundary};
use crate::text::Span;
use crate::text::letters::{is_alphanumeric, is_line_break, is_terminator};

/// A sentence with the white space that follows it; sentences partition the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// The paragraph it belongs to, counted from 0.
    pub paragraph: u32,
}

/// Cuts a text into sentences, appended to `out`.
///
/// A sentence ends at `. ! ? ؟ …` or a line break, and takes the closing quotation marks and
/// brackets and the white space behind them. It does not end at a full stop after an abbreviation,
/// a spelled letter or a list number, or inside a number, an address or `(..)`; at an ellipsis
/// inside a quotation or before a word like التي; at two dots unless a clause of three words stands
/// on both sides; or where a comma goes on behind it. Line breaks of a text wrapped to a fixed
/// width do not count. Marks without a word stay with the sentence before them, or at the beginning
/// of a line with the one after. Paragraphs are parted by blank lines where the text uses them, by
/// line breaks where not, and by runs of no-break spaces where the text has no lines.
///
/// One pass for the line breaks and one for the marks, both over blocks of bytes; what stands
/// around a mark is looked at in place.
pub fn sentences(text: &str, out: &mut Vec<Sentence>) {
    let layout = Layout::of(text);
    let mut cutter = Cutter::new(text, out);
    let mut quote = Quote::default();
    let mut at = 0;
    while let Some(found) = scan::find(text.as_bytes(), at, scan::landmark) {
        at = found + 1;
        let Some((start, c)) = char_around(text, found) else {
            continue;
        };
        at = start + c.len_utf8();
        if is_line_break(c) {
            let (end, breaks) = blank_run(text, start);
            let blank_line = breaks > 1;
            if blank_line || !layout.wrapped {
                quote = Quote::default();
                cutter.cut(end);
                cutter.line_begins = true;
                if blank_line || !layout.blank_lines {
                    cutter.end_paragraph();
                }
            } else if !cutter.has_word(start) {
                cutter.cut(end);
            }
            at = end;
        } else if is_terminator(c) {
            at += run_len(&text[at..], is_terminator);
            if cutter.line_begins && !cutter.has_word(start) {
                continue;
            }
            if let Some((end, after)) = boundary(text, start, at, quote, layout.wrapped) {
                quote = after;
                at = end + run_len(&text[end..], |c| c.is_whitespace() && !is_line_break(c));
                cutter.cut(at);
                if layout.one_line && parts_paragraphs(&text[end..at]) {
                    cutter.end_paragraph();
                }
            }
        } else {
            quote.see(c);
        }
    }
    cutter.cut(text.len());
}

/// The character that begins with the byte `at`, or of two bytes that ends with it.
fn char_around(text: &str, at: usize) -> Option<(usize, char)> {
    let start = if text.is_char_boundary(at) {
        at
    } else {
        at - 1
    };
    let c = text.get(start..)?.chars().next()?;
    Some((start, c))
}

fn run_len(rest: &str, pass: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !pass(c)).unwrap_or(rest.len())
}

struct Cutter<'t, 'o> {
    text: &'t str,
    out: &'o mut Vec<Sentence>,
    /// The sentences that were there before.
    first: usize,
    start: usize,
    paragraph: u32,
    /// Up to here the sentence shows no word.
    wordless: usize,
    paragraph_begins: bool,
    /// Since the last line break that counts no sentence ended.
    line_begins: bool,
}

impl<'t, 'o> Cutter<'t, 'o> {
    fn new(text: &'t str, out: &'o mut Vec<Sentence>) -> Self {
        Self {
            text,
            first: out.len(),
            out,
            start: 0,
            paragraph: 0,
            wordless: 0,
            paragraph_begins: true,
            line_begins: true,
        }
    }

    /// Whether the sentence has a word before `end`; no character is looked at twice.
    fn has_word(&mut self, end: usize) -> bool {
        let word = self.text[self.wordless..end].find(is_alphanumeric);
        self.wordless = word.map_or(end, |word| self.wordless + word);
        word.is_some()
    }

    fn cut(&mut self, end: usize) {
        if end == self.start {
            return;
        }
        if !self.has_word(end) {
            let known = self.out.len() > self.first;
            if !known && end < self.text.len() {
                // Before the first word: it goes with what follows.
                return;
            }
            if let Some(last) = self.out[self.first..].last_mut() {
                // A stray mark is no sentence: it stays with the one before.
                last.span.end = end as u32;
                self.start = end;
                return;
            }
        }
        self.out.push(Sentence {
            span: Span::new(self.start, end),
            paragraph: self.paragraph,
        });
        self.paragraph_begins = false;
        self.line_begins = false;
        self.start = end;
        self.wordless = end;
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph_begins {
            self.paragraph += 1;
            self.paragraph_begins = true;
        }
    }
}
