//! The labels of tokens: outside of names, at the beginning or inside of one of a type.

use super::matrix::TILE;
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::EntityType;

// There are never more labels than lanes.
const _: () = assert!(2 * EntityType::ALL.len() < TILE);

/// What a label says of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Outside,
    Begin(EntityType),
    Inside(EntityType),
}

/// The labels of a model by their numbers: `Outside`, and both of each type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labels(Vec<Label>);

impl Labels {
    pub(super) fn parse(names: &[String]) -> Result<Self> {
        let mut labels = Vec::new();
        for name in names {
            let label = Label::parse(name)
                .filter(|label| !labels.contains(label))
                .ok_or_else(|| fault(name))?;
            labels.push(label);
        }
        let complete = labels.contains(&Label::Outside)
            && labels.iter().all(|&label| match label {
                Label::Outside => true,
                Label::Begin(t) => labels.contains(&Label::Inside(t)),
                Label::Inside(t) => labels.contains(&Label::Begin(t)),
            });
        complete.then_some(Self(labels)).ok_or_else(|| fault("all"))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, label: usize) -> Label {
        self.0[label]
    }

    /// Whether a label may stand behind another, or at the beginning of a sentence.
    pub(super) fn legal(&self, from: Option<usize>, to: usize) -> bool {
        match self.0[to] {
            Label::Inside(t) => {
                from.is_some_and(|from| [Label::Begin(t), Label::Inside(t)].contains(&self.0[from]))
            }
            _ => true,
        }
    }
}

impl Label {
    fn parse(name: &str) -> Option<Self> {
        if name == "O" {
            return Some(Self::Outside);
        }
        let (place, entity_type) = name.split_once('-')?;
        let entity_type = EntityType::from_name(entity_type)?;
        match place {
            "B" => Some(Self::Begin(entity_type)),
            "I" => Some(Self::Inside(entity_type)),
            _ => None,
        }
    }
}

fn fault(name: &str) -> Error {
    let kinds = "O, and B- and I- before types, each once and none without the other";
    ErrorKind::Format(format!(
        "a tagger's model: its labels are {kinds}; not {name:?}"
    ))
    .into()
}
