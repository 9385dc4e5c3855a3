//! What a title beside a name says of who bears it.

use super::cues;
use super::extractor::{Found, Page};
use crate::lexicon::WordClass;

/// The title nearest to a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title<'p> {
    /// Its word without clitics and article: وزيره.
    pub(super) name: &'p str,
    /// Whether it is said of women alone; of men alone; or, as offices in the masculine, of both.
    pub(super) woman: Option<bool>,
    /// Said of anyone: السيد.
    pub(super) honorific: bool,
    /// Beside the name, with the article.
    pub(super) definite: bool,
}

/// The title before the name at token `first`.
pub(super) fn title_of<'p>(page: &'p Page<'_>, found: &[Found], first: usize) -> Option<Title<'p>> {
    let before = page.before(first)?;
    let is_title = |i: usize| page.cells[i].is_word() && page.is(i, WordClass::TITLE);
    let head = if is_title(before) {
        before
    } else {
        let (head, end) = cues::before(page, first, 0, found)?;
        (head..end).rev().find(|&i| is_title(i))?
    };
    // زوجة كلينتون is not called كلينتون's wife herself.
    let own = page.cells[head].definite || head + 1 < first;
    let raw = page.cells[head].span.of(page.text);
    let name = stem(page.word(head));
    let honorific = page.is(head, WordClass::HONORIFIC);
    let beside = head + 1 == first;
    let feminine = raw.ends_with('ة') && !matches!(name, "خليفه" | "علامه" | "سماحه");
    let masculine = beside && matches!(name, "سيد" | "امير" | "ملك" | "شيخ" | "سلطان" | "امام");
    Some(Title {
        name,
        woman: (own && (feminine || masculine)).then_some(feminine),
        honorific,
        definite: page.cells[head].definite && beside,
    })
}

/// What the titles before and behind a full name that ends before token `end` call its bearer.
pub(super) fn titles_beside<'p>(
    page: &'p Page<'_>,
    before: Option<Title<'p>>,
    end: usize,
) -> impl Iterator<Item = &'p str> {
    let next = page.after(end - 1).and_then(|i| {
        let comma = matches!(page.cells[i].span.of(page.text), "،" | "," | "(");
        if comma { page.after(i) } else { Some(i) }
    });
    let behind = next.filter(|&i| page.cells[i].class.any(WordClass::TITLE));
    before
        .map(|t| t.name)
        .into_iter()
        .chain(behind.map(|i| stem(page.word(i))))
}

/// A noun without its article and what is written onto that.
fn stem(word: &str) -> &str {
    ["وال", "بال", "فال", "كال", "ال", "ولل", "لل"]
        .iter()
        .find_map(|article| word.strip_prefix(article))
        .unwrap_or(word)
}
