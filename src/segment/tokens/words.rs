use super::source::Source;
use crate::text::classes::Class;

/// The end of an Arabic word: letters, tatweel, marks, and zero-width characters between them.
pub(super) fn arabic(source: &Source<'_>, at: usize) -> usize {
    let inside = |class| matches!(class, Class::Arabic | Class::Mark | Class::Combining);
    let mut end = at;
    loop {
        while let Some(chunk) = source.bytes[end..].first_chunk::<16>() {
            let len = plain_letters(*chunk);
            end += len;
            if len < chunk.len() {
                break;
            }
        }
        // Only ASCII is sure to end it.
        if source.byte(end).is_none_or(|b| b < 0x80) {
            return end;
        }
        match source.at(end) {
            Some((class, len)) if inside(class) => end = source.run(end + len, inside),
            Some((Class::Invisible, _)) => match source.joiners(end, inside) {
                Some(more) => end = more,
                None => return end,
            },
            _ => return end,
        }
    }
}

/// How many bytes at the beginning are letters, marks and tatweel of U+0620..U+065F, which is
/// nearly all that Arabic words are made of; eight characters are looked at together.
///
/// In UTF-8 they are D8 A0..BF and D9 80..9F: the first byte is D8 or D9, and its lowest bit
/// differs from bit 5 of the second.
#[inline]
fn plain_letters(chunk: [u8; 16]) -> usize {
    const ONE: u128 = 0x0001_0001_0001_0001_0001_0001_0001_0001;
    let pairs = u128::from_le_bytes(chunk);
    let lead = (pairs & (ONE * 0xFE)) ^ (ONE * 0xD8);
    let halves = (pairs ^ (pairs >> 13) ^ ONE) & ONE;
    let other = lead | halves;
    other.trailing_zeros() as usize / 16 * 2
}

/// The end of a word of other letters, which digits may stand in: G20, O'Brien, v5.1.
pub(super) fn other(source: &Source<'_>, at: usize) -> usize {
    let inside = |class| {
        matches!(
            class,
            Class::Letter | Class::Digit | Class::Combining | Class::Mark | Class::LowLine
        )
    };
    let mut end = at;
    loop {
        end = source.run(source.ascii_run(end, |b| b.is_ascii_alphanumeric()), inside);
        let next = match source.byte(end) {
            // An apostrophe between letters.
            Some(b'\'') => letter_behind(source, end + 1),
            Some(0xE2) if source.rest(end).starts_with('’') => letter_behind(source, end + 3),
            Some(b'.') => {
                let digit = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_digit());
                (digit(source.byte(end - 1)) && digit(source.byte(end + 1))).then_some(end + 1)
            }
            Some(0x80..) => source.joiners(end, inside),
            _ => None,
        };
        match next {
            Some(next) => end = next,
            None => return end,
        }
    }
}

fn letter_behind(source: &Source<'_>, at: usize) -> Option<usize> {
    (source.class(at)? == Class::Letter).then_some(at)
}

/// The end of a hashtag whose # ends at `at`; digits alone make none.
pub(super) fn hashtag(source: &Source<'_>, at: usize) -> Option<usize> {
    let letter = |class| matches!(class, Class::Arabic | Class::Letter);
    let mark = |class| {
        matches!(
            class,
            Class::Digit | Class::Mark | Class::Combining | Class::LowLine
        )
    };
    let lead = source.run(at, mark);
    if !source.class(lead).is_some_and(letter) {
        return None;
    }
    let inside = |class| letter(class) || mark(class);
    let mut end = source.run(lead, inside);
    while let Some(more) = source.joiners(end, inside) {
        end = source.run(more, inside);
    }
    Some(end)
}

/// The end of a handle whose @ ends at `at`.
pub(super) fn handle(source: &Source<'_>, at: usize) -> usize {
    source.ascii_run(at, |b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::classes::Classes;

    #[test]
    fn plain_letters_are_letters_and_marks() {
        for c in '\0'..='\u{FFFF}' {
            let text = format!("{c}{}", " ".repeat(16));
            let chunk = *text.as_bytes().first_chunk().unwrap();
            let plain = plain_letters(chunk) > 0;
            assert_eq!(plain, matches!(c, '\u{620}'..='\u{65F}'), "{c:?}");
            let class = Classes::get().at(&text, 0).map(|(class, _)| class);
            assert!(
                !plain || matches!(class, Some(Class::Arabic | Class::Mark)),
                "{c:?}"
            );
        }
        let word = "وَصَلَـتٌ".repeat(2);
        for len in (0..=16).step_by(2) {
            let text = format!("{}{}", &word[..len], "، ثم انتهى الأمر");
            assert_eq!(plain_letters(*text.as_bytes().first_chunk().unwrap()), len);
        }
    }
}
