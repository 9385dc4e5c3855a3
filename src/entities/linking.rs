use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::mention::EntityRef;

/// The entities of one article, each with its number.
#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) entities: Vec<EntityRef>,
    numbers: HashMap<EntityRef, u32, RandomState>,
}

impl Registry {
    /// The number of an entity, given at its first call.
    pub(super) fn number(&mut self, entity: EntityRef) -> u32 {
        if let Some(&n) = self.numbers.get(&entity) {
            return n;
        }
        let n = self.entities.len() as u32;
        self.entities.push(entity.clone());
        self.numbers.insert(entity, n);
        n
    }
}

/// Which entities an article names in full, and where last: what short names are linked by.
#[derive(Debug, Default)]
pub(super) struct FullNames {
    /// Entity index of the lexicon -> the first token of its first full name.
    first: HashMap<u32, usize, RandomState>,
    last: HashMap<u32, usize, RandomState>,
    kin: Vec<bool>,
}

impl FullNames {
    pub(super) fn note(&mut self, entity: u32, at: usize, kin: Option<u16>) {
        self.first.entry(entity).or_insert(at);
        let Some(kin) = kin else { return };
        if self.kin.len() <= kin as usize {
            self.kin.resize(kin as usize + 1, false);
        }
        self.kin[kin as usize] = true;
    }

    pub(super) fn has(&self, entity: u32) -> bool {
        self.first.contains_key(&entity)
    }

    /// Whether the article has a country or nationality of the same kin.
    pub(super) fn has_kin(&self, kin: u16) -> bool {
        self.kin.get(kin as usize).copied().unwrap_or(false)
    }

    pub(super) fn seen(&mut self, entity: u32, at: usize) {
        self.last.insert(entity, at);
    }

    /// Of the entities a short name can stand for, the one last spoken of before it; before any,
    /// the one whose full name comes first (a headline runs ahead of its story).
    pub(super) fn nearest(&self, entities: impl Iterator<Item = u32>) -> Option<u32> {
        entities
            .filter(|e| self.has(*e))
            .max_by_key(|e| match self.last.get(e) {
                Some(&at) => (1, at),
                None => (0, usize::MAX - self.first[e]),
            })
    }
}
