use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use hashbrown::HashSet;
use serde::{Deserialize, Serialize};

use super::builder::fold;
use super::entries::{Entry, Table, slug};
use super::words::Words;
use crate::error::Result;

/// The files that ship, in the order of their rank: where two entities share a spelling the
/// earlier file wins.
macro_rules! shipped {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("../../seeds/lexicon/", $file)))),*]
    };
}

static SHIPPED: [(&str, &str); 27] = shipped![
    "countries.tsv",
    "capitals.tsv",
    "nationalities.tsv",
    "people.tsv",
    "leaders.tsv",
    "arab_figures.tsv",
    "world_figures.tsv",
    "athletes.tsv",
    "culture.tsv",
    "organisations.tsv",
    "parties.tsv",
    "companies.tsv",
    "institutions.tsv",
    "clubs.tsv",
    "media.tsv",
    "provinces.tsv",
    "places.tsv",
    "cities.tsv",
    "misc.tsv",
    "titles.tsv",
    "role_words.tsv",
    "name_cues.tsv",
    "expressions.tsv",
    "given_names.tsv",
    "vocabulary.tsv",
    "org_heads.tsv",
    "patterns.tsv",
];
static BOILERPLATE: (&str, &str) = (
    "boilerplate.tsv",
    include_str!("../../seeds/lexicon/boilerplate.tsv"),
);

const MAGIC: &[u8; 8] = b"nasijLX2";

/// Names and the words around them, as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    entries: Arc<Vec<Entry>>,
    words: Arc<Words>,
}

impl Lexicon {
    /// The lexicon that ships with nasij.
    ///
    /// # Panics
    /// If the shipped files are broken, which the tests rule out.
    pub fn shipped() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let files: Vec<_> = SHIPPED.iter().chain([&BOILERPLATE]).copied().collect();
            Self::read(&files, None).expect("the shipped lexicon is well formed")
        })
    }

    /// Reads a lexicon of one's own from files (name, content): tables of entities, and word
    /// lists by the names of the shipped ones, which stand in for those.
    ///
    /// # Errors
    /// A broken row, named with its file, row and column; an id given twice.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self> {
        Self::read(files, Some(&Self::shipped().words))
    }

    fn read(files: &[(&str, &str)], base: Option<&Arc<Words>>) -> Result<Self> {
        let mut entries = Vec::new();
        let mut lists = Vec::new();
        let mut ids = HashSet::new();
        for &(file, content) in files {
            let table = Table::parse(file, content)?;
            let stem = stem(file);
            if Words::is_list(stem) {
                lists.push((stem, table));
                continue;
            }
            for (mut entry, (row, _)) in table.entries()?.into_iter().zip(table.rows()) {
                if entry.id.is_empty() {
                    let name = match entry.name_en.as_str() {
                        "" => &entry.name,
                        english => english,
                    };
                    entry.id = slug(entry.entity_type, &fold(name));
                }
                if !ids.insert(entry.id.clone()) {
                    let reason = format!("the id {} was given before", entry.id);
                    return Err(super::entries::broken(file, row, "id", &reason));
                }
                entries.push(entry);
            }
        }
        entries.sort_by_key(|e: &Entry| Reverse(e.priority));
        let words = match base {
            Some(words) if lists.is_empty() => Arc::clone(words),
            base => {
                let mut words = base.map_or_else(Words::default, |w| (**w).clone());
                for (stem, table) in &lists {
                    words.read(stem, table)?;
                }
                Arc::new(words)
            }
        };
        let entries = Arc::new(entries);
        Ok(Self { entries, words })
    }

    /// This lexicon with the entities of other files before its own: an entity of the same id is
    /// replaced, a shared spelling goes to the new one unless its priority is lower.
    ///
    /// # Errors
    /// As [`Lexicon::parse`].
    pub fn extend(&self, files: &[(&str, &str)]) -> Result<Self> {
        let new = Self::read(files, Some(&self.words))?;
        let ids: HashSet<_> = new.entries.iter().map(|e| e.id.clone()).collect();
        let kept = self.entries.iter().filter(|e| !ids.contains(&e.id));
        let mut entries: Vec<_> = new.entries.iter().chain(kept).cloned().collect();
        entries.sort_by_key(|e| Reverse(e.priority));
        Ok(Self {
            entries: Arc::new(entries),
            words: new.words,
        })
    }

    /// Its entities, in order of rank.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Its word lists.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The lexicon as bytes, with a version.
    ///
    /// # Errors
    /// None in practice; the encoder's own.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        crate::bytes::encode(MAGIC, self)
    }

    /// The lexicon of such bytes.
    ///
    /// # Errors
    /// Bytes of something else or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        crate::bytes::decode(MAGIC, bytes)
    }
}

fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".tsv").unwrap_or(name)
}
