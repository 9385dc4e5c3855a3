//! Canonical composition (NFC, Unicode Standard Annex #15), a segment at a time: a letter with the
//! marks behind it, in canonical order and as one character where Unicode has one.

use std::sync::LazyLock;

use unicode_normalization::char::{canonical_combining_class, compose as compose_two};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether a character can change with those before it: a segment begins before any other.
pub(super) fn interacts(c: char) -> bool {
    // What news is made of besides, said without asking Unicode's tables.
    let alone = matches!(c,
        '\0'..='\u{2FF}' | '\u{400}'..='\u{482}' | '\u{620}'..='\u{64A}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}' | '\u{4E00}'..='\u{9FFF}' | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFF}' | '\u{1F300}'..='\u{1FAFF}');
    !alone && (class(c) != 0 || composes(c))
}

/// The same of a unit of UTF-16, looked up.
pub(super) fn unit_interacts(unit: u16) -> bool {
    static INTERACTS: LazyLock<Box<[bool]>> = LazyLock::new(|| {
        let interacts = |code| char::from_u32(code).is_some_and(interacts);
        (0..1 << 16).map(interacts).collect()
    });
    INTERACTS[usize::from(unit)]
}

/// Whether it can become one with another, or is always written otherwise.
pub(super) fn composes(c: char) -> bool {
    is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes
}

/// Its canonical combining class.
pub(super) fn class(c: char) -> u8 {
    canonical_combining_class(c)
}

/// A segment in normal form, each letter folded as soon as it is composed: where hamza is folded
/// away (ا with two hamzas above) the next mark finds the bare letter again, as it would if the
/// text were normalized once more.
pub(super) fn compose(segment: &str, fold: &mut dyn FnMut(char) -> char) -> String {
    let mut out = String::with_capacity(segment.len());
    let mut letter = None;
    let mut marks = String::new();
    let mut last = 0;
    for c in segment.nfd() {
        let class = class(c);
        let blocked = !marks.is_empty() && last >= class;
        let one = letter.filter(|_| !blocked).and_then(|l| compose_two(l, c));
        match one {
            Some(one) => letter = Some(fold(one)),
            None if class == 0 => {
                out.extend(letter.replace(c));
                out.push_str(&std::mem::take(&mut marks));
            }
            None => {
                marks.push(c);
                last = class;
            }
        }
    }
    out.extend(letter);
    out + &marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_never_interacts() {
        for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            assert_eq!(interacts(c), class(c) != 0 || composes(c), "{c:?}");
        }
    }

    #[test]
    fn without_folding_it_is_nfc() {
        let starts = "اأبeكᄀ가க";
        let marks = "\u{654}\u{655}\u{653}\u{64E}\u{651}\u{301}\u{327}\u{1161}\u{11A8}\u{BBE}";
        for letter in starts.chars().chain(marks.chars()) {
            for (a, b) in marks
                .chars()
                .flat_map(|a| marks.chars().map(move |b| (a, b)))
            {
                for c in marks.chars() {
                    let segment = String::from_iter([letter, a, b, c]);
                    let nfc: String = segment.nfc().collect();
                    assert_eq!(compose(&segment, &mut |c| c), nfc, "{segment:?}");
                }
            }
        }
    }
}
