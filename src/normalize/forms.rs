//! Arabic presentation forms A and B: the shapes of letters, and ligatures, as characters.

use unicode_normalization::UnicodeNormalization;

use super::rules::Fold;

/// Ligatures of whole phrases that Unicode gives no decomposition; the words are their names'.
const PHRASES: [(char, &str); 20] = [
    ('\u{FD40}', "رحمه الله"),
    ('\u{FD41}', "رضي الله عنه"),
    ('\u{FD42}', "رضي الله عنها"),
    ('\u{FD43}', "رضي الله عنهم"),
    ('\u{FD44}', "رضي الله عنهما"),
    ('\u{FD45}', "رضي الله عنهن"),
    ('\u{FD46}', "صلى الله عليه وآله"),
    ('\u{FD47}', "عليه السلام"),
    ('\u{FD48}', "عليهم السلام"),
    ('\u{FD49}', "عليهما السلام"),
    ('\u{FD4A}', "عليه الصلاة والسلام"),
    ('\u{FD4B}', "قدس سره"),
    ('\u{FD4C}', "صلى الله عليه وآله وسلم"),
    ('\u{FD4D}', "عليها السلام"),
    ('\u{FD4E}', "تبارك وتعالى"),
    ('\u{FD4F}', "رحمهم الله"),
    ('\u{FDCF}', "سلامه علينا"),
    ('\u{FDFD}', "بسم الله الرحمن الرحيم"),
    ('\u{FDFE}', "سبحانه وتعالى"),
    ('\u{FDFF}', "عز وجل"),
];

/// Whether a character is the ligature of a word or a phrase: ﷲ ﷺ ﷼ ﷽.
fn is_word(c: char) -> bool {
    matches!(c, '\u{FDF0}'..='\u{FDFC}') || PHRASES.iter().any(|(p, _)| *p == c)
}

/// The letters a presentation form or a ligature of letters stands for, by Unicode's compatibility
/// decomposition (NFKC).
///
/// Isolated marks decompose to a space and the mark; the space is left out, for a text that
/// holds them has them on the letter before.
pub fn letters(c: char) -> Fold {
    if is_word(c) {
        return Fold::Keep;
    }
    compatible(c)
}

/// The words a ligature of words stands for: NFKC where it knows them, else by their names.
pub fn words(c: char) -> Fold {
    if !is_word(c) {
        return Fold::Keep;
    }
    let phrase = PHRASES.iter().find(|(p, _)| *p == c);
    phrase.map_or_else(|| compatible(c), |(_, words)| Fold::Many((*words).into()))
}

fn compatible(c: char) -> Fold {
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
