//! The rules, each a pure function of one character, and the profiles that choose among them.
//!
//! | rule | maps | loses |
//! |---|---|---|
//! | `marks` | harakat, tanwin, shadda, sukun, superscript alef, Quranic marks -> nothing | vowels: عَلَم and عِلْم become one |
//! | `tatweel` | ـ -> nothing | nothing |
//! | `alef` | أ إ آ ٱ -> ا | the hamza: أن and إن become one |
//! | `alef_maqsura` | ى -> ي | على and علي become one |
//! | `ta_marbuta` | ة -> ه | the feminine ending |
//! | `hamza` | ؤ -> و, ئ -> ي | the hamza seat |
//! | `presentation_forms` | blocks A and B, ligatures -> letters | nothing |
//! | `persian` | ک -> ك, ی ې -> ي, ہ ھ ە -> ه | the keyboard it was typed on; پ چ ژ گ ڤ stay |
//! | `digits` | ٠-٩ ۰-۹ -> 0-9, ٫ -> ., ٬ -> ,, ٪ -> % | the digit shapes |
//! | `punctuation` | ، ؛ ؟ -> , ; ?, quotation marks -> ", dashes -> - | the script of the marks |
//! | `invisible` | bidi controls, zero-width characters, BOM, soft hyphen, variation selectors -> nothing | joins of emoji and of Persian compounds |
//! | `whitespace` | a run of blanks -> one space, of line ends -> one line feed | layout |
//! | `repeats` | three or more of one Arabic letter -> one | lengthening for emphasis, and the rare words that have three: تتتابع |
//! | `html` | tags -> nothing, entities -> their character | markup |

use super::forms;
use crate::error::{ErrorKind, Result};
use crate::text::letters;

/// What a rule does with one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fold {
    /// Leaves it.
    Keep,
    /// Removes it.
    Drop,
    /// Puts another in its place.
    One(char),
    /// Puts several in its place.
    Many(String),
}

/// One named rule. Each is a keyword of `nasij.normalize`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Rule {
    Marks,
    Tatweel,
    Alef,
    AlefMaqsura,
    TaMarbuta,
    Hamza,
    PresentationForms,
    Persian,
    Digits,
    Punctuation,
    Invisible,
    Whitespace,
    Repeats,
    Html,
}

impl Rule {
    /// All rules, in the order they are documented.
    pub const ALL: [Self; 14] = [
        Self::Marks,
        Self::Tatweel,
        Self::Alef,
        Self::AlefMaqsura,
        Self::TaMarbuta,
        Self::Hamza,
        Self::PresentationForms,
        Self::Persian,
        Self::Digits,
        Self::Punctuation,
        Self::Invisible,
        Self::Whitespace,
        Self::Repeats,
        Self::Html,
    ];

    /// Its keyword.
    pub fn name(self) -> &'static str {
        match self {
            Self::Marks => "marks",
            Self::Tatweel => "tatweel",
            Self::Alef => "alef",
            Self::AlefMaqsura => "alef_maqsura",
            Self::TaMarbuta => "ta_marbuta",
            Self::Hamza => "hamza",
            Self::PresentationForms => "presentation_forms",
            Self::Persian => "persian",
            Self::Digits => "digits",
            Self::Punctuation => "punctuation",
            Self::Invisible => "invisible",
            Self::Whitespace => "whitespace",
            Self::Repeats => "repeats",
            Self::Html => "html",
        }
    }

    /// The rule of a keyword.
    ///
    /// # Errors
    /// An unknown keyword; the message lists the known ones.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|r| r.name() == name)
            .ok_or_else(|| {
                let known: Vec<_> = Self::ALL.iter().map(|r| r.name()).collect();
                ErrorKind::Argument(format!(
                    "no rule is called {name:?}; the rules are {}",
                    known.join(", ")
                ))
                .into()
            })
    }

    /// What it does with one character. The three rules that need more than one character
    /// (`whitespace`, `repeats`, `html`) keep all here and act in the driver.
    pub fn fold(self, c: char) -> Fold {
        match self {
            Self::Marks if letters::is_mark(c) => Fold::Drop,
            Self::Tatweel if c == letters::TATWEEL => Fold::Drop,
            Self::Invisible if letters::is_invisible(c) => Fold::Drop,
            Self::Alef => one(c, |c| {
                matches!(c, 'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ').then_some('ا')
            }),
            Self::AlefMaqsura => one(c, |c| (c == 'ى').then_some('ي')),
            Self::TaMarbuta => one(c, |c| (c == 'ة').then_some('ه')),
            Self::Hamza => one(c, |c| match c {
                'ؤ' => Some('و'),
                'ئ' => Some('ي'),
                _ => None,
            }),
            Self::PresentationForms => forms::expand(c),
            Self::Persian => one(c, |c| match c {
                'ک' | 'ڪ' => Some('ك'),
                'ی' | 'ې' | 'ۍ' => Some('ي'),
                'ہ' | 'ھ' | 'ە' | 'ۀ' | 'ۂ' => Some('ه'),
                'ۃ' => Some('ة'),
                _ => None,
            }),
            Self::Digits => one(c, digit),
            Self::Punctuation => match c {
                '…' => Fold::Many("...".to_owned()),
                _ => one(c, punctuation),
            },
            _ => Fold::Keep,
        }
    }
}

fn one(c: char, map: impl Fn(char) -> Option<char>) -> Fold {
    map(c).map_or(Fold::Keep, Fold::One)
}

fn digit(c: char) -> Option<char> {
    let value = match c {
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        '٫' => return Some('.'),
        '٬' => return Some(','),
        '٪' => return Some('%'),
        _ => return None,
    };
    char::from_digit(value, 10)
}

fn punctuation(c: char) -> Option<char> {
    Some(match c {
        '،' => ',',
        '؛' => ';',
        '؟' => '?',
        '۔' => '.',
        '«' | '»' | '“' | '”' | '„' | '‟' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => '\'',
        '‐'..='―' | '−' => '-',
        _ => return None,
    })
}

/// A set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rules(u16);

impl Rules {
    /// The same set with one rule on or off.
    #[must_use]
    pub fn with(self, rule: Rule, on: bool) -> Self {
        let bit = 1 << rule as u8;
        Self(if on { self.0 | bit } else { self.0 & !bit })
    }

    /// Whether a rule is in the set.
    pub fn has(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }

    /// The set that holds exactly these rules.
    pub fn of(rules: &[Rule]) -> Self {
        rules
            .iter()
            .fold(Self::default(), |set, &r| set.with(r, true))
    }
}

/// A named choice of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Profile {
    /// No rule at all.
    None,
    /// Loses nothing a reader would miss.
    Light,
    /// What a search engine folds (Lucene's Arabic normalization and the like).
    Search,
    /// Everything but markup.
    Aggressive,
}

impl Profile {
    /// The profile of a name.
    ///
    /// # Errors
    /// An unknown name; the message lists the known ones.
    pub fn from_name(name: &str) -> Result<Self> {
        Ok(match name {
            "none" => Self::None,
            "light" => Self::Light,
            "search" => Self::Search,
            "aggressive" => Self::Aggressive,
            _ => {
                return Err(ErrorKind::Argument(format!(
                    "no profile is called {name:?}; the profiles are none, light, search, aggressive"
                ))
                .into());
            }
        })
    }

    /// Its rules.
    pub fn rules(self) -> Rules {
        let light = [
            Rule::Tatweel,
            Rule::PresentationForms,
            Rule::Invisible,
            Rule::Whitespace,
        ];
        let search = [
            Rule::Marks,
            Rule::Alef,
            Rule::AlefMaqsura,
            Rule::TaMarbuta,
            Rule::Persian,
            Rule::Digits,
        ];
        match self {
            Self::None => Rules::default(),
            Self::Light => Rules::of(&light),
            Self::Search => Rules::of(&[&light[..], &search[..]].concat()),
            Self::Aggressive => Rules::of(&Rule::ALL).with(Rule::Html, false),
        }
    }
}
