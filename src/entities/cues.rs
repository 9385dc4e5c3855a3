//! Where a title or office before a word shows that a person's name stands there.

use super::extractor::{Found, Page};
use crate::lexicon::WordClass;
use crate::segment::TokenKind;

/// How many tokens a title may take.
pub(super) const LONGEST: usize = 12;

/// Where the name at `first` is preceded by a title: its head and one past its last token.
pub(super) fn before(
    page: &Page<'_>,
    first: usize,
    floor: usize,
    found: &[Found],
) -> Option<(usize, usize)> {
    let mut end = first;
    if let Some(b) = page.before(first) {
        // «د. سامر», «أ.د. سامر»
        if page.cells[b].kind == TokenKind::Abbreviation && page.is(b, WordClass::HONORIFIC) {
            return Some((b, first));
        }
        let mark = page.cells[b].span.of(page.text);
        if matches!(mark, "،" | "," | ":" | "\"" | "«" | "“" | ".") {
            // A stop only behind an abbreviation: «م . بوتين».
            if mark == "." {
                return page
                    .before(b)
                    .filter(|h| {
                        page.is(*h, WordClass::HONORIFIC) && page.word(*h).chars().count() <= 2
                    })
                    .map(|h| (h, first));
            }
            end = b;
        }
    }
    let comma = end != first;
    let head = office(page, end, floor, found)?;
    // «ولي العهد السعودي الأمير محمد»: before an honorific may stand the office.
    if head + 1 == end
        && page.cells[head].class.any(WordClass::HONORIFIC)
        && let Some(office) = office(page, head, floor, found)
    {
        return Some((office, end));
    }
    // Between a title and a comma something must tell whose title it is.
    (!comma || end - head > 1 || page.cells[head].definite).then_some((head, end))
}

/// The head of the title that ends right before the token `end`.
pub(super) fn office(page: &Page<'_>, end: usize, floor: usize, found: &[Found]) -> Option<usize> {
    let mut head = None;
    let mut i = end;
    while let Some(j) = page.before(i) {
        if j < floor || end - j > LONGEST {
            break;
        }
        let cell = &page.cells[j];
        if !cell.is_word() {
            break;
        }
        let title = cell.is(WordClass::TITLE);
        let named = found
            .binary_search_by(|f| {
                if f.end <= j {
                    std::cmp::Ordering::Less
                } else if f.first > j {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .is_ok();
        if let Some(h) = head {
            // A title before the title found belongs to it only as «نائب رئيس ...» does.
            // or «المحلل السياسي».
            let joins = !cell.definite || page.word(h).ends_with('ي');
            if h == j + 1 && title && joins && !page.is(j, WordClass::STOP.or(WordClass::VERB)) {
                head = Some(j);
                i = j;
                continue;
            }
            break;
        }
        // An adjective is no head where its noun stands before it: «عضو المكتب السياسي».
        let adjective = cell.definite
            && page.word(j).ends_with('ي')
            && page.before(j).is_some_and(|n| {
                let noun = &page.cells[n];
                noun.is_word()
                    && (noun.definite || noun.is(WordClass::TITLE.or(WordClass::ROLE)))
                    && !noun.class.any(WordClass::STOP.or(WordClass::VERB))
            });
        if title && !adjective && !named {
            head = Some(j);
            if cell.is(WordClass::COUNTERPART) {
                break;
            }
        } else {
            let stops = cell.class.any(WordClass::STOP.or(WordClass::VERB))
                && !cell.class.any(WordClass::ROLE);
            let inside = named
                || adjective
                || cell.is(WordClass::ROLE)
                || (cell.definite && !stops)
                || (cell.class.any(WordClass::COMMON) && j + 1 < end);
            if stops || !inside {
                break;
            }
        }
        i = j;
    }
    head
}

/// The head of a title that a verb of saying puts before the name, with what it has behind it:
/// «قال الأستاذ في جامعة نانيانغ هو تيانج بون».
pub(super) fn introduced(page: &Page<'_>, first: usize) -> Option<usize> {
    let mut i = first;
    while let Some(j) = page.before(i).filter(|j| first - j <= 2 * LONGEST) {
        let cell = &page.cells[j];
        if !cell.is_word() {
            return None;
        }
        if cell.is(WordClass::SAYS) {
            let title = i < first && page.cells[i].definite && page.is(i, WordClass::TITLE);
            return title.then_some(i);
        }
        if cell.class.any(WordClass::VERB) && !cell.class.any(WordClass::ROLE) {
            return None;
        }
        i = j;
    }
    None
}
