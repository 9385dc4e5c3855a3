//! What a character is to someone who cuts text: one look-up for those of one to three bytes, and
//! the predicates of `letters` for the few others.

use std::sync::LazyLock;

use super::letters::{
    TATWEEL, is_alphanumeric, is_arabic_letter, is_combining, is_invisible, is_mark,
};

/// The class of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// White space and control characters.
    Blank,
    /// Draws nothing, and may stand inside a word.
    Invisible,
    /// A letter of the Arabic script, or tatweel.
    Arabic,
    /// A mark that sits on an Arabic letter.
    Mark,
    /// Any other combining mark.
    Combining,
    /// A letter or number of another script.
    Letter,
    /// A digit of one of the three sets that Arabic text uses.
    Digit,
    /// The low line, which joins letters.
    LowLine,
    /// Signs of currencies.
    Currency,
    /// Emoji and what may be one.
    Emoji,
    /// Punctuation of the scripts that news is written in.
    Punctuation,
    /// Everything else.
    Symbol,
}

impl Class {
    /// The class of any character.
    pub fn of(c: char) -> Self {
        if matches!(c, '\u{1F200}'..='\u{1FAFF}') {
            Self::Emoji
        } else if c.is_whitespace() || c.is_control() {
            Self::Blank
        } else if is_invisible(c) {
            Self::Invisible
        } else if is_arabic_letter(c) || c == TATWEEL {
            Self::Arabic
        } else if is_mark(c) {
            Self::Mark
        } else if is_combining(c) {
            Self::Combining
        } else if matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹') {
            Self::Digit
        } else if is_alphanumeric(c) {
            Self::Letter
        } else if c == '_' {
            Self::LowLine
        } else if currency(c) {
            Self::Currency
        } else if emoji(c) {
            Self::Emoji
        } else if punctuation(c) {
            Self::Punctuation
        } else {
            Self::Symbol
        }
    }
}

/// The classes of all characters below U+10000, by code point.
#[derive(Debug)]
pub struct Classes(Box<[Class; 1 << 16]>);

impl Classes {
    /// The table, made once.
    pub fn get() -> &'static Self {
        static TABLE: LazyLock<Classes> = LazyLock::new(|| {
            let mut table = Box::new([Class::Symbol; 1 << 16]);
            for c in '\0'..='\u{FFFF}' {
                table[c as usize] = match c {
                    // Han and Hangul, two thirds of the table.
                    '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => Class::Letter,
                    _ => Class::of(c),
                };
            }
            Classes(table)
        });
        &TABLE
    }

    /// The class of the character that begins at byte `at`, and how many bytes it has; nothing at
    /// the end of the text.
    #[inline]
    pub fn at(&self, text: &str, at: usize) -> Option<(Class, usize)> {
        let low = |byte: u8| u16::from(byte & 0x3F);
        let (point, len) = match *text.as_bytes().get(at..)? {
            [] => return None,
            [a @ ..0x80, ..] => (u16::from(a), 1),
            [a @ ..0xE0, b, ..] => (u16::from(a & 0x1F) << 6 | low(b), 2),
            [a @ ..0xF0, b, c, ..] => (u16::from(a) << 12 | low(b) << 6 | low(c), 3),
            _ => return Some((Class::of(text[at..].chars().next()?), 4)),
        };
        Some((self.0[usize::from(point)], len))
    }
}

fn currency(c: char) -> bool {
    matches!(c,
        '$' | '¢'..='¥' | '֏' | '؋' | '৲' | '৳' | '฿' | '៛' | '\u{20A0}'..='\u{20CF}' | '\u{FDFC}'
        | '\u{FE69}' | '\u{FF04}' | '\u{FFE0}' | '\u{FFE1}' | '\u{FFE5}' | '\u{FFE6}')
}

fn emoji(c: char) -> bool {
    matches!(c,
        '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{231A}' | '\u{231B}' | '\u{23E9}'..='\u{23FA}' | '\u{3030}' | '\u{303D}')
}

fn punctuation(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
        || matches!(c,
            '«' | '»' | '¡' | '§' | '¶' | '·' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}'
            | '،' | '؛' | '؟' | '؉' | '؊' | '؍' | '٪' | '٫' | '٬' | '٭' | '۔' | '\u{3000}'..='\u{3003}'
            | '﴾' | '﴿')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_agrees_with_the_predicates() {
        let classes = Classes::get();
        for c in '\0'..=char::MAX {
            let text = format!("{c}.");
            assert_eq!(
                classes.at(&text, 0),
                Some((Class::of(c), c.len_utf8())),
                "{c:?}"
            );
        }
        assert_eq!(classes.at("", 0), None);
        assert_eq!(classes.at("ب", 2), None);
        assert_eq!(classes.at("ب", 9), None);
    }
}
