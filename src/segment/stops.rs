//! Whether a full stop, a question mark or an ellipsis ends a sentence, by what stands around it.

use super::words::Word;
use crate::text::letters::{
    is_alphanumeric, is_arabic_letter, is_closer, is_invisible, is_line_break, is_mark,
    is_terminator,
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
    if text[..at].ends_with(['(', '[']) && text[run..].starts_with([')', ']']) {
        return None;
    }
    let (end, after) = closers(text, run, quote);
    let closed = text[run..end].contains(is_closer);
    let rest = &text[end..];
    if line_ends(rest, wrapped) {
        // An abbreviation at a line's end: the line break decides.
        return Some((end, after));
    }
    let ends = if !marks.chars().all(|c| matches!(c, '.' | '…')) {
        asks(rest, closed)
    } else if marks != "." {
        (closed || !quote.open()) && dots(&text[..at], marks, rest, closed)
    } else if closed {
        begins(rest) && !initials(&text[..at])
    } else {
        full_stop(&text[..at], rest)
    };
    let goes_on = rest.trim_start().starts_with([',', '،', ';', '؛', ':']);
    (ends && !goes_on).then_some((end, after))
}

/// Whether a question mark or an exclamation mark ends a sentence.
fn asks(rest: &str, closed: bool) -> bool {
    if !begins(rest) {
        return false;
    }
    let following = rest.trim_start();
    !closed || begins_anew(following)
}

/// Whether what follows a closed quotation begins a sentence: «كتب "لماذا؟" على الجدار» goes on;
/// only a conjunction begins anew, and not one that joins the next quotation.
fn begins_anew(following: &str) -> bool {
    match following.strip_prefix('و') {
        Some(rest) => !rest.starts_with(['"', '“', '«']),
        None => !following.starts_with(is_arabic_letter),
    }
}

/// Whether an ellipsis, or two dots as many write for a comma or a full stop, end a sentence.
fn dots(before: &str, marks: &str, rest: &str, closed: bool) -> bool {
    let spaced = rest.starts_with(char::is_whitespace);
    let following = rest.trim_start();
    if closed {
        return begins(rest) && begins_anew(following) && !continues(following);
    }
    let clauses =
        || is_clause(before.chars().rev(), ')', '(') && is_clause(following.chars(), '(', ')');
    let ends = match marks {
        ".." => (spaced || begins_word(rest)) && clauses(),
        _ => spaced || (begins_word(rest) && clauses()),
    };
    ends && !continues(following)
}

/// Whether three words stand between the dots and the next mark that parts words: a name or a label
/// before two dots, or the last of a list behind them, is no sentence. A bracket around the dots,
/// which `leaves` without having been entered, parts too.
fn is_clause(chars: impl Iterator<Item = char>, enters: char, leaves: char) -> bool {
    const FAR: usize = 120;
    let mut words = 0;
    let mut inside = false;
    let mut depth = 0;
    for c in chars.take(FAR) {
        if is_terminator(c) || is_line_break(c) || c == ':' || (c == leaves && depth == 0) {
            break;
        }
        depth += i32::from(c == enters) - i32::from(c == leaves);
        let letter = is_alphanumeric(c);
        words += usize::from(letter && !inside);
        inside = letter || (inside && !c.is_whitespace());
    }
    words >= 3
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

/// A sentence can begin here: behind a blank, or where the blank was forgotten.
fn begins(rest: &str) -> bool {
    rest.starts_with(char::is_whitespace)
        || begins_word(rest)
        || rest.starts_with(['«', '“', '('])
        || begins_item(rest)
}

/// A dash or a bullet before a blank.
fn begins_item(rest: &str) -> bool {
    rest.strip_prefix(['-', '–', '—', '*', '•'])
        .is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// Words that go on with the clause before the dots.
fn continues(following: &str) -> bool {
    CONTINUATIONS.contains(&arabic_word(following))
}

fn arabic_word(rest: &str) -> &str {
    let end = rest.find(|c| !is_arabic_letter(c)).unwrap_or(rest.len());
    &rest[..end]
}

const CONTINUATIONS: [&str; 26] = [
    "إلخ",
    "الخ",
    "الذي",
    "التي",
    "الذين",
    "اللذان",
    "اللذين",
    "اللتان",
    "اللتين",
    "اللاتي",
    "اللواتي",
    "وغير",
    "وغيره",
    "وغيرها",
    "وغيرهم",
    "وغيرهما",
    "أن",
    "بأن",
    "أو",
    "أم",
    "مثل",
    "مما",
    "بما",
    "بمعنى",
    "لأن",
    "لكي",
];

/// Whether one full stop ends a sentence, by the word before it and what follows.
fn full_stop(before: &str, rest: &str) -> bool {
    let spaced = rest.starts_with(char::is_whitespace);
    let (word, lead) = Word::last_of(before);
    if word.ends_in_digit() {
        return begins(rest) && !numbers(&word, lead, rest);
    }
    if word.is_abbreviation() {
        return false;
    }
    let place = lead.trim_end_matches(BLANKS);
    let dotted = place.ends_with('.');
    if word.is_letter() {
        let unit = place.ends_with(char::is_numeric);
        return spaced && !dotted && (unit || Word::last_of(place).0.is_lettered());
    }
    if word.spells_letter() {
        return spaced && spelling_ends(&word, place, dotted, rest.trim_start());
    }
    // No blank after the stop: a forgotten one, or an address.
    spaced || (begins(rest) && !lead.ends_with('.') && !names_domain(rest))
}

const BLANKS: [char; 2] = [' ', '\u{A0}'];

/// «س. ع.»: the stop within the marks belongs to the letter.
fn initials(before: &str) -> bool {
    let (word, lead) = Word::last_of(before);
    word.is_letter() && lead.trim_end_matches(BLANKS).ends_with('.')
}

/// Whether the full stop behind a number is part of it, or makes it the number of a list.
fn numbers(word: &Word, lead: &str, rest: &str) -> bool {
    if !word.is_short() {
        return false;
    }
    let place = lead.trim_end_matches(BLANKS);
    let apart = place.len() < lead.len();
    let listed = match place.chars().next_back() {
        None => true,
        Some(c) => is_line_break(c) || (apart && (is_terminator(c) || c == ':')),
    };
    listed || splits_number(rest)
}

/// «8. 54 مليار»: a blank fell into the number; but not «24. 2 - ثم», the next of a list.
fn splits_number(rest: &str) -> bool {
    let following = rest.trim_start_matches(BLANKS);
    let behind = following.trim_start_matches(char::is_numeric);
    let listed = behind
        .trim_start_matches(BLANKS)
        .starts_with(['-', '–', '—', 'ـ', '.', ')', '/']);
    behind.len() < following.len() && !listed
}

/// Whether a spelled letter is the last of a sentence: «قناة سي إن إن. وأكد», but not «إل. في.
/// إم. إتش».
fn spelling_ends(word: &Word, place: &str, dotted: bool, following: &str) -> bool {
    let conjunction = following.starts_with(['و', 'ف']);
    if dotted {
        return conjunction;
    }
    let next = arabic_word(following);
    let chained = following[next.len()..].starts_with('.') && Word::last_of(next).0.spells_letter();
    let spelled = Word::last_of(place).0.spells_letter();
    !chained && (word.is_ambiguous() || spelled || conjunction)
}

/// The last label of an address written in Arabic letters: «بيت.كوم».
fn names_domain(rest: &str) -> bool {
    matches!(arabic_word(rest), "كوم" | "نت" | "أورغ" | "أورج")
}
