use crate::text::Span;
use crate::text::letters::{is_alphanumeric, is_arabic_letter, is_closer, is_line_break, is_mark, is_terminator};

/// A sentence with the white space that follows it; sentences partition the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// The paragraph it belongs to, counted from 0.
    pub paragraph: u32,
}

/// Words that a full stop follows without ending the sentence: honorifics, academic titles, and
/// what machine translation leaves of French `M.` and `MM.`. Single letters count always.
const ABBREVIATIONS: [&str; 12] = [
    "مم", "أد", "هـ", "ه‍", "MM", "Mr", "Mrs", "Ms", "Dr", "St", "vs", "No",
];

/// Cuts a text into sentences, appended to `out`.
///
/// A sentence ends at `. ! ? ؟ …` or a line break. It does not end at a full stop after an
/// abbreviation or inside a number, an address or brackets, at an ellipsis inside a quotation or
/// of two dots, or where a comma goes on after the closing quotation mark. Line breaks of a text
/// wrapped to a fixed width do not count. Paragraphs are parted by blank lines where the text
/// uses them and by line breaks where not.
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
                if blank_line || !layout.blank_lines {
                    cutter.end_paragraph();
                }
            }
            at = end;
        } else if is_terminator(c) {
            let run = next + run_len(&text[next..], is_terminator);
            at = match boundary(text, at, run, &mut quote) {
                Some(end) => {
                    let end = end + run_len(&text[end..], |c| c.is_whitespace() && !is_line_break(c));
                    cutter.cut(end);
                    end
                }
                None => run,
            };
        } else {
            quote.see(c);
            cutter.has_word = cutter.has_word || is_alphanumeric(c);
            at = next;
        }
    }
    cutter.cut(text.len());
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

/// Whether a quotation is open; straight marks open and close in turn.
#[derive(Default)]
struct Quote {
    guillemets: bool,
    curly: bool,
    straight: bool,
}

impl Quote {
    fn see(&mut self, c: char) {
        match c {
            '«' => self.guillemets = true,
            '»' => self.guillemets = false,
            '“' | '”' => self.curly = !self.curly,
            '"' => self.straight = !self.straight,
            _ => {}
        }
    }

    fn open(&self) -> bool {
        self.guillemets || self.curly || self.straight
    }

    /// Whether `c` closes something here: a mark that both opens and closes must be open.
    fn closes(&self, c: char) -> bool {
        match c {
            '"' => self.straight,
            '“' | '”' => self.curly,
            '\'' => false,
            _ => is_closer(c),
        }
    }
}

/// The end of the sentence that the terminators `text[at..run]` end, if they end one.
fn boundary(text: &str, at: usize, run: usize, quote: &mut Quote) -> Option<usize> {
    let marks = &text[at..run];
    let before = text[..at].chars().next_back();
    let after = text[run..].chars().next();
    if matches!(before, Some('(' | '[')) && matches!(after, Some(')' | ']')) {
        return None;
    }
    let dots = marks.chars().all(|c| matches!(c, '.' | '…'));
    let ellipsis = dots && (marks.len() > 1);
    let mut end = run;
    let mut quoted = quote.open();
    for c in text[run..].chars().take(4) {
        if !quote.closes(c) {
            break;
        }
        quote.see(c);
        end += c.len_utf8();
    }
    quoted &= end == run;
    let next = text[end..].chars().next();
    let line_ends = {
        let rest = &text[end..];
        let blanks = run_len(rest, |c| c.is_whitespace() && !is_line_break(c));
        rest[blanks..].chars().next().is_none_or(is_line_break)
    };
    if line_ends {
        // An abbreviation at a line's end: the line break decides.
        return Some(end);
    }
    if ellipsis && (quoted || marks == "..") {
        return None;
    }
    if marks == "." && end == run && !full_stop(text, at, after) {
        return None;
    }
    let spaced = next.is_some_and(char::is_whitespace);
    let touching = (marks == "." && end == run) || touches(marks, next);
    if !spaced && !touching {
        return None;
    }
    let goes_on = text[end..]
        .chars()
        .find(|c| !c.is_whitespace())
        .is_some_and(|c| matches!(c, ',' | '،' | ';' | '؛' | ':'));
    (!goes_on).then_some(end)
}

/// `!` and `؟` end a sentence even if the next word touches them.
fn touches(marks: &str, next: Option<char>) -> bool {
    !marks.contains(['.', '…']) && next.is_some_and(is_arabic_letter)
}

/// Whether one full stop ends a sentence, by the word before it and what follows.
fn full_stop(text: &str, at: usize, after: Option<char>) -> bool {
    let Some(after) = after else { return true };
    let mut word: Vec<char> = text[..at]
        .chars()
        .rev()
        .take_while(|c| is_alphanumeric(*c) || is_mark(*c) || *c == 'ـ')
        .take(8)
        .collect();
    word.reverse();
    let numeric = word.last().is_some_and(|c| c.is_numeric());
    if numeric && after.is_numeric() {
        return false;
    }
    let word_bytes: usize = word.iter().map(|c| c.len_utf8()).sum();
    let lead = &text[..at - word_bytes];
    let before_word = lead.trim_end_matches([' ', '\u{A0}']);
    if numeric && after.is_whitespace() {
        // «1. الأولى»: a list number begins its line.
        let begins_line = before_word.chars().next_back().is_none_or(is_line_break);
        return !begins_line || word.len() > 3;
    }
    let letters: String = word.iter().filter(|c| !is_mark(**c)).collect();
    let single = letters.chars().count() == 1 && !numeric;
    let chained = single && lead.ends_with('.');
    let unit = before_word.chars().next_back().is_some_and(char::is_numeric);
    if chained || ABBREVIATIONS.contains(&letters.as_str()) || (single && !unit) {
        return false;
    }
    if after.is_whitespace() {
        return true;
    }
    // No space after the stop: a forgotten one between two Arabic words, else an address.
    is_arabic_letter(after) && letters.chars().count() >= 3 && letters.chars().all(is_arabic_letter)
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
                let length = line.chars().take(200).count();
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
