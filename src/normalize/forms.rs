//! Arabic presentation forms A and B: the shapes of letters, and ligatures, as characters.

use unicode_normalization::UnicodeNormalization;

use super::rules::Fold;

/// The letters a presentation form stands for, by Unicode's compatibility decomposition (NFKC).
///
/// Isolated marks decompose to a space and the mark; the space is left out, for a text that
/// holds them has them on the letter before.
pub fn expand(c: char) -> Fold {
    if !matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}') {
        return Fold::Keep;
    }
    let mut text: String = std::iter::once(c).nfkc().collect();
    if text.starts_with(' ') {
        text.remove(0);
    }
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) if only == c => Fold::Keep,
        (Some(only), None) => Fold::One(only),
        (None, _) => Fold::Drop,
        _ => Fold::Many(text),
    }
}
