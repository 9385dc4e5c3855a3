//! The same mentions under other entities, as a reader has decided.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::analysis::Analysis;
use super::vocabulary::Entity;
use crate::error::{ErrorKind, Result};

impl Analysis {
    /// This analysis with the entity of mention `i` at place `entity_of[i]` of `entities`. What
    /// is counted follows, for it is counted from the mentions. Entities of one id are one;
    /// those without a mention are left out, and the rest stand in order of their first.
    ///
    /// # Errors
    /// Another number of places than of mentions; a place beyond the list; an entity without id.
    pub fn relink(&self, entity_of: &[u32], entities: &[Entity]) -> Result<Self> {
        let wrong = |reason: String| Err(ErrorKind::Argument(reason).into());
        if entity_of.len() != self.mentions.len() {
            return wrong(format!(
                "{} entities for {} mentions",
                entity_of.len(),
                self.mentions.len()
            ));
        }
        if let Some(place) = entity_of.iter().find(|&&e| e as usize >= entities.len()) {
            return wrong(format!("entity {place} of {}", entities.len()));
        }
        if entities.iter().any(|e| e.id.is_empty()) {
            return wrong("an entity without an id".to_owned());
        }
        let mut made = self.clone();
        made.entities.clear();
        let mut numbers: HashMap<&str, u32, RandomState> = HashMap::default();
        for (mention, &place) in made.mentions.iter_mut().zip(entity_of) {
            let entity = &entities[place as usize];
            let next = made.entities.len() as u32;
            mention.entity = *numbers.entry(&entity.id).or_insert(next);
            if mention.entity == next {
                made.entities.push(entity.clone());
            }
        }
        Ok(made)
    }
}
