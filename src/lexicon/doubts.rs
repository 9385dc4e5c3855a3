//! What is sound in a table of entities, yet may not be meant.

use hashbrown::HashMap;

use super::builder::{Strength, spellings};
use super::entries::{EntityType, Row, Source, Table, broken_at};
use super::store::Lexicon;
use super::words::{WordClass, Words};
use crate::error::{Error, Result};

impl Lexicon {
    /// What a person who gives these tables may want to be told, as errors are: spellings that two
    /// rows give to different entities, and spellings that are ordinary words.
    ///
    /// # Errors
    /// As [`Lexicon::extend`].
    pub fn doubts(&self, files: &[Source<'_>]) -> Result<Vec<Error>> {
        let ordinary = ordinary(self.words());
        let mut doubts = Vec::new();
        let mut owners: HashMap<String, (&str, String, String, i32)> = HashMap::new();
        for source in files {
            if Words::is_list(super::store::stem(source.name)) {
                continue;
            }
            let table = Table::parse(source.name, source.content)?;
            for (row, (line, _)) in table.entries(source)?.into_iter().zip(table.rows()) {
                let Row::Entity(entry) = row else { continue };
                let row = source.row(line);
                let doubt = |reason: &str| broken_at(source.name, row.clone(), "aliases", reason);
                for (spelling, strength) in spellings(&entry) {
                    if strength != Strength::Full {
                        continue;
                    }
                    if entry.entity_type != EntityType::Norp
                        && ordinary.contains_key(spelling.as_str())
                    {
                        doubts.push(doubt(&format!(
                            "«{spelling}» is also an ordinary word; write ?{spelling} among the \
                             aliases, and it counts only where its context supports a name"
                        )));
                    }
                    let here = (source.name, row.clone(), entry.id.clone(), entry.priority);
                    if let Some((file, first, id, priority)) = owners.get(&spelling) {
                        if *priority == entry.priority && (*id != entry.id || id.is_empty()) {
                            doubts.push(doubt(&format!(
                                "«{spelling}» is a spelling in {file}, row {first} too, which \
                                 wins; leave it out of one, or give one a priority"
                            )));
                        }
                    } else {
                        owners.insert(spelling, here);
                    }
                }
            }
        }
        Ok(doubts)
    }
}

/// Words that stand in texts without being a name.
fn ordinary(words: &Words) -> HashMap<&str, WordClass> {
    let mut classes: HashMap<&str, WordClass> = HashMap::new();
    for (word, class) in &words.classes {
        let known = classes.entry(word).or_default();
        *known = known.or(*class);
    }
    let plain = WordClass::COMMON.or(WordClass::STOP).or(WordClass::VERB);
    classes.retain(|word, class| class.any(plain) && !word.contains(' '));
    classes
}
