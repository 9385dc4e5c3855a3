//! Canonical composition (NFC, Unicode Standard Annex #15), a segment at a time: a letter with the
//! marks behind it, in canonical order and as one character where Unicode has one.

use unicode_normalization::char::canonical_combining_class;
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

/// Whether it can become one with another, or is always written otherwise.
pub(super) fn composes(c: char) -> bool {
    is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes
}

/// Its canonical combining class.
pub(super) fn class(c: char) -> u8 {
    canonical_combining_class(c)
}

/// A segment in normal form.
pub(super) fn compose(segment: &str) -> String {
    segment.nfc().collect()
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
}
