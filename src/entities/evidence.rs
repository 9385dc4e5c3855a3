//! What the lexicon and the rules found, as the tagger reads it beside each token.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::extractor::{Found, Page};
use super::mention::FoundBy;
use super::names::Name;
use crate::lexicon::EntityType;
use crate::tagger::{ELSEWHERE, EVIDENCE, Token};

/// Fills in what is known of each token.
pub(super) fn evidence(page: &Page<'_>, found: &[Found], names: &[Name], tokens: &mut Vec<Token>) {
    tokens.clear();
    tokens.extend(page.cells.iter().map(|cell| Token {
        form: cell.form,
        sentence: cell.sentence,
        evidence: 0,
        elsewhere: 0,
    }));
    let known = found
        .iter()
        .map(|f| (f.first, f.end, f.entity_type, f.by))
        .chain(
            names
                .iter()
                .map(|n| (n.first, n.end, n.entity_type, n.found_by)),
        );
    // How often each form stands in names of each type.
    let mut counts: HashMap<u32, [u16; TYPES], RandomState> = HashMap::default();
    for (first, end, entity_type, by) in known {
        for (i, token) in (first..end).zip(&mut tokens[first..end]) {
            token.evidence = code(entity_type, by, i > first);
            if page.cells[i].is_word() {
                let count = &mut counts.entry(token.form).or_default()[entity_type as usize];
                *count = count.saturating_add(1);
            }
        }
    }
    if counts.is_empty() {
        return;
    }
    for token in tokens {
        let Some(counts) = counts.get(&token.form) else {
            continue;
        };
        let own = (token.evidence != 0).then(|| usize::from(token.evidence - 1) / 2 % TYPES);
        let others = (0..TYPES).map(|t| (counts[t] - u16::from(own == Some(t)), t));
        let most = others.max_by_key(|&(count, t)| (count, TYPES - t));
        if let Some((1.., t)) = most {
            token.elsewhere = t as u8 + 1;
        }
    }
}

const TYPES: usize = ELSEWHERE - 1;

// There is a code for every finding.
const _: () = assert!(TYPES == EntityType::ALL.len());
const _: () = assert!(FoundBy::ALL.len() * TYPES * 2 < EVIDENCE);

/// Zero is for no evidence.
fn code(entity_type: EntityType, by: FoundBy, inside: bool) -> u8 {
    let kind = (by as usize * TYPES + entity_type as usize) * 2;
    (1 + kind + usize::from(inside)) as u8
}
