use super::source::Source;
use crate::text::classes::Class;
use crate::text::letters::{TATWEEL, is_line_break};

/// Titles that stand before a name with a stop, also behind و.
const ARABIC: [&str; 4] = ["د", "م", "أ", "مم"];

const LATIN: [&str; 11] = [
    "Mr", "Mrs", "Ms", "MM", "Dr", "Prof", "St", "Jr", "Sr", "Inc", "Ltd",
];

/// The end of the Arabic abbreviation that begins with the word `at..end`: د., أ.د., ق.م. A title
/// is none where it is the unit of a number: «2015 م. ثم».
pub(super) fn arabic(
    source: &Source<'_>,
    at: usize,
    end: usize,
    unit: impl FnOnce() -> bool,
) -> Option<usize> {
    if source.byte(end) != Some(b'.') || end - at > 3 * TATWEEL.len_utf8() {
        return None;
    }
    chain(source, at).or_else(|| {
        let word = &source.text[at..end];
        let title = ARABIC.contains(&word)
            || word
                .strip_prefix('و')
                .is_some_and(|title| ARABIC.contains(&title));
        let named = title && name_behind(source, end + 1, |class| class == Class::Arabic);
        (named && !unit()).then_some(end + 1)
    })
}

/// The end of the Latin abbreviation that begins with the word `at..end`: U.S., a.m., Dr.
pub(super) fn latin(source: &Source<'_>, at: usize, end: usize) -> Option<usize> {
    if source.byte(end) != Some(b'.') || end - at > 4 {
        return None;
    }
    chain(source, at).or_else(|| {
        let title = LATIN.contains(&&source.text[at..end]);
        let letter = |class| matches!(class, Class::Arabic | Class::Letter);
        (title && name_behind(source, end + 1, letter)).then_some(end + 1)
    })
}

/// Two or more single letters of one script with stops between them. The stop behind the last
/// belongs to them, though it may end the sentence too; the first of several does not.
fn chain(source: &Source<'_>, at: usize) -> Option<usize> {
    let script = source.class(at)?;
    let mut end = at;
    let mut letters = 0;
    while let Some(next) = lone_letter(source, end, script) {
        letters += 1;
        end = next;
        if source.byte(end) != Some(b'.') || source.byte(end + 1) == Some(b'.') {
            break;
        }
        end += 1;
    }
    (letters > 1).then_some(end)
}

/// The end of a letter that nothing continues.
fn lone_letter(source: &Source<'_>, at: usize, script: Class) -> Option<usize> {
    let (class, len) = source.at(at)?;
    let letter = class == script
        && match class {
            Class::Arabic => len == 2 && !source.rest(at).starts_with(TATWEEL),
            Class::Letter => source.bytes[at].is_ascii_alphabetic(),
            _ => false,
        };
    let alone = !matches!(
        source.class(at + len),
        Some(
            Class::Arabic
                | Class::Mark
                | Class::Combining
                | Class::Letter
                | Class::Digit
                | Class::LowLine
                | Class::Invisible
        )
    );
    (letter && alone).then_some(at + len)
}

/// Whether a word begins at `at` or behind a blank or two of the same line.
fn name_behind(source: &Source<'_>, at: usize, begins: impl Fn(Class) -> bool) -> bool {
    let mut ahead = source.rest(at).chars();
    let mut place = at;
    for _ in 0..3 {
        match ahead.next() {
            Some(c) if c.is_whitespace() && !is_line_break(c) => place += c.len_utf8(),
            _ => break,
        }
    }
    source.class(place).is_some_and(begins)
}
