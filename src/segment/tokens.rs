use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::text::letters::{
    TATWEEL, is_alphanumeric, is_arabic_letter, is_combining, is_invisible, is_mark,
};

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
#[allow(missing_docs)]
pub enum TokenKind {
    Word,
    Number,
    Url,
    Email,
    Hashtag,
    Handle,
    Emoji,
    Punctuation,
    Symbol,
}

impl TokenKind {
    /// All kinds, in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Word,
        Self::Number,
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
            Self::Number => "number",
            Self::Url => "url",
            Self::Email => "email",
            Self::Hashtag => "hashtag",
            Self::Handle => "handle",
            Self::Emoji => "emoji",
            Self::Punctuation => "punctuation",
            Self::Symbol => "symbol",
        }
    }
}

/// Cuts a text into tokens, appended to `out`.
///
/// A vocalised word is whole; Arabic and Latin letters in one run part; a number keeps its
/// decimal, thousands, date and time marks and its percent sign.
pub fn tokens(text: &str, out: &mut Vec<Token>) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() || is_invisible(c) || c.is_control() {
            at += c.len_utf8();
            continue;
        }
        let (len, kind) = scan(rest, c);
        out.push(Token {
            span: Span::new(at, at + len),
            kind,
        });
        at += len;
    }
}

fn scan(rest: &str, c: char) -> (usize, TokenKind) {
    if is_arabic_letter(c) || is_mark(c) || c == TATWEEL {
        return (arabic_word(rest), TokenKind::Word);
    }
    if digit(c) {
        return (number(rest), TokenKind::Number);
    }
    if c.is_ascii_alphanumeric() {
        if let Some(len) = url(rest) {
            return (len, TokenKind::Url);
        }
        if let Some(len) = email(rest) {
            return (len, TokenKind::Email);
        }
    }
    if is_alphanumeric(c) {
        return (other_word(rest), TokenKind::Word);
    }
    match c {
        '#' => {
            let len = tag(&rest[1..], |c| {
                c.is_alphanumeric() || is_combining(c) || c == '_' || c == TATWEEL
            });
            if len > 0 {
                return (1 + len, TokenKind::Hashtag);
            }
        }
        '@' => {
            let len = tag(&rest[1..], |c| c.is_ascii_alphanumeric() || c == '_');
            if len > 0 {
                return (1 + len, TokenKind::Handle);
            }
        }
        '.' => return (tag(rest, |c| c == '.'), TokenKind::Punctuation),
        _ => {}
    }
    if emoji(c) {
        return (emoji_cluster(rest), TokenKind::Emoji);
    }
    let kind = if punctuation(c) {
        TokenKind::Punctuation
    } else {
        TokenKind::Symbol
    };
    (
        c.len_utf8() + tag(&rest[c.len_utf8()..], is_combining),
        kind,
    )
}

/// The length of the longest prefix whose characters all pass.
fn tag(rest: &str, pass: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !pass(c)).unwrap_or(rest.len())
}

fn digit(c: char) -> bool {
    matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹')
}

fn arabic_word(rest: &str) -> usize {
    let inside = |c: char| is_arabic_letter(c) || is_combining(c) || c == TATWEEL;
    let mut end = 0;
    loop {
        end += tag(&rest[end..], inside);
        // Zero-width characters join a word only if more of it follows.
        let gap = tag(&rest[end..], is_invisible);
        if gap == 0 || !rest[end + gap..].starts_with(inside) {
            return end;
        }
        end += gap;
    }
}

fn other_word(rest: &str) -> usize {
    let inside =
        |c: char| (c.is_alphanumeric() && !is_arabic_letter(c)) || is_combining(c) || c == '_';
    let mut end = 0;
    loop {
        end += tag(&rest[end..], inside);
        let mut ahead = rest[end..].chars();
        let joins = matches!(ahead.next(), Some('\'' | '’'))
            && ahead.next().is_some_and(|c| c.is_alphabetic() && inside(c));
        if !joins {
            return end;
        }
        end += rest[end..].chars().next().map_or(0, char::len_utf8);
    }
}

fn number(rest: &str) -> usize {
    let mut end = 0;
    loop {
        end += tag(&rest[end..], digit);
        let mut ahead = rest[end..].chars();
        let Some(c) = ahead.next() else { return end };
        let next = ahead.next();
        if matches!(c, '.' | ',' | '٫' | '٬' | ':' | '/') && next.is_some_and(digit) {
            end += c.len_utf8();
        } else if matches!(c, '%' | '٪') {
            return end + c.len_utf8();
        } else {
            return end;
        }
    }
}

fn url(rest: &str) -> Option<usize> {
    let scheme = ["http://", "https://", "www."].iter().find(|p| {
        rest.get(..p.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(p))
    })?;
    let end = tag(rest, |c| {
        !c.is_whitespace()
            && !is_invisible(c)
            && !matches!(c, '"' | '«' | '»' | '“' | '”' | '<' | '>' | '،' | '؛')
    });
    let kept =
        rest[..end].trim_end_matches(['.', ',', ')', ']', '!', '?', '؟', ':', ';', '\'', '…']);
    (kept.len() > scheme.len()).then_some(kept.len())
}

fn email(rest: &str) -> Option<usize> {
    const LONGEST_LOCAL: usize = 64;
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let bytes = rest.as_bytes();
    let at = bytes
        .iter()
        .take(LONGEST_LOCAL + 1)
        .position(|&b| !local(b as char))?;
    if at == 0 || bytes.get(at) != Some(&b'@') {
        return None;
    }
    let domain = bytes[at + 1..]
        .iter()
        .take(255)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        .count();
    let domain = rest[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    let top = domain.rsplit_once('.')?.1;
    (top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic()))
        .then_some(at + 1 + domain.len())
}

fn emoji(c: char) -> bool {
    matches!(c,
        '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{231A}' | '\u{231B}' | '\u{23E9}'..='\u{23FA}' | '\u{3030}' | '\u{303D}')
}

fn emoji_cluster(rest: &str) -> usize {
    let extends = |c: char| matches!(c, '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}');
    let flag = |c: char| matches!(c, '\u{1F1E6}'..='\u{1F1FF}');
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let mut end = first;
    if rest.starts_with(flag) && rest[end..].starts_with(flag) {
        end += first;
    }
    loop {
        end += tag(&rest[end..], extends);
        let mut ahead = rest[end..].chars();
        match (ahead.next(), ahead.next()) {
            (Some(joiner @ '\u{200D}'), Some(next)) if emoji(next) => {
                end += joiner.len_utf8() + next.len_utf8();
            }
            _ => return end,
        }
    }
}

fn punctuation(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
        || matches!(c,
            '«' | '»' | '¡' | '§' | '¶' | '·' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}'
            | '،' | '؛' | '؟' | '؍' | '٪' | '٫' | '٬' | '٭' | '۔' | '\u{3000}'..='\u{3003}' | '﴾' | '﴿')
}
