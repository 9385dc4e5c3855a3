use super::TokenKind;
use super::source::Source;
use crate::text::classes::Class;

/// A run of digits.
#[derive(Debug, Clone, Copy, Default)]
struct Digits {
    value: u32,
    count: usize,
}

/// The end of a number, and what it counts.
///
/// Its marks are those that stand between digits: points and commas of both scripts, : and /, and
/// the ر that news agencies write for a decimal comma. A hyphen is one only in a date, for else it
/// is a range or a score.
pub(super) fn number(source: &Source<'_>, at: usize) -> (usize, TokenKind) {
    let mut parts = [Digits::default(); 3];
    let mut count = 0;
    let mut marks = 0;
    let mut mark = '\0';
    let mut end = at;
    loop {
        let (digits, stop) = digits(source, end);
        end = stop;
        if let Some(part) = parts.get_mut(count) {
            *part = digits;
        }
        count += 1;
        let Some(next) = between(source, end) else {
            break;
        };
        if marks == 0 || mark == next {
            mark = next;
            marks += 1;
        }
        end += next.len_utf8();
    }
    let alike = marks + 1 == count;
    if count == 1
        && source.byte(end) == Some(b'-')
        && let Some(end) = dashed(source, at)
    {
        return (end, TokenKind::Date);
    }
    match (mark, count) {
        ('/' | '.', 3) if alike && date(parts, mark) => (end, TokenKind::Date),
        (':', 2 | 3) if alike && time(&parts[..count]) => (end, TokenKind::Time),
        _ => match percent(source, end) {
            Some(end) => (end, TokenKind::Percent),
            None => (end, TokenKind::Number),
        },
    }
}

/// Whether Latin letters go on right behind a number without marks but points: 4G, 1080p, 2.5D.
pub(super) fn runs_on(source: &Source<'_>, at: usize, end: usize) -> bool {
    matches!(source.class(end), Some(Class::Letter | Class::LowLine))
        && source.bytes[at..end]
            .iter()
            .all(|b| b.is_ascii_digit() || *b == b'.')
}

/// The end of a number behind a percent sign, as %5 stands in texts typed from right to left.
pub(super) fn percent_before(source: &Source<'_>, at: usize, next: usize) -> Option<usize> {
    percent(source, at)?;
    let behind_word = at > 0 && source.bytes[at - 1].is_ascii_alphanumeric();
    if behind_word || source.class(next) != Some(Class::Digit) {
        return None;
    }
    let (end, kind) = number(source, next);
    (kind == TokenKind::Number).then_some(end)
}

fn percent(source: &Source<'_>, at: usize) -> Option<usize> {
    match *source.bytes.get(at..)? {
        [b'%', ..] => Some(at + 1),
        // ٪ ؉ ؊ ‰
        [0xD9, 0xAA, ..] | [0xD8, 0x89 | 0x8A, ..] => Some(at + 2),
        [0xE2, 0x80, 0xB0, ..] => Some(at + 3),
        _ => None,
    }
}

/// The value of the digit at a place and its bytes.
fn digit(source: &Source<'_>, at: usize) -> Option<(u32, usize)> {
    match *source.bytes.get(at..)? {
        [b @ b'0'..=b'9', ..] => Some((u32::from(b - b'0'), 1)),
        // ٠..٩ ۰..۹
        [0xD9, b @ 0xA0..=0xA9, ..] => Some((u32::from(b - 0xA0), 2)),
        [0xDB, b @ 0xB0..=0xB9, ..] => Some((u32::from(b - 0xB0), 2)),
        _ => None,
    }
}

fn digits(source: &Source<'_>, at: usize) -> (Digits, usize) {
    let mut read = Digits::default();
    let mut end = at;
    while let Some((value, len)) = digit(source, end) {
        read.value = read.value.saturating_mul(10).saturating_add(value);
        read.count += 1;
        end += len;
    }
    (read, end)
}

/// The mark at a place, if a digit follows.
fn between(source: &Source<'_>, at: usize) -> Option<char> {
    let mark = match *source.bytes.get(at..)? {
        [b @ (b'.' | b',' | b':' | b'/'), ..] => b as char,
        [0xD9, 0xAB, ..] => '٫',
        [0xD9, 0xAC, ..] => '٬',
        [0xD8, 0x8C, ..] => '،',
        [0xD8, 0xB1, ..] => 'ر',
        _ => return None,
    };
    digit(source, at + mark.len_utf8()).map(|_| mark)
}

/// The end of 21-7-2015 or 2015-7-21; no more than ten digits are read.
fn dashed(source: &Source<'_>, at: usize) -> Option<usize> {
    let mut parts = [Digits::default(); 3];
    let mut end = at;
    for (i, part) in parts.iter_mut().enumerate() {
        if i > 0 {
            if source.byte(end) != Some(b'-') {
                return None;
            }
            end += 1;
        }
        for _ in 0..4 {
            let Some((value, len)) = digit(source, end) else {
                break;
            };
            part.value = part.value * 10 + value;
            part.count += 1;
            end += len;
        }
    }
    let goes_on = match source.byte(end) {
        Some(b'-') => digit(source, end + 1).is_some(),
        _ => digit(source, end).is_some() || between(source, end).is_some(),
    };
    (!goes_on && date(parts, '-')).then_some(end)
}

/// A day, a month and a year of four digits at either end; behind slashes two will do.
fn date([first, middle, last]: [Digits; 3], mark: char) -> bool {
    let (year, day) = match (first.count, last.count) {
        (4, 1 | 2) => (first, last),
        (1 | 2, 4) => (last, first),
        (1 | 2, 2) if mark == '/' => (last, first),
        _ => return false,
    };
    let within = |part: Digits, most: u32| part.count <= 2 && (1..=most).contains(&part.value);
    (year.count == 2 || (1000..3000).contains(&year.value))
        && (within(day, 31) && within(middle, 12) || within(day, 12) && within(middle, 31))
}

/// Hours, minutes of two digits, perhaps seconds of two.
fn time(parts: &[Digits]) -> bool {
    let (hours, rest) = (parts[0], &parts[1..]);
    hours.count <= 2
        && hours.value <= 24
        && rest.iter().all(|part| part.count == 2 && part.value < 60)
}
