//! Where each entity is mentioned.

use std::sync::OnceLock;

use super::analysis::Analysis;

/// The mentions of each entity, found when first asked for. A copy is made to be changed, so it
/// finds them anew.
#[derive(Debug, Default)]
pub(super) struct Index(OnceLock<Lists>);

#[derive(Debug)]
struct Lists {
    /// Where each entity's mentions begin, and one past the last.
    first: Vec<u32>,
    mentions: Vec<u32>,
}

impl Clone for Index {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// It follows from the mentions.
impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Analysis {
    /// The mentions of an entity, as places in [`Analysis::mentions`], in order; none of an
    /// entity there is not. The first call reads all mentions, later ones do not.
    pub fn mentions_by(&self, entity: u32) -> &[u32] {
        let lists = self.index.0.get_or_init(|| self.lists());
        let entity = entity as usize;
        match (lists.first.get(entity), lists.first.get(entity + 1)) {
            (Some(&from), Some(&to)) => &lists.mentions[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Those of them between two code points of a document.
    pub fn mentions_within(&self, entity: u32, document: u32, start: u32, end: u32) -> &[u32] {
        let mentions = self.mentions_by(entity);
        let row = |m: u32| &self.mentions[m as usize];
        let from =
            mentions.partition_point(|&m| (row(m).document, row(m).start) < (document, start));
        let to = mentions.partition_point(|&m| (row(m).document, row(m).end) <= (document, end));
        mentions.get(from..to).unwrap_or_default()
    }

    /// Sorts the mentions by entity, by counting.
    fn lists(&self) -> Lists {
        let mut first = vec![0_u32; self.entities.len() + 1];
        for m in &self.mentions {
            first[m.entity as usize + 1] += 1;
        }
        for e in 1..first.len() {
            first[e] += first[e - 1];
        }
        let mut next = first.clone();
        let mut mentions = vec![0; self.mentions.len()];
        for (i, m) in self.mentions.iter().enumerate() {
            let at = &mut next[m.entity as usize];
            mentions[*at as usize] = i as u32;
            *at += 1;
        }
        Lists { first, mentions }
    }
}
