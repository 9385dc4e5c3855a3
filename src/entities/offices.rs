//! Bodies that every country has, named by it: وزارة الخارجية الصينية, وزارة خارجية الصين, and
//! the ministry alone where the article has said whose it is.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::extractor::Page;
use super::overlap::Candidate;
use super::support::next_entities;
use crate::lexicon::{Construct, EntityType, Output, Pattern, Strength, WordClass};

/// A pattern's body found in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Office {
    pub(super) pattern: u32,
    /// The nationality of its country, as an index into the lexicon.
    pub(super) norp: Option<u32>,
    pub(super) end: usize,
    pub(super) cut: usize,
}

/// The bodies whose country the article tells: of each kind where they stand, in order, and the
/// nationality.
#[derive(Debug, Default)]
pub(super) struct Offices<'p>(HashMap<&'p str, Vec<(usize, Option<u32>)>, RandomState>);

impl<'p> Offices<'p> {
    pub(super) fn of(page: &'p Page<'_>, candidates: &[Candidate]) -> Self {
        let mut told_of = HashMap::<_, Vec<_>, _>::default();
        for (i, c) in candidates.iter().enumerate() {
            if let Some(office) = told(page, c, &candidates[i + 1..]) {
                let kind = page.pattern(office.pattern).slug.as_str();
                told_of
                    .entry(kind)
                    .or_default()
                    .push((c.first, office.norp));
            }
        }
        Self(told_of)
    }

    /// The nationality of the body of this kind spoken of last before a token; before any, of the
    /// first (a headline runs ahead of its story).
    fn nearest(&self, pattern: &Pattern, at: usize) -> Option<u32> {
        let same = self.0.get(pattern.slug.as_str())?;
        let before = same.partition_point(|(first, _)| *first < at);
        same[before.saturating_sub(1)].1
    }
}

/// A pattern's head with its country, or where it can stand so, without one.
pub(super) fn office(
    page: &Page<'_>,
    offices: &Offices<'_>,
    head: &Candidate,
    later: &[Candidate],
) -> Option<Office> {
    told(page, head, later).or_else(|| alone(page, offices, head, later))
}

fn patterns<'p>(
    page: &'p Page<'_>,
    head: &Candidate,
) -> impl Iterator<Item = (u32, Construct, &'p Pattern)> {
    let outputs = page.matcher.outputs(head.node).iter();
    outputs.filter_map(|o| match *o {
        Output::Pattern(p, construct) => Some((p, construct, page.pattern(p))),
        Output::Entity(..) | Output::Expression => None,
    })
}

/// Whether the head is one word that is a shorter form: الخارجية, and خارجية before a country.
fn is_short(page: &Page<'_>, head: &Candidate, pattern: u32, construct: Construct) -> bool {
    let word = || &page.word(head.first)[head.cut..];
    head.end == head.first + 1 && page.matcher.is_short(pattern, construct, word())
}

/// Whether the head is one word that could be an adjective of the noun before.
fn is_adjective(page: &Page<'_>, head: &Candidate) -> bool {
    head.end == head.first + 1 && page.word(head.first).ends_with("يه")
}

/// Whether an adjective tells another body: «وزارة الداخلية الاتحادية».
fn another_adjective(page: &Page<'_>, next: usize) -> bool {
    page.cells
        .get(next)
        .is_some_and(|c| c.is_word() && c.definite && c.folded.of(page.folded).ends_with("يه"))
}

/// The body with its country beside it.
fn told(page: &Page<'_>, head: &Candidate, later: &[Candidate]) -> Option<Office> {
    patterns(page, head).find_map(|(pattern, construct, p)| {
        let short = is_short(page, head, pattern, construct);
        let free = match construct {
            // «وزراء خارجية مصر وتونس» are ministers.
            Construct::Country => !short || !noun_before(page, head),
            Construct::Adjective => {
                !(short || is_adjective(page, head)) || stands_alone(page, head)
            }
        };
        if !free {
            return None;
        }
        if page.cells.get(head.end)?.sentence != page.cells[head.first].sentence {
            return None;
        }
        let (norp, end) = next_entities(page, head, later).find_map(|(e, strength, next)| {
            let entry = &page.lexicon.entries()[e as usize];
            let norp = match construct {
                // الصحة المالية is no ministry of Mali.
                _ if next.cut > 0 || short && strength == Strength::Weak => None,
                Construct::Adjective => {
                    let agrees = page.word(head.end).ends_with('ه') == p.feminine;
                    let country = page.nationality(e).or((!short).then_some(e));
                    country.filter(|_| entry.entity_type == EntityType::Norp && agrees)
                }
                Construct::Country => page.nationality(e).filter(|_| is_country(&entry.subtype)),
            };
            Some((norp?, next.end))
        })?;
        Some(Office {
            pattern,
            norp: Some(norp),
            end,
            cut: head.cut,
        })
    })
}

/// The head alone: «وزارة الخارجية» anywhere, الخارجية where someone acts and the article has
/// said whose it is.
fn alone(
    page: &Page<'_>,
    offices: &Offices<'_>,
    head: &Candidate,
    later: &[Candidate],
) -> Option<Office> {
    patterns(page, head).find_map(|(pattern, construct, p)| {
        let norp = || {
            let again = || offices.nearest(p, head.first);
            country_behind(page, head, later)
                .or_else(|| (!another_adjective(page, head.end)).then(again)?)
        };
        let norp = match construct {
            Construct::Country => return None,
            Construct::Adjective if is_short(page, head, pattern, construct) => {
                if !is_adjective(page, head) || !acts(page, head) {
                    return None;
                }
                Some(norp()?)
            }
            // «المحكمة الدستورية في مصر», but «رئاسة الحكومة في اليابان» is an office.
            Construct::Adjective
                if !p.alone && head.end > head.first + 1 && p.subtype != "government" =>
            {
                Some(country_behind(page, head, later)?)
            }
            Construct::Adjective if !p.alone => return None,
            Construct::Adjective => norp(),
        };
        Some(Office {
            pattern,
            norp,
            end: head.end,
            cut: head.cut,
        })
    })
}

/// The country of «وزارة الخارجية في الصين».
fn country_behind(page: &Page<'_>, head: &Candidate, later: &[Candidate]) -> Option<u32> {
    let sentence = page.cells[head.first].sentence;
    let at =
        head.end + usize::from(page.cells.get(head.end).is_some() && page.word(head.end) == "في");
    later
        .iter()
        .skip_while(|c| c.first < at)
        .take_while(|c| c.first == at && page.cells[at].sentence == sentence)
        .filter(|c| at > head.end || page.word(at)[..c.cut] == *"ب")
        .flat_map(|c| page.matcher.outputs(c.node))
        .find_map(|o| match *o {
            Output::Entity(e, _) if is_country(&page.lexicon.entries()[e as usize].subtype) => {
                page.nationality(e)
            }
            _ => None,
        })
}

fn is_country(subtype: &str) -> bool {
    matches!(subtype, "country" | "territory")
}

/// Whether الخارجية can stand for the ministry here: it is neither an adjective of the noun before
/// (السياسة الخارجية) nor the portfolio of a minister.
fn stands_alone(page: &Page<'_>, head: &Candidate) -> bool {
    let adjective_of = |before: usize| {
        let cell = &page.cells[before];
        cell.definite || cell.is(WordClass::TITLE)
    };
    head.cut > 0 || !noun_before(page, head) || !page.before(head.first).is_some_and(adjective_of)
}

/// Whether a word that is neither a verb nor a particle stands before the head.
fn noun_before(page: &Page<'_>, head: &Candidate) -> bool {
    page.before(head.first).is_some_and(|before| {
        let cell = &page.cells[before];
        cell.is_word() && !cell.is(WordClass::VERB.or(WordClass::STOP))
    })
}

/// Whether the head begins its sentence, or a verb stands before it.
fn acts(page: &Page<'_>, head: &Candidate) -> bool {
    head.cut == 0
        && page.before(head.first).is_none_or(|before| {
            let cell = &page.cells[before];
            cell.is(WordClass::VERB) && !cell.class.any(WordClass::TITLE.or(WordClass::ROLE))
        })
}
