use serde::{Deserialize, Serialize};

use crate::error::{ErrorKind, Result};
use crate::text::letters::{is_alphanumeric, is_invisible};

/// What kind of thing a name names.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[allow(missing_docs)]
pub enum EntityType {
    Per,
    Org,
    Loc,
    #[default]
    Misc,
    /// Nationality adjectives and peoples: الروسي, الصينيون.
    Norp,
}

impl EntityType {
    /// All types, in the order of their codes.
    pub const ALL: [Self; 5] = [Self::Per, Self::Org, Self::Loc, Self::Misc, Self::Norp];

    /// Its name in tables: `PER`, `ORG`, `LOC`, `MISC`, `NORP`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Per => "PER",
            Self::Org => "ORG",
            Self::Loc => "LOC",
            Self::Misc => "MISC",
            Self::Norp => "NORP",
        }
    }

    /// The type of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }
}

/// One entity of a lexicon: a row of a table of entities.
///
/// `aliases` are written as in the file: `{a,b}` stands for either, a leading `?` marks a form
/// that needs support from its context, a leading `~` one to be inflected like a nationality.
/// `short` forms hold only in an article that has the full name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Entry {
    pub id: String,
    pub entity_type: EntityType,
    pub subtype: String,
    pub name: String,
    pub name_en: String,
    pub aliases: Vec<String>,
    pub short: Vec<String>,
    pub country: String,
    pub note: String,
    pub wikidata: String,
    /// Where two entities share a spelling the one of the higher priority wins; most have 0.
    pub priority: i32,
}

/// The columns of a table of entities, in the order they are written.
pub(super) const COLUMNS: [&str; 11] = [
    "id", "type", "subtype", "name", "name_en", "aliases", "short", "country", "note", "wikidata",
    "priority",
];

/// A table of entities or a list of words, as tab-separated text with a header line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'s> {
    /// The file's name.
    pub name: &'s str,
    /// Its text.
    pub content: &'s str,
    /// What messages call its lines, where not by their numbers.
    pub rows: &'s [String],
}

impl<'s> Source<'s> {
    /// A file.
    pub fn file(name: &'s str, content: &'s str) -> Self {
        Self {
            name,
            content,
            rows: &[],
        }
    }

    /// What messages call a line, counted from 1.
    pub(super) fn row(&self, line: usize) -> String {
        if self.rows.is_empty() {
            return line.to_string();
        }
        self.rows.get(line - 1).cloned().unwrap_or_default()
    }
}

/// A row of a table of entities.
pub(super) enum Row {
    Entity(Entry),
    /// The id of an entity to leave out: a row of the type `-`.
    Removal(String),
}

/// A tab-separated file with a header, its comments and blank lines left out.
pub(super) struct Table<'f> {
    pub(super) file: &'f str,
    pub(super) header: Vec<&'f str>,
    /// Of each row its line in the file, counted from 1.
    lines: Vec<usize>,
    /// Those of all rows, as many in each as the header has.
    cells: Vec<&'f str>,
}

impl<'f> Table<'f> {
    pub(super) fn parse(file: &'f str, content: &'f str) -> Result<Self> {
        let content = content.strip_prefix('\u{FEFF}').unwrap_or(content);
        let mut lines = content
            .lines()
            .enumerate()
            .map(|(i, l)| (i + 1, l))
            .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        let Some((_, header)) = lines.next() else {
            return Err(broken(file, 1, "", "the file has no header line"));
        };
        let header: Vec<_> = header.split('\t').map(str::trim).collect();
        let (mut rows, mut cells) = (Vec::new(), Vec::new());
        for (row, line) in lines {
            let before = cells.len();
            cells.extend(line.split('\t').map(str::trim));
            let found = cells.len() - before;
            if found > header.len() {
                let reason = format!("{found} cells where the header has {}", header.len());
                return Err(broken(file, row, "", &reason));
            }
            cells.resize(before + header.len(), "");
            rows.push(row);
        }
        Ok(Self {
            file,
            header,
            lines: rows,
            cells,
        })
    }

    /// Each row with its line in the file.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &[&'f str])> {
        let cells = self.cells.chunks_exact(self.header.len());
        self.lines.iter().copied().zip(cells)
    }

    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| *h == name)
    }

    /// Reads the rows as entities; `name` and `type` are needed, the rest may lack.
    pub(super) fn entries(&self, source: &Source<'_>) -> Result<Vec<Row>> {
        if let Some(odd) = self.header.iter().find(|h| !COLUMNS.contains(h)) {
            let meant = nearest(odd).map_or_else(String::new, |c| format!(", {c} is meant"));
            let columns = COLUMNS.join(", ");
            let reason = format!("no such column{meant}; a table of entities has {columns}");
            return Err(broken_at(self.file, source.row(1), odd, &reason));
        }
        for needed in ["name", "type"] {
            if self.column(needed).is_none() {
                let reason = format!(
                    "the header has no column {needed:?}; a table of entities has {}",
                    COLUMNS.join(", ")
                );
                return Err(broken_at(self.file, source.row(1), needed, &reason));
            }
        }
        let columns = COLUMNS.map(|c| self.column(c));
        self.rows()
            .map(|(line, cells)| {
                let broken = |column: &str, reason: &str| {
                    broken_at(self.file, source.row(line), column, reason)
                };
                let cell = |i: usize| columns[i].map_or("", |c: usize| cells[c]);
                let list = |i: usize| -> Vec<String> {
                    cell(i)
                        .split('|')
                        .map(str::trim)
                        .filter(|s| !s.is_empty())
                        .map(str::to_owned)
                        .collect()
                };
                if cell(1) == "-" {
                    return match cell(0) {
                        "" => Err(broken("id", "empty; - as type removes the entity of an id")),
                        id => Ok(Row::Removal(id.to_owned())),
                    };
                }
                let name = cell(3);
                if name.is_empty() {
                    return Err(broken("name", "empty"));
                }
                if !name.chars().any(is_alphanumeric) {
                    return Err(broken("name", "no letter or digit in it to find it by"));
                }
                if cell(0).chars().any(is_invisible) {
                    return Err(broken("id", "an invisible mark in an id"));
                }
                if let Some(sign) = name
                    .chars()
                    .find(|c| matches!(c, '{' | '}' | '|' | '?' | '~'))
                {
                    let reason = format!("{sign} in a name; other spellings are for aliases");
                    return Err(broken("name", &reason));
                }
                let Some(entity_type) = EntityType::from_name(cell(1)) else {
                    let reason = format!("{:?} is none of PER, ORG, LOC, MISC, NORP", cell(1));
                    return Err(broken("type", &reason));
                };
                for i in [5, 6] {
                    if cell(i).matches('{').count() != cell(i).matches('}').count() {
                        return Err(broken(COLUMNS[i], "a brace without its pair"));
                    }
                }
                let wikidata = cell(9);
                if !wikidata.is_empty() && !is_wikidata(wikidata) {
                    let reason = format!("{wikidata:?} is no item such as Q148");
                    return Err(broken("wikidata", &reason));
                }
                let priority = match cell(10) {
                    "" => 0,
                    given => given.parse().map_err(|_| {
                        let reason = format!("{given:?} is no whole number");
                        broken("priority", &reason)
                    })?,
                };
                Ok(Row::Entity(Entry {
                    id: cell(0).to_owned(),
                    entity_type,
                    subtype: cell(2).to_owned(),
                    name: name.to_owned(),
                    name_en: cell(4).to_owned(),
                    aliases: list(5),
                    short: list(6),
                    country: cell(7).to_owned(),
                    note: cell(8).to_owned(),
                    wikidata: wikidata.to_owned(),
                    priority,
                }))
            })
            .collect()
    }
}

/// Whether an item of Wikidata could have this name: Q148.
fn is_wikidata(name: &str) -> bool {
    name.strip_prefix('Q')
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The column that was meant by another word.
fn nearest(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let close = |c: &&&str| {
        let shared = c.bytes().zip(word.bytes()).take_while(|(a, b)| a == b);
        word.len() > 2 && (shared.count() > 2 || c.contains(&word) || word.contains(**c))
    };
    COLUMNS.iter().find(close).copied()
}

pub(super) fn broken(file: &str, row: usize, column: &str, reason: &str) -> crate::error::Error {
    broken_at(file, row.to_string(), column, reason)
}

/// A fault in a row that is not called by a number.
pub(super) fn broken_at(
    file: &str,
    row: String,
    column: &str,
    reason: &str,
) -> crate::error::Error {
    ErrorKind::Lexicon {
        file: file.to_owned(),
        row,
        column: column.to_owned(),
        reason: reason.to_owned(),
    }
    .into()
}

/// A readable, stable id from a name: lower case, letters and digits of any script, hyphens.
pub fn slug(entity_type: EntityType, folded_name: &str) -> String {
    let mut id = entity_type.name().to_lowercase();
    id.push(':');
    let lead = id.len();
    for c in folded_name.chars() {
        if matches!(c, 'ء'..='ي') {
            // Letters without case, as nearly all are: no table is asked.
            id.push(c);
        } else if c.is_alphanumeric() {
            id.extend(c.to_lowercase());
        } else if id.len() > lead && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}
