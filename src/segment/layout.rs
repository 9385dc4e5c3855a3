//! How a text uses its line breaks.

use super::scan;
use crate::text::letters::{TATWEEL, is_arabic_letter, is_invisible, is_line_break, is_mark};

/// What line breaks mean in one text.
pub(super) struct Layout {
    /// Paragraphs are parted by blank lines, not by every line break.
    pub(super) blank_lines: bool,
    /// Prose cut to a width: a single line break is a blank.
    pub(super) wrapped: bool,
    /// All in one line: what parts its paragraphs is wider blanks.
    pub(super) one_line: bool,
}

impl Layout {
    pub(super) fn of(text: &str) -> Self {
        let (mut single, mut blank, mut unfinished) = (0_usize, 0_usize, 0_usize);
        let mut narrow = true;
        let mut at = 0;
        while let Some(line_end) = find_line_break(text, at) {
            let (end, breaks) = blank_run(text, line_end);
            let line = text[at..line_end].trim();
            at = end;
            if line.is_empty() {
                continue;
            }
            let length = if narrow { width(line) } else { 0 };
            narrow = narrow && length <= WIDEST;
            if breaks > 1 {
                blank += 1;
            } else if end < text.len() {
                single += 1;
                unfinished += usize::from(
                    WRAPPED.contains(&length)
                        && line.ends_with(|c: char| is_arabic_letter(c) || is_mark(c)),
                );
            }
        }
        // Nearly every line stops mid-sentence at about one length.
        let wrapped = narrow && single >= 4 && unfinished * 10 >= single * 8;
        Self {
            blank_lines: wrapped || (blank > 0 && blank * 2 >= single),
            wrapped,
            one_line: single + blank == 0,
        }
    }
}

/// The widest line of a text cut to a width, in characters.
const WIDEST: usize = 120;
/// How wide its full lines are.
const WRAPPED: std::ops::RangeInclusive<usize> = 40..=110;

/// Marks and tatweel change no line's length but on the screen.
fn width(line: &str) -> usize {
    line.chars()
        .filter(|&c| !is_mark(c) && !is_invisible(c) && c != TATWEEL)
        .take(WIDEST + 1)
        .count()
}

fn find_line_break(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at = scan::find(text.as_bytes(), at, scan::line_break)?;
        let c = text[at..].chars().next()?;
        if is_line_break(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// No-break spaces among others between two paragraphs, as sites write that lost their lines.
pub(super) fn parts_paragraphs(blanks: &str) -> bool {
    blanks.contains('\u{A0}') && blanks.chars().nth(2).is_some()
}

/// The end of the white space that begins with a line break, and how many lines it breaks.
pub(super) fn blank_run(text: &str, at: usize) -> (usize, usize) {
    let mut breaks = 0;
    let mut before = ' ';
    let mut end = at;
    for c in text[at..].chars().take_while(|c| c.is_whitespace()) {
        breaks += usize::from(is_line_break(c) && !(c == '\n' && before == '\r'));
        before = c;
        end += c.len_utf8();
    }
    (end, breaks)
}
