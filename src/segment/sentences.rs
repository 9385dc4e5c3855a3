use super::stops::{Quote, boundary};
use crate::text::Span;
use crate::text::letters::{
    TATWEEL, is_alphanumeric, is_arabic_letter, is_invisible, is_line_break, is_mark, is_terminator,
};

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
/// inside a quotation or of two dots; or where a comma goes on behind it. Line breaks of a text
/// wrapped to a fixed width do not count. Marks without a word stay with the sentence before them,
/// or at the beginning of a line with the one after. Paragraphs are parted by blank lines where
/// the text uses them and by line breaks where not.
pub fn sentences(text: &str, out: &mut Vec<Sentence>) {
    let layout = Layout::of(text);
    let first = out.len();
    let mut cutter = Cutter {
        text,
        out,
        first,
        start: 0,
        paragraph: 0,
        has_word: false,
        paragraph_begins: true,
        line_begins: true,
    };
    let mut quote = Quote::default();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        if is_line_break(c) {
            let (end, breaks) = blank_run(text, at);
            let blank_line = breaks > 1;
            if blank_line || !layout.wrapped {
                quote = Quote::default();
                cutter.cut(end);
                cutter.line_begins = true;
                if blank_line || !layout.blank_lines {
                    cutter.end_paragraph();
                }
            } else if !cutter.has_word {
                cutter.cut(end);
            }
            at = end;
        } else if is_terminator(c) {
            let run = next + run_len(&text[next..], is_terminator);
            let first = std::mem::replace(&mut at, run);
            let ends = cutter.has_word || !cutter.line_begins;
            let ends = ends.then(|| boundary(text, first, run, quote, layout.wrapped));
            if let Some((end, after)) = ends.flatten() {
                quote = after;
                at = end + run_len(&text[end..], |c| c.is_whitespace() && !is_line_break(c));
                cutter.cut(at);
            }
        } else {
            quote.see(c);
            cutter.has_word = cutter.has_word || is_alphanumeric(c);
            at = next;
        }
    }
    cutter.cut(text.len());
}

/// Marks and tatweel change no line's length but on the screen.
fn takes_room(c: char) -> bool {
    !is_mark(c) && !is_invisible(c) && c != TATWEEL
}

fn run_len(rest: &str, pass: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !pass(c)).unwrap_or(rest.len())
}

/// The end of the white space that begins with a line break, and how many lines it breaks.
fn blank_run(text: &str, at: usize) -> (usize, usize) {
    let end = at + run_len(&text[at..], char::is_whitespace);
    let mut breaks = 0;
    let mut before = ' ';
    for c in text[at..end].chars() {
        if is_line_break(c) && !(c == '\n' && before == '\r') {
            breaks += 1;
        }
        before = c;
    }
    (end, breaks)
}

struct Cutter<'t, 'o> {
    text: &'t str,
    out: &'o mut Vec<Sentence>,
    first: usize,
    start: usize,
    paragraph: u32,
    has_word: bool,
    paragraph_begins: bool,
    /// Since the last line break that counts no sentence ended.
    line_begins: bool,
}

impl Cutter<'_, '_> {
    fn cut(&mut self, end: usize) {
        if end == self.start {
            return;
        }
        let known = self.out.len() > self.first;
        if !self.has_word && known {
            // A stray mark is no sentence: it stays with the one before.
            if let Some(last) = self.out.last_mut() {
                last.span.end = end as u32;
            }
        } else if !self.has_word && end < self.text.len() {
            // Before the first word: it goes with what follows.
            return;
        } else {
            self.out.push(Sentence {
                span: Span::new(self.start, end),
                paragraph: self.paragraph,
            });
            self.paragraph_begins = false;
            self.line_begins = false;
        }
        self.start = end;
        self.has_word = false;
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph_begins {
            self.paragraph += 1;
            self.paragraph_begins = true;
        }
    }
}

/// How a text uses its line breaks.
struct Layout {
    blank_lines: bool,
    wrapped: bool,
}

impl Layout {
    fn of(text: &str) -> Self {
        let (mut single, mut blank, mut wrapped, mut lines) = (0_usize, 0_usize, 0_usize, 0_usize);
        let mut longest = 0;
        let mut at = 0;
        while let Some(i) = text[at..].find(is_line_break) {
            let line = text[at..at + i].trim();
            let (end, breaks) = blank_run(text, at + i);
            if !line.is_empty() {
                let length = line.chars().filter(|c| takes_room(*c)).take(200).count();
                longest = longest.max(length);
                if breaks > 1 {
                    blank += 1;
                } else if end < text.len() {
                    single += 1;
                    lines += 1;
                    let unfinished = line.ends_with(|c: char| is_arabic_letter(c) || is_mark(c));
                    wrapped += usize::from(unfinished && (40..=110).contains(&length));
                }
            }
            at = end;
        }
        Self {
            blank_lines: blank > 0 && blank * 2 >= single,
            // Prose cut to a width: nearly every line stops mid-sentence at about one length.
            wrapped: lines >= 4 && wrapped * 10 >= lines * 8 && longest <= 120,
        }
        .settle()
    }

    fn settle(self) -> Self {
        Self {
            blank_lines: self.blank_lines || self.wrapped,
            ..self
        }
    }
}
