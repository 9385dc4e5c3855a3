//! What the tagger says of a text, and how probable that makes what was found.

use super::extractor::{Found, Page};
use crate::lexicon::EntityType;
use crate::tagger::{Scratch, Tagged, Tagger, Token, features};

/// A text read by a tagger.
pub(super) struct Reading<'r> {
    tagger: &'r Tagger,
    scratch: &'r Scratch,
    tagged: &'r [Tagged],
    /// What was made of these, in order.
    settled: Vec<Tagged>,
}

impl<'r> Reading<'r> {
    pub(super) fn new(
        page: &Page<'_>,
        tagger: &'r Tagger,
        tokens: &[Token],
        scratch: &'r mut Scratch,
    ) -> Self {
        tagger.tag(
            tokens,
            |number, out| {
                let (text, form) = page.forms.word(number);
                features(&form.seen(text), out);
            },
            scratch,
        );
        Self {
            tagger,
            tagged: scratch.tagged(),
            scratch,
            settled: Vec::new(),
        }
    }

    /// The names it finds, in order and apart.
    pub(super) fn tagged(&self) -> &'r [Tagged] {
        self.tagged
    }

    /// How probable tokens are a name of this type, from the first to before the end.
    pub(super) fn probability(&self, first: usize, end: usize, entity_type: EntityType) -> f32 {
        self.tagger
            .probability(first, end, entity_type, self.scratch)
    }

    /// How probable it is that these tokens are in no name: that the likeliest to be in one is not.
    pub(super) fn outside(&self, first: usize, end: usize) -> f32 {
        let outside = (first..end).map(|i| self.tagger.outside(i, self.scratch));
        outside.fold(1.0, f32::min)
    }

    /// Notes what was made of its names, which is as probable as they are.
    pub(super) fn settle(&mut self, settled: Vec<Tagged>) {
        self.settled = settled;
    }

    /// How probable it has a name: as what was made of its own, or as it stands.
    pub(super) fn said(&self, first: usize, end: usize, entity_type: EntityType) -> f32 {
        let from = self.settled.partition_point(|t| t.first < first);
        let own = self.settled[from..].iter().take_while(|t| t.first == first);
        own.filter(|t| (t.end, t.entity_type) == (end, entity_type))
            .map(|t| t.probability)
            .next()
            .unwrap_or_else(|| self.probability(first, end, entity_type))
    }

    /// How probable it is that a name is right.
    pub(super) fn score(&self, f: &Found) -> f32 {
        if f.entity_type == EntityType::Norp {
            return f.by.score();
        }
        let probability = self.said(f.first, f.end, f.entity_type);
        let known = self.tagger.calibrated(f.by as usize, probability);
        // More digits would say nothing.
        (known.unwrap_or(probability) * 1000.0).round() / 1000.0
    }
}
