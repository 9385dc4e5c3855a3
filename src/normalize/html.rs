//! Character references and tags, as far as news copy carries them.

use std::borrow::Cow;

/// How far back a tag or reference may begin: enough for real ones, and the work stays linear.
pub(super) const LONGEST_TAG: usize = 2000;
/// `&CounterClockwiseContourIntegral;`
pub(super) const LONGEST_REFERENCE: usize = 33;

/// Behind more marks on one letter than any script writes, markup is left alone.
pub(super) const MOST_MARKS: usize = 30;

/// What a reference stands for, `&amp;` or `&#1605;` or `&#x645;`, by the HTML standard; none for
/// what it does not know.
pub(super) fn reference(written: &str) -> Option<Cow<'static, str>> {
    let inside = written.strip_prefix('&')?.strip_suffix(';')?;
    if let Some(number) = inside.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        let known = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
        let read = known.then(|| htmlize::unescape(written).into_owned());
        // The number of no character stays as it is.
        return read
            .filter(|read| !read.contains('\u{FFFD}'))
            .map(Cow::Owned);
    }
    let characters = htmlize::ENTITIES.get(written.as_bytes())?;
    std::str::from_utf8(characters).ok().map(Cow::Borrowed)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_those_of_the_standard() {
        let known = [
            ("&amp;", "&"),
            ("&Agrave;", "À"),
            ("&#1605;", "م"),
            ("&#x645;", "م"),
            ("&#X645;", "م"),
            ("&#128;", "€"),
            ("&NotEqualTilde;", "≂\u{338}"),
        ];
        for (written, read) in known {
            assert_eq!(reference(written).as_deref(), Some(read), "{written}");
            assert!(written.len() <= LONGEST_REFERENCE);
        }
        for written in [
            "&;", "&#;", "&#x;", "&#12a;", "&notit;", "&nosuch;", "&amp", "amp;",
        ] {
            assert_eq!(reference(written), None, "{written}");
        }
        let longest = htmlize::ENTITIES.keys().map(|name| name.len()).max();
        assert_eq!(longest, Some(LONGEST_REFERENCE));
    }
}
