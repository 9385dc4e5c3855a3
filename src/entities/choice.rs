//! Which of the names that begin at one word stands there, if any.

use super::extractor::{Found, Page};
use super::linking::FullNames;
use super::mention::{EntityRef, FoundBy};
use super::offices::{Offices, office};
use super::ordinary::{deed, numbered, ordinary_word, placed, preposition};
use super::overlap::Candidate;
use super::support::{
    adjective_here, beside_peer, direction, family_name, given_before, goes_on, name_after,
    national, person_by_short, short_wins, son_of_another, supported,
};
use super::weak_bodies::medium;
use super::weak_places::likelihood;
use crate::lexicon::{EntityType, Entry, Output, Strength, WordClass, fold};

/// The name that stands at a word.
pub(super) struct Choice {
    pub(super) end: usize,
    pub(super) cut: usize,
    pub(super) entity: EntityRef,
    pub(super) entity_type: EntityType,
    pub(super) found_by: FoundBy,
    /// Whether no other entity has this spelling for its own.
    pub(super) unrivalled: bool,
}

/// What a name is judged by.
pub(super) struct Context<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) full: &'a FullNames,
    /// The candidates that begin later.
    pub(super) later: &'a [Candidate],
    /// The names before.
    pub(super) found: &'a [Found],
}

/// The choice among the candidates that begin at one word, the longest first.
pub(super) fn choose(
    context: &Context<'_>,
    offices: &Offices<'_>,
    group: &[Candidate],
) -> Option<Choice> {
    let office = group
        .iter()
        .find_map(|c| office(context.page, offices, c, context.later));
    group
        .iter()
        .take_while(|c| office.as_ref().is_none_or(|o| o.end <= c.end))
        .find_map(|c| context.entity(c))
        .or_else(|| {
            office.map(|o| Choice {
                end: o.end,
                cut: o.cut,
                entity: EntityRef::Office {
                    pattern: o.pattern,
                    norp: o.norp,
                },
                entity_type: EntityType::Org,
                found_by: FoundBy::Pattern,
                unrivalled: true,
            })
        })
}

/// Of the entities that a weak spelling may stand for the likeliest.
#[derive(Default)]
pub(super) struct Likeliest {
    /// The first of the likeliest, how likely it is, and whether it and the last of them are clubs.
    best: Option<(u32, u32, bool)>,
}

impl Likeliest {
    pub(super) fn weigh(&mut self, page: &Page<'_>, entity: u32, likely: u32) {
        let club = |e: u32| page.lexicon.entries()[e as usize].subtype == "club";
        self.best = match self.best {
            Some((_, most, _)) if most > likely => self.best,
            Some((other, most, _)) if most == likely => {
                Some((other, most, club(entity) && club(other)))
            }
            _ => Some((entity, likely, false)),
        };
    }

    fn is_empty(&self) -> bool {
        self.best.is_none()
    }

    /// None where clubs are as likely.
    pub(super) fn entity(self) -> Option<u32> {
        self.best.filter(|(_, _, rivals)| !rivals).map(|b| b.0)
    }
}

impl Context<'_> {
    fn entry(&self, e: u32) -> &Entry {
        &self.page.lexicon.entries()[e as usize]
    }

    /// The entity that a candidate names, if it names one.
    fn entity(&self, c: &Candidate) -> Option<Choice> {
        let ordinary = WordClass::COMMON.or(WordClass::STOP).or(WordClass::GIVEN);
        let single = c.end == c.first + 1;
        if c.cut > 0 && single && self.page.cells[c.first].class.any(ordinary) {
            return None;
        }
        let outputs = self.page.matcher.outputs(c.node);
        let (entity, found_by) = self
            .told(c, outputs)
            .map(|e| (e, FoundBy::Context))
            .or_else(|| self.own(c, outputs))
            .or_else(|| self.short(c, outputs))?;
        Some(Choice {
            end: c.end,
            cut: c.cut,
            entity: EntityRef::Known(entity),
            entity_type: self.entry(entity).entity_type,
            found_by,
            unrivalled: !outputs
                .iter()
                .any(|o| matches!(o, Output::Entity(_, Strength::Full))),
        })
    }

    /// The body that the words beside the name tell, whatever else has its name: «النصر السعودي»
    /// by its nationality, «صحيفة الرياض» by its kind.
    fn told(&self, c: &Candidate, outputs: &[Output]) -> Option<u32> {
        let weak = || {
            outputs.iter().filter_map(|o| match *o {
                Output::Entity(e, Strength::Weak) => Some(e),
                _ => None,
            })
        };
        // «الاتحاد السعودي» is the federation rather than the club.
        let body = self.page.cells[c.first].class.any(WordClass::ROLE);
        // The first in rank of the likeliest.
        weak()
            .find(|&e| {
                !(body && self.entry(e).subtype == "club") && national(self.page, e, c, self.later)
            })
            .or_else(|| {
                weak()
                    .map(|e| (medium(self.page, c, self.entry(e)), e))
                    .filter(|&(sure, _)| sure > 0)
                    .rev()
                    .max_by_key(|&(sure, e)| {
                        let likely = likelihood(self.page, self.full, e, c, self.found);
                        (sure, likely)
                    })
                    .map(|(_, e)| e)
            })
    }

    /// The entity whose own name it is, the first in rank; of weak names the likeliest, and none
    /// where clubs of one name are as likely.
    fn own(&self, c: &Candidate, outputs: &[Output]) -> Option<(u32, FoundBy)> {
        let page = self.page;
        let type_of = |e: u32| self.entry(e).entity_type;
        let place = outputs.iter().any(
            |o| matches!(*o, Output::Entity(e, Strength::Full) if type_of(e) == EntityType::Loc),
        );
        let mut weak = Likeliest::default();
        for output in outputs {
            let Output::Entity(e, strength) = *output else {
                continue;
            };
            if strength == Strength::Short || self.another(e, c, outputs) {
                continue;
            }
            if strength == Strength::Full {
                // أوستن, where the article has Lloyd Austin, is no town.
                let person = c.end == c.first + 1
                    && type_of(e) != EntityType::Per
                    && person_by_short(page, self.full, outputs).is_some()
                    && short_wins(page, c, type_of(e));
                if person {
                    continue;
                }
                if let Some(club) = self.club_of(e, c, outputs) {
                    return Some((club, FoundBy::Context));
                }
                if weak.is_empty() {
                    return Some((e, FoundBy::Lexicon));
                }
                break;
            }
            if type_of(e) == EntityType::Norp && adjective_here(page, c, outputs, self.found) {
                return Some((e, FoundBy::Context));
            }
            let body = type_of(e) == EntityType::Org;
            if body && place || !supported(page, self.full, e, c, self.later, self.found) {
                continue;
            }
            weak.weigh(page, e, likelihood(page, self.full, e, c, self.found));
        }
        weak.entity().map(|e| (e, FoundBy::Context))
    }

    /// The club that goes by its city's name, where football is spoken of and no word of place
    /// stands before: «فاز ليفربول», but «في ليفربول».
    fn club_of(&self, city: u32, c: &Candidate, outputs: &[Output]) -> Option<u32> {
        let page = self.page;
        let placed = || placed(page, c) || page.word(c.first)[..c.cut].ends_with('ب');
        if !self.full.sport || self.entry(city).subtype != "city" || placed() {
            return None;
        }
        outputs.iter().find_map(|o| match *o {
            Output::Entity(e, Strength::Weak)
                if self.entry(e).subtype == "club"
                    && supported(page, self.full, e, c, self.later, self.found) =>
            {
                Some(e)
            }
            _ => None,
        })
    }

    /// Whether the spelling stands for something else here than for an entity of this type.
    fn another(&self, e: u32, c: &Candidate, outputs: &[Output]) -> bool {
        let page = self.page;
        let entry = self.entry(e);
        let group = matches!(entry.entity_type, EntityType::Org | EntityType::Norp);
        entry.subtype == "compass" && direction(page, c)
            || ordinary_word(page, c, entry)
            || entry.entity_type == EntityType::Per && preposition(page, c)
            || group && family_name(page, c)
            || self.single_person(e, c) && given_before(page, e, c)
            || son_of_another(page, e, c)
            || goes_on(page, e, c)
            || entry.entity_type == EntityType::Loc && adjective_here(page, c, outputs, self.found)
    }

    fn single_person(&self, e: u32, c: &Candidate) -> bool {
        // بن لادن is a family name too.
        let family = c.end == c.first + 1
            || c.end == c.first + 2 && self.page.cells[c.first].class.any(WordClass::PARTICLE);
        family && self.entry(e).entity_type == EntityType::Per
    }

    /// The entity of which it is a short name, where the article has the full one.
    fn short(&self, c: &Candidate, outputs: &[Output]) -> Option<(u32, FoundBy)> {
        let page = self.page;
        if numbered(page, c) {
            return None;
        }
        let goes_on = name_after(page, c.end, self.later);
        // A family name that stands first may be another's: وانغ يي and وانغ ونبين.
        let leads = |e: u32| {
            fold(&self.entry(e).name).split(' ').next() == Some(&page.word(c.first)[c.cut..])
        };
        let deed = deed(page, c);
        let free = |e: u32| {
            !(deed && self.entry(e).entity_type == EntityType::Org)
                && (!self.single_person(e, c)
                    || !(given_before(page, e, c) || (goes_on && leads(e))))
        };
        let mut shorts = outputs.iter().filter_map(|o| match *o {
            Output::Entity(e, Strength::Short) if free(e) => Some(e),
            _ => None,
        });
        if let Some(e) = self.full.nearest(shorts.clone()) {
            return Some((e, FoundBy::Short));
        }
        shorts
            .find(|e| beside_peer(page, *e, c, self.later))
            .map(|e| (e, FoundBy::Context))
    }
}
