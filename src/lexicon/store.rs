use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use hashbrown::{HashMap, HashSet};
use serde::{Deserialize, Serialize};

use super::builder::fold;
use super::entries::{Entry, Row, Source, Table, broken_at, slug};
use super::words::Words;
use crate::error::Result;

/// The files that ship, in the order of their rank: where two entities share a spelling the
/// earlier file wins.
macro_rules! shipped {
    ($($file:literal),* $(,)?) => {
        [$(($file, include_str!(concat!("../../seeds/lexicon/", $file)))),*]
    };
}

static SHIPPED: [(&str, &str); 28] = shipped![
    "countries.tsv",
    "capitals.tsv",
    "nationalities.tsv",
    "people.tsv",
    "leaders.tsv",
    "arab_figures.tsv",
    "world_figures.tsv",
    "officials.tsv",
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
            let shipped = SHIPPED.iter().chain([&BOILERPLATE]);
            let files: Vec<_> = shipped.map(|&(n, c)| Source::file(n, c)).collect();
            let (read, _) = Self::read(&files, None).expect("the shipped lexicon is well formed");
            read
        })
    }

    /// Reads a lexicon of one's own from files (name, content): tables of entities, and word
    /// lists by the names of the shipped ones, which stand in for those.
    ///
    /// # Errors
    /// A broken row, named with its file, row and column; an id given twice.
    pub fn parse(files: &[Source<'_>]) -> Result<Self> {
        let (new, removed) = Self::read(files, Some(&Self::shipped().words))?;
        removed.absent(|_| false)?;
        Ok(new)
    }

    fn read(files: &[Source<'_>], base: Option<&Arc<Words>>) -> Result<(Self, Removed)> {
        let mut entries = Vec::new();
        let mut lists = Vec::new();
        let mut ids: HashMap<String, (&Source<'_>, usize)> = HashMap::new();
        let mut removed = Removed::default();
        for source in files {
            let file = source.name;
            let table = Table::parse(file, source.content)?;
            let stem = stem(file);
            if Words::is_list(stem) {
                lists.push((stem, table));
                continue;
            }
            for (read, (line, _)) in table.entries(source)?.into_iter().zip(table.rows()) {
                let mut entry = match read {
                    Row::Entity(entry) => entry,
                    Row::Removal(id) => {
                        removed.0.push((id, file.to_owned(), source.row(line)));
                        continue;
                    }
                };
                if entry.id.is_empty() {
                    let name = match entry.name_en.as_str() {
                        "" => &entry.name,
                        english => english,
                    };
                    entry.id = slug(entry.entity_type, &fold(name));
                }
                if let Some((first, at)) = ids.insert(entry.id.clone(), (source, line)) {
                    let place = format!("{}, row {}", first.name, first.row(at));
                    let reason = format!("{} is the id in {place} too", entry.id);
                    return Err(broken_at(file, source.row(line), "id", &reason));
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
        Ok((Self { entries, words }, removed))
    }

    /// This lexicon with the entities of other files before its own: an entity of the same id is
    /// replaced, a shared spelling goes to the new one unless its priority is lower. Rows of the
    /// type `-` leave entities of this lexicon out.
    ///
    /// # Errors
    /// As [`Lexicon::parse`]; an id to leave out that is not there.
    pub fn extend(&self, files: &[Source<'_>]) -> Result<Self> {
        let (new, removed) = Self::read(files, Some(&self.words))?;
        let known: HashSet<_> = self.entries.iter().map(|e| e.id.as_str()).collect();
        removed.absent(|id| known.contains(id))?;
        let mut ids: HashSet<_> = new.entries.iter().map(|e| e.id.as_str()).collect();
        ids.extend(removed.0.iter().map(|(id, _, _)| id.as_str()));
        let kept = self.entries.iter().filter(|e| !ids.contains(e.id.as_str()));
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

/// Ids to leave out, each with its file and row.
#[derive(Default)]
struct Removed(Vec<(String, String, String)>);

impl Removed {
    /// Refuses ids that are not `known`.
    fn absent(&self, known: impl Fn(&str) -> bool) -> Result<()> {
        match self.0.iter().find(|(id, _, _)| !known(id)) {
            None => Ok(()),
            Some((id, file, row)) => {
                let reason = format!("there is no entity {id} to remove");
                Err(broken_at(file, row.clone(), "id", &reason))
            }
        }
    }
}

pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".tsv").unwrap_or(name)
}
