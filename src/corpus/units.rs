use std::fmt;

use serde::{Deserialize, Serialize};

use super::analysis::{Analysis, MentionRow};
use super::windows::{Held, around, sliding};
use crate::error::{ErrorKind, Result};

/// What two entities must share to count as together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A whole document.
    Document,
    /// Any `k` tokens in a row: every place of a window that slides by one token. A document
    /// shorter than the window is one window.
    Window(u32),
    /// One window for each mention of a selected entity: `k` tokens before it, the mention, and
    /// `k` tokens after it, as far as the document goes.
    Around(u32),
}

impl Unit {
    /// The unit of a name, or a window of so many tokens: `10` slides, `around 10` does not.
    ///
    /// # Errors
    /// An unknown name; a window of no token.
    pub fn from_name(name: &str) -> Result<Self> {
        let tokens = |number: &str| number.parse().ok().filter(|&k: &u32| k > 0);
        let window = || match name.strip_prefix("around ") {
            Some(number) => tokens(number).map(Self::Around),
            None => tokens(name).map(Self::Window),
        };
        match name {
            "sentence" => Ok(Self::Sentence),
            "paragraph" => Ok(Self::Paragraph),
            "document" => Ok(Self::Document),
            _ => window().ok_or_else(|| {
                ErrorKind::Argument(format!(
                    "no unit is called {name:?}; a unit is \"sentence\", \"paragraph\", \
                     \"document\", a whole number of tokens from 1, or \"around\" and one"
                ))
                .into()
            }),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sentence => f.write_str("sentence"),
            Self::Paragraph => f.write_str("paragraph"),
            Self::Document => f.write_str("document"),
            Self::Window(size) => write!(f, "{size}"),
            Self::Around(reach) => write!(f, "around {reach}"),
        }
    }
}

/// In the groups of a selection: a document that is in none.
pub const NO_GROUP: u32 = u32::MAX;

/// Which documents and entities take part; none of either for all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection<'s> {
    /// For each entity, whether it takes part.
    pub entities: Option<&'s [bool]>,
    /// For each document, whether it takes part.
    pub documents: Option<&'s [bool]>,
    /// For each document the group it belongs to (its story, its source, its day), where groups
    /// are counted and not units; those of [`NO_GROUP`] do not take part.
    pub groups: Option<&'s [u32]>,
}

impl Selection<'_> {
    pub(crate) fn has_document(&self, document: usize) -> bool {
        self.documents
            .is_none_or(|d| d.get(document).copied().unwrap_or(false))
            && self.groups.is_none_or(|_| self.group(document) != NO_GROUP)
    }

    /// The group of a document; [`NO_GROUP`] where there are no groups.
    pub fn group(&self, document: usize) -> u32 {
        let groups = self.groups.unwrap_or_default();
        groups.get(document).copied().unwrap_or(NO_GROUP)
    }

    pub(super) fn has_entity(&self, entity: u32) -> bool {
        self.entities
            .is_none_or(|e| e.get(entity as usize).copied().unwrap_or(false))
    }
}

/// A unit of a corpus: the `index`th of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The document's number.
    pub document: u32,
    /// The unit's number within the document.
    pub index: u32,
}

impl Analysis {
    /// Calls `with(place, entities, times)` for runs of `times` units from `place` on that hold
    /// the same entities; every unit of every selected document is in one run. The entities are
    /// those selected, in no order, some perhaps twice; empty runs have no telling place.
    pub fn units(
        &self,
        unit: Unit,
        selection: Selection<'_>,
        mut with: impl FnMut(Place, &[u32], u64),
    ) {
        let mut entities = Vec::new();
        for document in (0..self.documents()).filter(|d| selection.has_document(*d)) {
            let held = self.mentions_of(document).iter();
            let held = held.filter(|m| selection.has_entity(m.entity));
            let held = held.map(|m| (m, m.entity));
            self.units_of(
                document,
                unit,
                selection,
                held,
                &mut entities,
                |index, e, times| {
                    let document = document as u32;
                    with(Place { document, index }, e, times);
                },
            );
        }
    }

    /// Calls `with(index, labels, times)` for the units of one document, as [`Analysis::units`]
    /// does; the labels are those of the `held` mentions, which are in order of place. Windows
    /// are around the mentions selected, whether held or not.
    pub(super) fn units_of<'m>(
        &'m self,
        document: usize,
        unit: Unit,
        selection: Selection<'_>,
        held: impl Iterator<Item = Held<'m>>,
        labels: &mut Vec<u32>,
        mut with: impl FnMut(u32, &[u32], u64),
    ) {
        let sentences = self.sentences_of(document);
        if sentences.is_empty() {
            return;
        }
        let index_of = |m: &MentionRow| match unit {
            Unit::Sentence => m.sentence,
            Unit::Paragraph => sentences[m.sentence as usize],
            Unit::Document | Unit::Window(_) | Unit::Around(_) => 0,
        };
        let total = match unit {
            Unit::Sentence => sentences.len() as u64,
            Unit::Paragraph => u64::from(sentences[sentences.len() - 1]) + 1,
            Unit::Document => 1,
            Unit::Window(size) => {
                return sliding(&held.collect::<Vec<_>>(), self.tokens[document], size, with);
            }
            Unit::Around(reach) => {
                let centres = (0..).zip(self.mentions_of(document));
                let centres = centres.filter(|(_, m)| selection.has_entity(m.entity));
                return around(centres, &held.collect::<Vec<_>>(), reach, labels, with);
            }
        };
        let mut seen = 0;
        let mut current = None;
        for (m, label) in held {
            let index = index_of(m);
            if current != Some(index) {
                if let Some(current) = current {
                    with(current, labels, 1);
                    seen += 1;
                }
                labels.clear();
                current = Some(index);
            }
            labels.push(label);
        }
        if let Some(current) = current {
            with(current, labels, 1);
            seen += 1;
        }
        if total > seen {
            with(0, &[], total - seen);
        }
    }
}
