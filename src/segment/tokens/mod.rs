//! Tokens: one pass over the bytes, with a table for the classes of characters.
//!
//! Linear by construction. Every token moves the place of reading forward; what is read ahead of
//! it is bounded (dates, titles), or becomes the token (words, hashtags, chains of initials), or is
//! remembered until the reading comes there (addresses), or is a run that no later token reads
//! again more than once (zero-width characters, the signs behind `http://`).

mod abbreviations;
mod addresses;
mod emoji;
mod numbers;
mod source;
mod words;

use serde::{Deserialize, Serialize};

use self::addresses::Addresses;
use self::source::Source;
use crate::text::Span;
use crate::text::classes::Class;

/// A word, number or mark of a text. What lies between tokens is blank or invisible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TokenKind {
    /// A word of any script, with its marks: وَصَلَ, O'Brien, G20, 4K.
    Word,
    /// A title or a chain of single letters with its stops: د., أ.ف.ب, U.S.
    Abbreviation,
    /// A number with its decimal, thousands and other marks: 1,200.5, ٣٫٥, 6ر9, 1/4.
    Number,
    /// A number with the sign of per cent or per mille on either side: 5%, ٪٥.
    Percent,
    /// A day of three numbers: 21/7/2015, 2015-07-21.
    Date,
    /// A time of day: 10:30.
    Time,
    /// The sign of a currency: $, €, ﷼.
    Currency,
    /// An address of the web, with or without a scheme.
    Url,
    /// A mail address.
    Email,
    /// # and its words.
    Hashtag,
    /// @ and its name.
    Handle,
    /// One picture, however many characters it is made of.
    Emoji,
    /// A mark of punctuation, or a run of stops.
    Punctuation,
    /// Any other sign.
    Symbol,
}

impl TokenKind {
    /// All kinds, in the order of their codes.
    pub const ALL: [Self; 14] = [
        Self::Word,
        Self::Abbreviation,
        Self::Number,
        Self::Percent,
        Self::Date,
        Self::Time,
        Self::Currency,
        Self::Url,
        Self::Email,
        Self::Hashtag,
        Self::Handle,
        Self::Emoji,
        Self::Punctuation,
        Self::Symbol,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Abbreviation => "abbreviation",
            Self::Number => "number",
            Self::Percent => "percent",
            Self::Date => "date",
            Self::Time => "time",
            Self::Currency => "currency",
            Self::Url => "url",
            Self::Email => "email",
            Self::Hashtag => "hashtag",
            Self::Handle => "handle",
            Self::Emoji => "emoji",
            Self::Punctuation => "punctuation",
            Self::Symbol => "symbol",
        }
    }

    /// Whether it is made of letters that may be part of a name.
    pub fn is_spelled(self) -> bool {
        matches!(self, Self::Word | Self::Abbreviation)
    }

    /// Whether it is a number of any kind.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Number | Self::Percent | Self::Date | Self::Time)
    }
}

/// Cuts a text into tokens, appended to `out`.
///
/// A vocalised word is whole; Arabic letters part from Latin letters and from digits in one run,
/// Latin letters and digits do not. A number keeps its marks and its percent sign, a date and a
/// time are whole; signs and currencies stand apart, for a hyphen before a number is more often a
/// bullet or a range than a minus, and both $5 and 5 $ are written. An abbreviation keeps its
/// stops, but م and هـ behind a number do not, where the stop ends the sentence.
pub fn tokens(text: &str, out: &mut Vec<Token>) {
    let source = Source::new(text);
    let mut addresses = Addresses::default();
    let first = out.len();
    let mut at = 0;
    while let Some((class, len)) = source.at(at) {
        let (end, kind) = match class {
            Class::Blank | Class::Invisible => {
                at += len;
                continue;
            }
            Class::Arabic | Class::Mark => {
                let end = words::arabic(&source, at);
                let unit = || counted(text, at, &out[first..]);
                match abbreviations::arabic(&source, at, end, unit) {
                    Some(stop) => (stop, TokenKind::Abbreviation),
                    None => (end, TokenKind::Word),
                }
            }
            Class::Letter | Class::Digit => spelled(&source, at, class, &mut addresses),
            _ => sign(&source, at, class, len),
        };
        let end = source.marks(end);
        out.push(Token {
            span: Span::new(at, end),
            kind,
        });
        at = end;
    }
}

/// Whether a number stands right before `at`: what follows is its unit.
fn counted(text: &str, at: usize, before: &[Token]) -> bool {
    before
        .last()
        .is_some_and(|t| t.kind.is_numeric() && text[t.span.range().end..at].trim().is_empty())
}

/// What begins with a letter that is not Arabic, or with a digit.
fn spelled(
    source: &Source<'_>,
    at: usize,
    class: Class,
    addresses: &mut Addresses,
) -> (usize, TokenKind) {
    let (end, kind) = if class == Class::Digit {
        if let Some(end) = emoji::keycap(source, at + 1) {
            return (end, TokenKind::Emoji);
        }
        numbers::number(source, at)
    } else {
        (words::other(source, at), TokenKind::Word)
    };
    let open = match source.byte(end) {
        Some(b'.' | b'@' | b':' | b'-' | b'+' | b'%') => true,
        Some(b) => class == Class::Digit && (b.is_ascii_alphabetic() || b == b'_'),
        None => false,
    };
    if open && let Some(found) = addresses.read(source, at) {
        return found;
    }
    if kind == TokenKind::Word {
        return match abbreviations::latin(source, at, end) {
            Some(stop) => (stop, TokenKind::Abbreviation),
            None => (end, TokenKind::Word),
        };
    }
    if kind == TokenKind::Number && numbers::runs_on(source, at, end) {
        return (words::other(source, at), TokenKind::Word);
    }
    (end, kind)
}

/// What begins with neither letter nor digit.
fn sign(source: &Source<'_>, at: usize, class: Class, len: usize) -> (usize, TokenKind) {
    let next = at + len;
    match source.byte(at) {
        Some(b'#') => {
            if let Some(end) = emoji::keycap(source, next) {
                return (end, TokenKind::Emoji);
            }
            if let Some(end) = words::hashtag(source, next) {
                return (end, TokenKind::Hashtag);
            }
        }
        Some(b'@') => {
            let end = words::handle(source, next);
            if end > next {
                return (end, TokenKind::Handle);
            }
        }
        Some(b'*') => {
            if let Some(end) = emoji::keycap(source, next) {
                return (end, TokenKind::Emoji);
            }
        }
        Some(b'.') => {
            let end = source.ascii_run(next, |b| b == b'.');
            return (end, TokenKind::Punctuation);
        }
        _ => {
            if let Some(end) = numbers::percent_before(source, at, next) {
                return (end, TokenKind::Percent);
            }
        }
    }
    match class {
        Class::Emoji => (emoji::cluster(source, at), TokenKind::Emoji),
        Class::Currency => (next, TokenKind::Currency),
        Class::Punctuation | Class::LowLine => (next, TokenKind::Punctuation),
        _ if emoji::presented(source, next) => (emoji::cluster(source, at), TokenKind::Emoji),
        _ => (next, TokenKind::Symbol),
    }
}
