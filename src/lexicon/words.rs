use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::builder::fold;
use super::entries::{Table, broken};
use crate::error::Result;

/// What a word can be where names stand; a set, for words are many things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WordClass(u32);

/// Gives each class a bit of its own.
macro_rules! classes {
    (@$bit:expr;) => {};
    (@$bit:expr; $(#[$doc:meta])* $name:ident, $($rest:tt)*) => {
        impl WordClass {
            $(#[$doc])*
            pub const $name: Self = Self(1 << $bit);
        }
        classes!(@$bit + 1; $($rest)*);
    };
    ($($all:tt)*) => { classes!(@0_u32; $($all)*); };
}

classes! {
    /// Heads a title or an office: رئيس, وزير, المتحدث.
    TITLE,
    /// A title said of anyone, which stands right before a name: السيد, الدكتور.
    HONORIFIC,
    /// A title that points to another person: نظيره.
    COUNTERPART,
    /// May stand between the head of a title and the name: الخارجية, العام.
    ROLE,
    /// A verb or phrase that a person follows: قال, أعلن, برئاسة.
    VERB,
    /// Ends a name: function words, words of time.
    STOP,
    /// A given name.
    GIVEN,
    /// A given name that is also an ordinary word.
    GIVEN_OR_WORD,
    /// A particle inside names: بن, أبو, آل, دي.
    PARTICLE,
    /// An ordinary word.
    COMMON,
    /// Heads the name of a body and is part of it: جامعة, حزب.
    BODY,
    /// Says what kind of body the next name is, without being part of it: صحيفة, وكالة.
    KIND,
    /// Says what kind of place the next name is: مدينة, محافظة.
    PLACE_KIND,
    /// A verb of saying: two unknown words behind it are who said it.
    SAYS,
    /// Heads what is called after a person: طريق الملك فهد, جائزة الأمير نايف.
    NAMED_AFTER,
    /// What a place stands after: في, غادر, جمهورية.
    PLACE_CUE,
    /// Beside what غربي tells a direction: رياح, شمالية, المنطقة.
    TERRAIN,
    /// A given name that is written by its sound, so that its spelling varies.
    FOREIGN,
    /// A man's given name.
    MALE,
    /// A woman's given name.
    FEMALE,
    /// An indefinite adjective: the noun before it is no name.
    ADJECTIVE,
    /// A word of football: لاعب, مباراة.
    SPORT,
    /// What a body stands after that is not of its name: مراسل, أسهم, مقاتلي. Of which kind the
    /// body is, `Words::cues` tells.
    BODY_CUE,
    /// A rank, which may stand between an office and the name: العقيد.
    RANK,
    /// Shows that a person's name follows, and is no title of theirs: شقيق, المدعو.
    PERSON,
    /// A title that tells what someone does, not an office: المحامي, الخبير.
    PROFESSION,
    /// A title that tells nothing of who bears it: السيد, معالي.
    RESPECT,
}

impl WordClass {
    /// Whether it shares a class with `other`.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The numbers of the classes in it, which no new class changes.
    pub fn bits(self) -> impl Iterator<Item = usize> {
        (0..u32::BITS as usize).filter(move |bit| self.0 >> bit & 1 == 1)
    }

    /// This set less another.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A body that every country has, named by its nationality: وزارة الخارجية + الصينية.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// The words before the nationality; `{a,b}` stands for either.
    pub head: String,
    /// The name in full, where `head` is a shorter form of it.
    pub full: String,
    /// The last part of the id: `ministry-of-defence`.
    pub slug: String,
    /// What it is in English.
    pub name_en: String,
    /// The subtype of the entity.
    pub subtype: String,
    /// Whether the nationality stands in the feminine.
    pub feminine: bool,
    /// Whether it names a body without a nationality too.
    pub alone: bool,
}

impl Pattern {
    /// Whether this head, folded, is a shorter form of the name: الخارجية.
    fn is_short(&self, head: &str) -> bool {
        fold(&self.full)
            .strip_suffix(head)
            .is_some_and(|rest| rest.ends_with(' '))
    }

    /// A folded head as it stands before the country itself, if it can: its one definite word
    /// loses the article, «وزارة خارجية الصين». Of the shorter forms only adjectives can, for صحة
    /// and دفاع are more often words.
    pub(super) fn before_country(&self, head: &str) -> Option<String> {
        let (rest, last) = head.rsplit_once(' ').unwrap_or(("", head));
        let bare = last.strip_prefix("ال")?;
        let one_definite = !rest.split(' ').any(|w| w.starts_with("ال"));
        let fits = one_definite && (!self.is_short(head) || last.ends_with("يه"));
        fits.then(|| format!("{rest} {bare}").trim_start().to_owned())
    }
}

/// Where a phrase must stand for a line to be site furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Furniture {
    /// At the beginning of the line.
    Start,
    /// It is the whole line.
    Line,
    /// At the beginning of a parenthesis: a credit.
    Credit,
}

/// The word lists of the lexicon, read from `titles.tsv`, `role_words.tsv`, `name_cues.tsv`,
/// `given_names.tsv`, `expressions.tsv`, `vocabulary.tsv`, `org_heads.tsv`, `patterns.tsv` and `boilerplate.tsv`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    /// Folded words with their classes, in the order of the lists; a word may come again.
    pub classes: Vec<(String, WordClass)>,
    /// The subtype of the entities that a kind word or a body's head names.
    pub subtypes: BTreeMap<String, String>,
    /// The subtype of the bodies that stand after a cue: مراسل, أسهم.
    pub cues: BTreeMap<String, String>,
    /// Folded set expressions inside which no name stands: صلاة المغرب.
    pub expressions: Vec<String>,
    /// Bodies that every country has.
    pub patterns: Vec<Pattern>,
    /// Folded phrases of lines that a site adds to its articles.
    pub boilerplate: Vec<(String, Furniture)>,
}

impl Words {
    /// Whether this is the name of a word list rather than of a table of entities.
    pub(super) fn is_list(stem: &str) -> bool {
        matches!(
            stem,
            "titles"
                | "role_words"
                | "name_cues"
                | "expressions"
                | "given_names"
                | "vocabulary"
                | "org_heads"
                | "patterns"
                | "boilerplate"
        )
    }

    /// Takes in one list.
    pub(super) fn read(&mut self, stem: &str, table: &Table<'_>) -> Result<()> {
        for (row, cells) in table.rows() {
            let cell = |i: usize| cells.get(i).copied().unwrap_or_default();
            let (word, kind) = (fold(cell(0)), cell(1));
            if word.is_empty() {
                return Err(broken(table.file, row, table.header[0], "empty"));
            }
            let class = match (stem, kind) {
                ("titles", "military") => WordClass::TITLE.or(WordClass::RANK),
                ("titles", "person") | ("name_cues", "kin") => {
                    WordClass::TITLE.or(WordClass::PERSON)
                }
                ("titles", "honorific") => WordClass::TITLE.or(WordClass::HONORIFIC),
                ("titles", "respect") => WordClass::TITLE
                    .or(WordClass::HONORIFIC)
                    .or(WordClass::RESPECT),
                ("titles", "profession") => WordClass::TITLE.or(WordClass::PROFESSION),
                ("titles", _) if word.starts_with("نظير") => {
                    WordClass::TITLE.or(WordClass::COUNTERPART)
                }
                ("role_words", _) => WordClass::ROLE,
                ("name_cues", "says") => WordClass::VERB.or(WordClass::SAYS),
                ("name_cues", "verb" | "noun") => WordClass::VERB,
                ("titles", _) => WordClass::TITLE,
                ("name_cues", "place") => WordClass::PLACE_CUE,
                ("name_cues", "terrain") => WordClass::TERRAIN,
                ("name_cues", "stop") => WordClass::STOP,
                ("name_cues", "adjective") => WordClass::ADJECTIVE,
                ("name_cues", "sport") => WordClass::SPORT,
                (
                    "name_cues",
                    subtype @ ("club" | "media" | "company" | "armed_group" | "thing"),
                ) => {
                    self.cues.insert(word.clone(), subtype.to_owned());
                    WordClass::BODY_CUE
                }
                ("given_names", gender) => {
                    let class = match cell(2) {
                        "part" => WordClass::PARTICLE,
                        "given?" => WordClass::GIVEN_OR_WORD,
                        "foreign" => WordClass::GIVEN.or(WordClass::FOREIGN),
                        "foreign?" => WordClass::GIVEN_OR_WORD.or(WordClass::FOREIGN),
                        _ => WordClass::GIVEN,
                    };
                    match gender {
                        "m" => class.or(WordClass::MALE),
                        "f" => class.or(WordClass::FEMALE),
                        _ => class,
                    }
                }
                ("vocabulary", _) => WordClass::COMMON,
                ("org_heads", subtype) => {
                    self.subtypes.insert(word.clone(), subtype.to_owned());
                    match (cell(2), subtype) {
                        ("yes", _) => WordClass::BODY,
                        ("person", _) => WordClass::NAMED_AFTER,
                        (_, "place") => WordClass::PLACE_KIND,
                        _ => WordClass::KIND,
                    }
                }
                ("patterns", _) => {
                    self.patterns.push(Pattern {
                        head: cell(0).to_owned(),
                        full: cell(1).to_owned(),
                        slug: cell(2).to_owned(),
                        name_en: cell(3).to_owned(),
                        subtype: cell(4).to_owned(),
                        feminine: cell(5) == "f",
                        alone: cell(6) == "yes",
                    });
                    continue;
                }
                ("expressions", _) => {
                    self.expressions.push(word);
                    continue;
                }
                ("boilerplate", _) => {
                    let place = match kind {
                        "line" => Furniture::Line,
                        "paren" => Furniture::Credit,
                        _ => Furniture::Start,
                    };
                    self.boilerplate.push((word, place));
                    continue;
                }
                _ => return Err(broken(table.file, row, "", "no such word list")),
            };
            self.classes.push((word, class));
        }
        Ok(())
    }
}
