use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::{HashMap, HashTable};

use super::extractor::Kin;
use super::mention::EntityRef;

/// The entities of one article, each with its number.
#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) entities: Vec<EntityRef>,
    /// Their numbers, to be found by what they are.
    numbers: HashTable<u32>,
    hasher: RandomState,
}

impl Registry {
    /// The number of an entity, given at its first call.
    pub(super) fn number(&mut self, entity: EntityRef) -> u32 {
        let Self {
            entities,
            numbers,
            hasher,
        } = self;
        let next = entities.len() as u32;
        let number = numbers.entry(
            hasher.hash_one(&entity),
            |&n| entities[n as usize] == entity,
            |&n| hasher.hash_one(&entities[n as usize]),
        );
        let number = *number.or_insert(next).get();
        if number == next {
            entities.push(entity);
        }
        number
    }
}

/// Which entities an article names in full, and where last: what short names are linked by.
#[derive(Debug, Default)]
pub(super) struct FullNames {
    /// By index in the lexicon.
    places: HashMap<u32, Places, RandomState>,
    /// For each country how often the article names what is of it, and whether the country itself.
    kin: Vec<(u16, bool)>,
    /// Whether the article is about football.
    pub(super) sport: bool,
}

/// Where an article names an entity: the first token of its first full name, and of its last name
/// of any kind.
#[derive(Debug, Default)]
struct Places {
    full: Option<usize>,
    last: Option<usize>,
}

impl FullNames {
    pub(super) fn note(&mut self, entity: u32, at: usize, kin: Option<Kin>) {
        let places = self.places.entry(entity).or_default();
        places.full = places.full.or(Some(at));
        let Some(kin) = kin else { return };
        let code = kin.code as usize;
        if self.kin.len() <= code {
            self.kin.resize(code + 1, (0, false));
        }
        let (count, national) = self.kin[code];
        self.kin[code] = (count.saturating_add(1), national | kin.national);
    }

    pub(super) fn has(&self, entity: u32) -> bool {
        self.places.get(&entity).is_some_and(|p| p.full.is_some())
    }

    /// Whether the article has a country or nationality of the same kin.
    pub(super) fn has_kin(&self, kin: u16) -> bool {
        self.kin.get(kin as usize).is_some_and(|k| k.1)
    }

    /// How much of the article is of a country: its own names count more than its people's.
    pub(super) fn weight(&self, kin: u16) -> u32 {
        let (count, national) = self.kin.get(kin as usize).copied().unwrap_or_default();
        u32::from(count) + 4 * u32::from(national)
    }

    /// Whether no country has twice the weight.
    pub(super) fn mainly(&self, kin: u16) -> bool {
        let most = (0..self.kin.len()).map(|k| self.weight(k as u16)).max();
        2 * self.weight(kin) >= most.unwrap_or(0)
    }

    pub(super) fn seen(&mut self, entity: u32, at: usize) {
        self.places.entry(entity).or_default().last = Some(at);
    }

    /// Of the entities a short name can stand for, the one last spoken of before it; before any,
    /// the one whose full name comes first (a headline runs ahead of its story).
    pub(super) fn nearest(&self, entities: impl Iterator<Item = u32>) -> Option<u32> {
        let nearness = |e: u32| {
            let places = self.places.get(&e)?;
            let full = places.full?;
            Some(places.last.map_or((0, usize::MAX - full), |at| (1, at)))
        };
        let named = entities.filter_map(|e| Some((nearness(e)?, e)));
        named.max_by_key(|(near, _)| *near).map(|(_, e)| e)
    }
}
