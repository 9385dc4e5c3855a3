//! Which of two that disagree is right: the lexicon and the rules, or the tagger.
//!
//! What the lexicon or a rule found stays unless the tagger is surer of something else than
//! [`trust`] asks for: numbers measured on annotated news, above which the tagger was right more
//! often. The user's own names give way to longer ones only. What the tagger alone finds is taken
//! if it is probable enough ([`alone`]).

use super::extractor::{Found, Page};
use super::linking::{FullNames, Registry};
use super::mention::{EntityRef, FoundBy};
use super::names::{NOT_A_NAME, Name};
use super::reading::Reading;
use super::tagged::{add, pieces};
use crate::lexicon::{EntityType, WordClass};
use crate::segment::clitics;
use crate::tagger::Tagged;

/// How probable something else must be for what was found to give way.
struct Trust {
    /// For another type of the same tokens.
    other: f32,
    /// For a name that goes on before or behind.
    longer: f32,
    /// For a part of it.
    part: f32,
    /// For no name at all.
    none: f32,
}

fn trust(given: &Given, tagged: EntityType) -> Trust {
    let of = |other, longer, part, none| Trust {
        other,
        longer,
        part,
        none,
    };
    match given.by {
        // The tagger knows of a nationality only that it may be part of a name: «المصري», the
        // family, or that a word for it is a place's too.
        _ if given.entity_type == EntityType::Norp => match tagged {
            EntityType::Per => of(0.6, 0.4, 0.9, 2.0),
            EntityType::Loc => of(0.7, 0.7, 0.9, 2.0),
            _ => of(0.97, 0.5, 0.9, 2.0),
        },
        // Whether شرق and محافظة belong to a name is a matter of convention.
        FoundBy::Lexicon if given.entity_type == EntityType::Loc => of(0.75, 0.5, 0.88, 0.93),
        FoundBy::Lexicon => of(0.75, 0.5, 0.97, 0.93),
        FoundBy::Short | FoundBy::Spelling => of(0.97, 0.97, 0.97, 2.0),
        FoundBy::Pattern => of(0.9, 0.6, 0.97, 0.9),
        FoundBy::Context => of(0.7, 0.6, 0.97, 0.97),
        // Rules.
        _ => of(0.0, 0.3, 0.5, 0.3),
    }
}

/// Words that are names by themselves only where the tagger is sure: لي, كان.
const FUNCTION: WordClass = WordClass::STOP.or(WordClass::VERB);

/// How probable a name must be that the tagger alone finds.
fn alone(page: &Page<'_>, t: &Tagged) -> f32 {
    let single = t.end == t.first + 1;
    if single && out_of_an_index(page.word(t.first)) {
        return f32::INFINITY;
    }
    match (t.entity_type, single) {
        (_, true) if page.cells[t.first].class.any(FUNCTION) => 0.9,
        (EntityType::Per, true) if page.cells[t.first].class.any(NOT_A_NAME) => 0.9,
        (EntityType::Misc, true) => 0.9,
        (EntityType::Misc, false) => 0.65,
        (EntityType::Loc, true) => 0.75,
        (EntityType::Per, true) => 0.7,
        (EntityType::Org, false) => 0.5,
        _ => 0.6,
    }
}

/// Whether a folded word is one that corpora mark, and that no index of names would have: a
/// currency, God, the religion.
fn out_of_an_index(word: &str) -> bool {
    const WORDS: [&str; 16] = [
        "دولار",
        "يورو",
        "ريال",
        "درهم",
        "دينار",
        "جنيه",
        "ليره",
        "شيكل",
        "شيقل",
        "فرنك",
        "روبل",
        "روبيه",
        "يوان",
        "الله",
        "لله",
        "اسلام",
    ];
    clitics::analyses(word).any(|a| {
        let stem = &word[a.prefix..];
        let bare = stem.strip_prefix("ال").unwrap_or(stem);
        [stem, bare, bare.trim_end_matches('ا')]
            .iter()
            .any(|w| WORDS.contains(w))
    })
}

/// A name as the lexicon or a rule has it.
pub(super) struct Given {
    pub(super) first: usize,
    pub(super) end: usize,
    /// The folded bytes of clitics.
    pub(super) cut: usize,
    pub(super) entity_type: EntityType,
    by: FoundBy,
    /// An entity of the user's own lexicon: what it is called is no question to the tagger.
    own: bool,
    kept: bool,
}

impl Given {
    fn same(&self, t: &Tagged) -> bool {
        (self.first, self.end, self.entity_type) == (t.first, t.end, t.entity_type)
    }

    /// Whether it gives way to a name of the tagger that it shares tokens with.
    fn yields(&self, t: &Tagged) -> bool {
        if self.own
            && !(t.first <= self.first
                && self.end <= t.end
                && t.end - t.first > self.end - self.first)
        {
            return false;
        }
        let trust = trust(self, t.entity_type);
        let needed = if (self.first, self.end) == (t.first, t.end) {
            trust.other
        } else if self.first <= t.first && t.end <= self.end {
            trust.part
        } else {
            trust.longer
        };
        t.probability >= needed
    }
}

/// Makes what was found and what the tagger reads one; `names` end in the order of the text.
pub(super) fn reconcile(
    page: &Page<'_>,
    reading: &mut Reading<'_>,
    full: &FullNames,
    registry: &mut Registry,
    found: &mut Vec<Found>,
    names: &mut Vec<Name>,
) {
    let own = |f: &Found| match registry.entities[f.entity as usize] {
        EntityRef::Known(e) => page.own[e as usize],
        _ => false,
    };
    let known = found
        .iter()
        .map(|f| (f.first, f.end, f.cut, f.entity_type, f.by, own(f)));
    let shown = names
        .iter()
        .map(|n| (n.first, n.end, n.cut, n.entity_type, n.found_by, false));
    let mut given: Vec<_> = known
        .chain(shown)
        .map(|(first, end, cut, entity_type, by, own)| Given {
            first,
            end,
            cut,
            entity_type,
            by,
            own,
            kept: true,
        })
        .collect();
    // In the order of the text; the places they have in `found` and `names` are kept beside.
    let mut place: Vec<usize> = (0..given.len()).collect();
    place.sort_unstable_by_key(|&g| given[g].first);
    given.sort_unstable_by_key(|g| g.first);

    let mut new = Vec::new();
    let mut said = Vec::new();
    let mut met = vec![false; given.len()];
    for tagged in reading.tagged() {
        if page.skipped(tagged.first) {
            continue;
        }
        for (n, piece) in pieces(page, tagged, &given).into_iter().enumerate() {
            let from = given.partition_point(|g| g.end <= piece.first);
            let to = given.partition_point(|g| g.first < piece.end);
            met[from..to].fill(true);
            let beside = &mut given[from..to];
            said.push(piece);
            if beside.iter().any(|g| g.same(&piece)) {
                continue;
            }
            let wins = match beside {
                [] => piece.probability >= alone(page, &piece),
                // What is left of a name that was parted is less sure.
                _ => n == 0 && beside.iter().all(|g| g.kept && g.yields(&piece)),
            };
            if wins {
                for g in beside {
                    g.kept = false;
                }
                new.push(piece);
            } else if let Some(shorter) = without_nationality(page, &piece, beside) {
                said.push(shorter);
                new.push(shorter);
            }
        }
    }
    for (g, _) in given.iter_mut().zip(met).filter(|(_, met)| !met) {
        let outside = reading.outside(g.first, g.end);
        g.kept = g.own || outside < trust(g, g.entity_type).none;
    }
    let mut kept = vec![true; given.len()];
    for (place, g) in place.into_iter().zip(&given) {
        kept[place] = g.kept;
    }
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(true));
    names.retain(|_| kept.next().unwrap_or(true));
    reading.settle(said);
    add(page, &new, full, registry, found, names);
}

/// A name without the nationality behind it, which is a mention by itself: «توتال» الفرنسية.
fn without_nationality(page: &Page<'_>, t: &Tagged, beside: &[Given]) -> Option<Tagged> {
    let [norp] = beside else { return None };
    let behind = norp.entity_type == EntityType::Norp && norp.end == t.end && norp.first > t.first;
    let sure = t.probability >= alone(page, t);
    (behind && sure).then_some(Tagged {
        end: norp.first,
        ..*t
    })
}
