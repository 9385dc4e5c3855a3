use super::source::Source;
use crate::text::classes::Class;

const JOINER: char = '\u{200D}';
const PRESENTATION: char = '\u{FE0F}';
const KEYCAP: char = '\u{20E3}';

/// The end of one picture: an emoji with its skin tone, selectors and tags, others joined to it,
/// or the two letters of a flag.
pub(super) fn cluster(source: &Source<'_>, at: usize) -> usize {
    let first = len(source, at);
    let mut end = at + first;
    if flag_letter(source, at) && flag_letter(source, end) {
        end += first;
    }
    loop {
        let rest = source.rest(end);
        end += rest.find(|c| !extends(c)).unwrap_or(rest.len());
        let joined = end + JOINER.len_utf8();
        if !source.rest(end).starts_with(JOINER) || !joins(source, joined) {
            return end;
        }
        end = joined + len(source, joined);
    }
}

/// The end of the keycap around the digit or sign that ends at `at`: 1️⃣.
pub(super) fn keycap(source: &Source<'_>, at: usize) -> Option<usize> {
    if source.byte(at).is_none_or(|b| b < 0xE0) {
        return None;
    }
    let rest = source.rest(at);
    let bare = rest.strip_prefix(PRESENTATION).unwrap_or(rest);
    let behind = bare.strip_prefix(KEYCAP)?;
    Some(source.text.len() - behind.len())
}

/// Whether the sign that ends at `at` is asked to be a picture: ↗️.
pub(super) fn presented(source: &Source<'_>, at: usize) -> bool {
    source.rest(at).starts_with(PRESENTATION)
}

fn len(source: &Source<'_>, at: usize) -> usize {
    source.at(at).map_or(0, |(_, len)| len)
}

fn flag_letter(source: &Source<'_>, at: usize) -> bool {
    source
        .rest(at)
        .starts_with(|c| matches!(c, '\u{1F1E6}'..='\u{1F1FF}'))
}

/// Skin tones, selectors, and the tags of flags of regions.
fn extends(c: char) -> bool {
    matches!(c,
        '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

/// What a joiner may join; two arrows shake a head.
fn joins(source: &Source<'_>, at: usize) -> bool {
    source.class(at) == Some(Class::Emoji) || source.rest(at).starts_with(['↔', '↕'])
}
