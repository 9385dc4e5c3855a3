//! Whether a full stop, a question mark or an ellipsis ends a sentence, by what stands around it.

use super::words::Word;
use crate::text::letters::{
    is_arabic_letter, is_closer, is_invisible, is_line_break, is_mark, is_terminator,
};

/// Whether a quotation is open; straight marks open and close in turn.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quote {
    guillemets: bool,
    curly: bool,
    straight: bool,
}

impl Quote {
    pub(super) fn see(&mut self, c: char) {
        match c {
            '«' => self.guillemets = true,
            '»' => self.guillemets = false,
            '“' | '”' => self.curly = !self.curly,
            '"' => self.straight = !self.straight,
            _ => {}
        }
    }

    fn open(self) -> bool {
        self.guillemets || self.curly || self.straight
    }

    /// Closes with `c` if it can close here: a mark that also opens must be open, or nothing
    /// that it could open may follow.
    fn close(&mut self, c: char, next: Option<char>) -> bool {
        let blank = next.is_none_or(|n| n.is_whitespace() || is_closer(n) || is_terminator(n));
        match c {
            '"' if self.straight || blank => self.straight = false,
            '“' | '”' if self.curly || blank => self.curly = false,
            '"' | '“' | '”' | '\'' => return false,
            '»' => self.guillemets = false,
            _ => return is_closer(c),
        }
        true
    }
}

/// The end of the sentence that the terminators `text[at..run]` end, if they end one, and the
/// quotations open then. `wrapped` says that line breaks are blanks.
pub(super) fn boundary(
    text: &str,
    at: usize,
    run: usize,
    quote: Quote,
    wrapped: bool,
) -> Option<(usize, Quote)> {
    let marks = &text[at..run];
    let before = text[..at].chars().next_back();
    let bracketed = text[run..].starts_with([')', ']']);
    if matches!(before, Some('(' | '[')) && bracketed {
        return None;
    }
    let (end, after) = closers(text, run, quote);
    let closed = text[run..end].contains(is_closer);
    let rest = &text[end..];
    let next = rest.chars().next();
    if line_ends(rest, wrapped) {
        // An abbreviation at a line's end: the line break decides.
        return Some((end, after));
    }
    let dots = marks.chars().all(|c| matches!(c, '.' | '…'));
    let ellipsis = dots && marks.len() > 1;
    if ellipsis && !closed && (quote.open() || marks == "..") {
        return None;
    }
    if marks == "." && !closed && !full_stop(text, at, rest) {
        return None;
    }
    let spaced = next.is_some_and(char::is_whitespace);
    let touching = if closed || !dots {
        begins_word(rest) || next.is_some_and(|c| !dots && matches!(c, '«' | '“' | '('))
    } else {
        marks == "."
    };
    if !spaced && !touching {
        return None;
    }
    let following = rest.trim_start();
    let goes_on = following.starts_with([',', '،', ';', '؛', ':'])
        || (ellipsis && continues(following))
        // «كتب "لماذا؟" على الجدار»: only a conjunction begins anew.
        || (closed && marks != "." && following.starts_with(is_arabic_letter)
            && !following.starts_with('و'));
    (!goes_on).then_some((end, after))
}

/// Over the marks that close what the sentence opened, and invisible characters.
fn closers(text: &str, run: usize, mut quote: Quote) -> (usize, Quote) {
    const MOST: usize = 8;
    let mut end = run;
    let mut ahead = text[run..].chars().take(MOST).peekable();
    while let Some(c) = ahead.next() {
        if !is_invisible(c) && !quote.close(c, ahead.peek().copied()) {
            break;
        }
        end += c.len_utf8();
    }
    (end, quote)
}

fn line_ends(rest: &str, wrapped: bool) -> bool {
    let mut ahead = rest
        .chars()
        .skip_while(|&c| (c.is_whitespace() && (wrapped || !is_line_break(c))) || is_invisible(c));
    ahead.next().is_none_or(is_line_break)
}

/// An Arabic word of more than one letter, unlike «3.ب»; or the و that some write apart.
fn begins_word(rest: &str) -> bool {
    let mut ahead = rest.chars();
    let first = ahead.next();
    first.is_some_and(is_arabic_letter)
        && ahead.next().is_some_and(|c| {
            is_arabic_letter(c) || is_mark(c) || (first == Some('و') && c.is_whitespace())
        })
}

/// Words that go on behind an ellipsis.
fn continues(following: &str) -> bool {
    let word = following.split(|c| !is_arabic_letter(c)).next();
    matches!(word, Some("إلخ" | "الخ" | "التي" | "الذي" | "الذين"))
}

/// Whether one full stop ends a sentence, by the word before it and what follows.
fn full_stop(text: &str, at: usize, rest: &str) -> bool {
    let Some(after) = rest.chars().next() else {
        return true;
    };
    let spaced = after.is_whitespace();
    let (word, lead) = Word::last_of(&text[..at]);
    let before_word = lead.trim_end_matches([' ', '\u{A0}']);
    let place = before_word.chars().next_back();
    if word.ends_in_digit() {
        // «1. الأولى»: a list number begins its line or follows a sentence.
        let apart = before_word.len() < lead.len();
        let listed =
            place.is_none_or(|c| is_line_break(c) || (apart && (is_terminator(c) || c == ':')));
        let number_goes_on = after.is_numeric() || (listed && word.is_short());
        return !number_goes_on && (spaced || begins_word(rest));
    }
    if word.is_abbreviation() {
        return false;
    }
    if word.is_letter() {
        let chained = lead.ends_with('.');
        let unit = place.is_some_and(char::is_numeric);
        return spaced && !chained && (unit || Word::last_of(before_word).0.is_lettered());
    }
    if word.spells_letter() {
        let spelled = lead.ends_with('.') || Word::last_of(before_word).0.spells_letter();
        let next_begins = rest.trim_start().starts_with('و');
        return spaced && (word.is_ambiguous() || spelled || next_begins);
    }
    // No blank after the stop: a forgotten one before an Arabic word, else an address.
    spaced || (begins_word(rest) && !lead.ends_with('.'))
}
