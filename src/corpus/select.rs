//! Some of the documents by themselves.

use super::analysis::Analysis;
use super::index::Index;
use super::texts::Texts;
use crate::error::Result;

impl Texts {
    /// The texts that are kept, in their order.
    #[must_use]
    pub fn select(&self, kept: &[bool]) -> Self {
        let mut chosen = Self::default();
        for i in numbers(kept).filter(|&i| i < self.len()) {
            chosen.push(self.get(i));
        }
        chosen
    }
}

impl Analysis {
    /// The analysis of the documents that are kept, in their order; entities that these do not
    /// mention are left out.
    ///
    /// # Errors
    /// None in practice; those of [`Analysis::relink`].
    pub fn select(&self, kept: &[bool]) -> Result<Self> {
        let mut place_of = vec![None; self.documents()];
        let mut made = Self {
            mentions: Vec::new(),
            entities: Vec::new(),
            texts: self.texts.clone(),
            prefixes: self.prefixes.clone(),
            roles: self.roles.clone(),
            tokens: Vec::new(),
            first_mention: vec![0],
            first_sentence: vec![0],
            paragraphs: Vec::new(),
            aside: Vec::new(),
            index: Index::default(),
        };
        for old in numbers(kept).filter(|&i| i < self.documents()) {
            let number = made.tokens.len() as u32;
            place_of[old] = Some(number);
            let mentions = self.mentions_of(old).iter().copied();
            made.mentions.extend(mentions.map(|mut m| {
                m.document = number;
                m
            }));
            made.tokens.push(self.tokens[old]);
            made.first_mention.push(made.mentions.len() as u32);
            made.paragraphs.extend_from_slice(self.sentences_of(old));
            made.first_sentence.push(made.paragraphs.len() as u32);
        }
        for aside in &self.aside {
            if let Some(number) = place_of[aside.document as usize] {
                let mut aside = aside.clone();
                aside.document = number;
                made.aside.push(aside);
            }
        }
        let entity_of: Vec<u32> = made.mentions.iter().map(|m| m.entity).collect();
        made.relink(&entity_of, &self.entities)
    }
}

fn numbers(kept: &[bool]) -> impl Iterator<Item = usize> {
    kept.iter().enumerate().filter(|(_, k)| **k).map(|(i, _)| i)
}
