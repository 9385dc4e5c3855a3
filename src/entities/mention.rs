use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::lexicon::EntityType;
use crate::segment::Sentence;
use crate::text::Span;

/// What led to a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FoundBy {
    /// A spelling of the lexicon.
    Lexicon,
    /// A spelling that is also a word, where the context supports the name.
    Context,
    /// A short form of a full name in the same article.
    Short,
    /// A body named by its nationality: وزارة الخارجية الصينية.
    Pattern,
    /// A title or an office beside an unknown name.
    Title,
    /// A verb of saying before an unknown name.
    Verb,
    /// A known given name that begins an unknown one.
    Given,
    /// A word that says what kind of body or place the unknown name is.
    Kind,
    /// The same name, found elsewhere in the article.
    Repeat,
    /// Another spelling of a person the lexicon has.
    Spelling,
    /// The tagger, which learnt from annotated news, and nothing else.
    Tagger,
}

impl FoundBy {
    /// All of them, in the order of their codes, by which a trained tagger knows them: new ones go
    /// last.
    pub const ALL: [Self; 11] = [
        Self::Lexicon,
        Self::Context,
        Self::Short,
        Self::Pattern,
        Self::Title,
        Self::Verb,
        Self::Given,
        Self::Kind,
        Self::Repeat,
        Self::Spelling,
        Self::Tagger,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lexicon => "lexicon",
            Self::Context => "context",
            Self::Short => "short",
            Self::Pattern => "pattern",
            Self::Title => "title",
            Self::Verb => "verb",
            Self::Given => "given",
            Self::Kind => "kind",
            Self::Repeat => "repeat",
            Self::Spelling => "spelling",
            Self::Tagger => "tagger",
        }
    }

    /// How probable it is that a name so found is right, without a tagger's word.
    pub(super) fn score(self) -> f32 {
        match self {
            Self::Lexicon => 0.99,
            Self::Pattern | Self::Short => 0.95,
            Self::Context | Self::Spelling => 0.9,
            Self::Title => 0.85,
            Self::Kind | Self::Repeat => 0.8,
            Self::Given => 0.75,
            Self::Verb | Self::Tagger => 0.7,
        }
    }
}

/// The entity a mention stands for, before the corpus gives it its number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EntityRef {
    /// An entry of the lexicon, by its index.
    Known(u32),
    /// A pattern's body, of a nationality if one is told.
    Office {
        /// The pattern's index.
        pattern: u32,
        /// The nationality's index in the lexicon.
        norp: Option<u32>,
    },
    /// A name no list has.
    Named {
        /// Its type.
        entity_type: EntityType,
        /// Its subtype where a kind word told it.
        subtype: String,
        /// What all its spellings have in common (see [`crate::lexicon::phonetic::key`]).
        key: String,
        /// The name as first written.
        name: String,
    },
}

/// A title or office beside a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// Where it stands, the clitics on its first word left out.
    pub span: Span,
    /// Whether its article lost the alef to the ل before it: «للرئيس».
    pub article: bool,
}

impl Role {
    /// The role as a title is written by itself.
    pub fn of(self, text: &str) -> Cow<'_, str> {
        let role = self.span.of(text);
        if self.article {
            Cow::Owned(format!("ا{role}"))
        } else {
            Cow::Borrowed(role)
        }
    }
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where the name stands in the original text, clitics left out.
    pub span: Span,
    /// The clitics written onto it, right before `span`; may be empty.
    pub prefix: Span,
    /// The sentence it stands in, counted from 0.
    pub sentence: u32,
    /// The tokens it covers, first and one past the last.
    pub tokens: (u32, u32),
    /// Its entity, as an index into [`Document::entities`].
    pub entity: u32,
    /// Its type.
    pub entity_type: EntityType,
    /// What led to it.
    pub found_by: FoundBy,
    /// How probable it is that it is a name, of this type and from here to there.
    pub score: f32,
    /// The title or office beside a person.
    pub role: Option<Role>,
}

/// What one text holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// How many tokens it has.
    pub tokens: u32,
    /// Its mentions, in the order of the text.
    pub mentions: Vec<Mention>,
    /// The entities its mentions stand for, each once, in order of first mention.
    pub entities: Vec<EntityRef>,
}
