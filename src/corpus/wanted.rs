use crate::lexicon::EntityType;

/// Which of the names found go into the tables. All are found all the same, for one tells who
/// another is.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Their types; none for all.
    pub types: Option<Vec<EntityType>>,
    /// Their least score, from 0 to 1.
    pub min_score: f32,
}

impl Wanted {
    pub(super) fn has(&self, entity_type: EntityType, score: f32) -> bool {
        let of_type = |types: &Vec<EntityType>| types.contains(&entity_type);
        self.types.as_ref().is_none_or(of_type) && score >= self.min_score
    }
}
