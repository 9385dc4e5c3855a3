use serde::{Deserialize, Serialize};

use super::index::Index;
use super::pipeline::Placed;
use super::vocabulary::{Entities, Entity, Strings};
use super::wanted::Wanted;
use crate::bytes;
use crate::entities::FoundBy;
use crate::error::{ErrorKind, Result};
use crate::lexicon::Lexicon;
use crate::text::Span;

/// In a mention without a role.
pub const NO_ROLE: u32 = u32::MAX;

const MAGIC: &[u8; 8] = b"nasijAN3";

/// One mention as the tables keep it; strings are numbers into the analysis' lists.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct MentionRow {
    pub document: u32,
    pub sentence: u32,
    /// Code points in the document.
    pub start: u32,
    pub end: u32,
    /// Tokens in the document, first and one past the last.
    pub first_token: u32,
    pub end_token: u32,
    pub text: u32,
    pub prefix: u32,
    pub entity: u32,
    pub role: u32,
    /// Code points of the role, clitics left out; both 0 without one.
    pub role_start: u32,
    pub role_end: u32,
    pub found_by: FoundBy,
    /// How probable it is that the mention is right.
    pub score: f32,
}

/// What a corpus holds: its mentions, entities and the shape of its documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Mentions in order of document and place.
    pub mentions: Vec<MentionRow>,
    /// Entities in order of their first mention.
    pub entities: Vec<Entity>,
    /// The mentions' surfaces.
    pub texts: Strings,
    /// The clitics before them.
    pub prefixes: Strings,
    /// Their roles.
    pub roles: Strings,
    /// How many tokens each document has.
    pub tokens: Vec<u32>,
    /// Where each document's mentions begin, and one past the last.
    pub first_mention: Vec<u32>,
    /// Where each document's sentences begin in `paragraphs`, and one past the last.
    pub first_sentence: Vec<u32>,
    /// The paragraph of each sentence within its document.
    pub paragraphs: Vec<u32>,
    /// What was not wanted and stands in the role of a mention that was: whose office it is.
    pub(super) aside: Vec<Aside>,
    #[serde(skip)]
    pub(super) index: Index,
}

/// A name that is in no table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Aside {
    pub(super) document: u32,
    /// Code points in the document.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) entity: Entity,
}

impl Analysis {
    /// How many documents it has.
    pub fn documents(&self) -> usize {
        self.tokens.len()
    }

    /// The mentions of a document.
    pub fn mentions_of(&self, document: usize) -> &[MentionRow] {
        &self.mentions
            [self.first_mention[document] as usize..self.first_mention[document + 1] as usize]
    }

    /// The paragraph of each sentence of a document.
    pub fn sentences_of(&self, document: usize) -> &[u32] {
        &self.paragraphs
            [self.first_sentence[document] as usize..self.first_sentence[document + 1] as usize]
    }

    /// Whether every number points at what it should.
    fn is_sound(&self) -> bool {
        let parts = |ends: &[u32], whole: usize| {
            ends.len() == self.tokens.len() + 1
                && ends.first() == Some(&0)
                && ends.last().is_some_and(|&last| last as usize == whole)
                && ends.is_sorted()
        };
        let within = |n: u32, list: &Strings| (n as usize) < list.list().len();
        parts(&self.first_mention, self.mentions.len())
            && parts(&self.first_sentence, self.paragraphs.len())
            && (0..self.documents()).all(|d| {
                let sentences = self.sentences_of(d);
                sentences.is_sorted()
                    && self.mentions_of(d).iter().all(|m| {
                        m.document as usize == d
                            && (m.sentence as usize) < sentences.len()
                            && m.start <= m.end
                            && m.role_start <= m.role_end
                            && m.first_token < m.end_token
                            && m.end_token <= self.tokens[d]
                            && (m.entity as usize) < self.entities.len()
                            && within(m.text, &self.texts)
                            && within(m.prefix, &self.prefixes)
                            && (m.role == NO_ROLE || within(m.role, &self.roles))
                    })
            })
    }

    /// The analysis as bytes, with a version.
    ///
    /// # Errors
    /// None in practice; the encoder's own.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        bytes::encode(MAGIC, self)
    }

    /// The analysis of such bytes.
    ///
    /// # Errors
    /// Bytes of something else or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let read: Self = bytes::decode(MAGIC, bytes)?;
        if read.is_sound() {
            Ok(read)
        } else {
            Err(
                ErrorKind::Format("an analysis whose parts contradict each other".to_owned())
                    .into(),
            )
        }
    }
}

/// Puts documents together, in order.
pub(super) struct Gatherer<'l> {
    entities: Entities<'l>,
    wanted: &'l Wanted,
    analysis: Analysis,
}

impl<'l> Gatherer<'l> {
    pub(super) fn new(lexicon: &'l Lexicon, wanted: &'l Wanted) -> Self {
        Self {
            entities: Entities::new(lexicon),
            wanted,
            analysis: Analysis {
                mentions: Vec::new(),
                entities: Vec::new(),
                texts: Strings::default(),
                prefixes: Strings::default(),
                roles: Strings::default(),
                tokens: Vec::new(),
                first_mention: vec![0],
                first_sentence: vec![0],
                paragraphs: Vec::new(),
                aside: Vec::new(),
                index: Index::default(),
            },
        }
    }

    pub(super) fn add(&mut self, text: &str, placed: &Placed) {
        let document = &placed.document;
        let into = &mut self.analysis;
        let number = into.tokens.len() as u32;
        let mut roles: Vec<Span> = Vec::new();
        let mut unwanted = Vec::new();
        for (m, &[(start, end), (role_start, role_end)]) in
            document.mentions.iter().zip(&placed.code_points)
        {
            let entity = &document.entities[m.entity as usize];
            // A name taken for a place here may be that of a body found before.
            if !self.wanted.has(self.entities.type_of(entity), m.score) {
                unwanted.push((m.span, start, end, entity));
                continue;
            }
            roles.extend(m.role.map(|role| role.span));
            into.mentions.push(MentionRow {
                document: number,
                sentence: m.sentence,
                start,
                end,
                first_token: m.tokens.0,
                end_token: m.tokens.1,
                text: into.texts.number(m.span.of(text)),
                prefix: into.prefixes.number(m.prefix.of(text)),
                entity: self.entities.number(entity),
                role: m
                    .role
                    .map_or(NO_ROLE, |role| into.roles.number(&role.of(text))),
                role_start,
                role_end,
                found_by: m.found_by,
                score: m.score,
            });
        }
        roles.sort_unstable_by_key(|role| role.start);
        let mut roles = roles.iter().peekable();
        for (span, start, end, entity) in unwanted {
            while roles.next_if(|role| role.end < span.end).is_some() {}
            if roles.peek().is_some_and(|role| role.start <= span.start) {
                into.aside.push(Aside {
                    document: number,
                    start,
                    end,
                    entity: self.entities.entity(entity),
                });
            }
        }
        into.tokens.push(document.tokens);
        into.first_mention.push(into.mentions.len() as u32);
        into.paragraphs
            .extend(document.sentences.iter().map(|s| s.paragraph));
        into.first_sentence.push(into.paragraphs.len() as u32);
    }

    pub(super) fn finish(mut self) -> Analysis {
        self.analysis.entities = self.entities.list;
        self.analysis
    }
}
