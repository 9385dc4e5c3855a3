//! Character references and tags, as far as news copy carries them.

/// How far back a tag or reference may begin: enough for real ones, and the work stays linear.
pub(super) const LONGEST_TAG: usize = 2000;
pub(super) const LONGEST_REFERENCE: usize = 12;

/// Behind more marks on one letter than any script writes, markup is left alone.
pub(super) const MOST_MARKS: usize = 30;

const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("lrm", '\u{200E}'),
    ("rlm", '\u{200F}'),
    ("shy", '\u{AD}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("times", '×'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
];

/// The character of a reference, `amp` or `#1605` or `#x645` (without `&` and `;`).
pub(super) fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|&c| c != '\0');
    }
    NAMED.iter().find(|(n, _)| *n == name).map(|&(_, c)| c)
}

/// What the text between `<` and `>` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// No tag at all.
    None,
    /// A tag within a line.
    Inline,
    /// A tag that ends a line.
    Block,
}

/// Reads a tag.
pub(super) fn tag(inside: &str) -> Tag {
    const BLOCKS: [&str; 27] = [
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "table",
        "hr",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "header",
        "footer",
        "figure",
    ];
    let name = inside.strip_prefix('/').unwrap_or(inside);
    if inside.starts_with("!--") {
        return if inside.ends_with("--") {
            Tag::Inline
        } else {
            Tag::None
        };
    }
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let rest = &name[end..];
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && (rest.is_empty() || rest.starts_with(['/', ' ', '\n', '\t', '\r']));
    if !named {
        return Tag::None;
    }
    if BLOCKS.iter().any(|b| b.eq_ignore_ascii_case(&name[..end])) {
        Tag::Block
    } else {
        Tag::Inline
    }
}
