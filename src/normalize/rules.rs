//! The rules, each a pure function of one character, but for four that see more than one and act
//! in the driver. `docs/normalization.md` says of each what it maps, what it can lose and who
//! else does it; a test holds that table to this one.

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
    Harakat,
    Shadda,
    SuperscriptAlef,
    Quranic,
    Tatweel,
    Alef,
    AlefMaqsura,
    TaMarbuta,
    Hamza,
    Composition,
    PresentationForms,
    WordLigatures,
    Persian,
    PersianLetters,
    Digits,
    NumberMarks,
    Punctuation,
    Quotes,
    Invisible,
    Joiners,
    Whitespace,
    Repeats,
    Html,
}

impl Rule {
    /// All rules, in the order they are documented.
    pub const ALL: [Self; 23] = [
        Self::Harakat,
        Self::Shadda,
        Self::SuperscriptAlef,
        Self::Quranic,
        Self::Tatweel,
        Self::Alef,
        Self::AlefMaqsura,
        Self::TaMarbuta,
        Self::Hamza,
        Self::Composition,
        Self::PresentationForms,
        Self::WordLigatures,
        Self::Persian,
        Self::PersianLetters,
        Self::Digits,
        Self::NumberMarks,
        Self::Punctuation,
        Self::Quotes,
        Self::Invisible,
        Self::Joiners,
        Self::Whitespace,
        Self::Repeats,
        Self::Html,
    ];

    /// The keyword for all that is written above and below letters, and the rules it stands for.
    pub const MARKS: (&'static str, [Self; 4]) = (
        "marks",
        [
            Self::Harakat,
            Self::Shadda,
            Self::SuperscriptAlef,
            Self::Quranic,
        ],
    );

    /// Its keyword.
    pub fn name(self) -> &'static str {
        match self {
            Self::Harakat => "harakat",
            Self::Shadda => "shadda",
            Self::SuperscriptAlef => "superscript_alef",
            Self::Quranic => "quranic",
            Self::Tatweel => "tatweel",
            Self::Alef => "alef",
            Self::AlefMaqsura => "alef_maqsura",
            Self::TaMarbuta => "ta_marbuta",
            Self::Hamza => "hamza",
            Self::Composition => "composition",
            Self::PresentationForms => "presentation_forms",
            Self::WordLigatures => "word_ligatures",
            Self::Persian => "persian",
            Self::PersianLetters => "persian_letters",
            Self::Digits => "digits",
            Self::NumberMarks => "number_marks",
            Self::Punctuation => "punctuation",
            Self::Quotes => "quotes",
            Self::Invisible => "invisible",
            Self::Joiners => "joiners",
            Self::Whitespace => "whitespace",
            Self::Repeats => "repeats",
            Self::Html => "html",
        }
    }

    /// What a reader can miss afterwards; `None` for a rule that loses nothing.
    pub fn loses(self) -> Option<&'static str> {
        Some(match self {
            Self::Harakat => "vowels: عَلَم and عِلْم become one",
            Self::Shadda => "doubling: حَمَّام and حَمَام become one",
            Self::SuperscriptAlef => "a long vowel: هٰذا becomes هذا",
            Self::Quranic => "recitation marks and honorific signs",
            Self::Alef => "the hamza of an alef: أن and إن become one",
            Self::AlefMaqsura => "the dots of a final ya: على and علي become one",
            Self::TaMarbuta => "the feminine ending: مكتبة and مكتبه become one",
            Self::Hamza => "the hamza of a waw or ya: سؤال becomes سوال",
            Self::PersianLetters => "foreign sounds: گاز and كاز become one",
            Self::Punctuation => "the script of the marks; ؟ and ? become one",
            Self::Quotes => "which mark opens and which closes",
            Self::Invisible => "overrides of direction",
            Self::Joiners => "joins and colours of emoji, joins of Persian compounds",
            Self::Whitespace => "layout: indents, blank lines beyond one",
            Self::Repeats => "lengthening for emphasis, and words that have three: تتتابع",
            Self::Html => "markup",
            Self::Tatweel
            | Self::Composition
            | Self::PresentationForms
            | Self::WordLigatures
            | Self::Persian
            | Self::Digits
            | Self::NumberMarks => return None,
        })
    }

    /// What it does with one character. Rules that need more than one character (`composition`,
    /// `whitespace`, `repeats`, `html`) keep all here and act in the driver.
    pub fn fold(self, c: char) -> Fold {
        match self {
            Self::Harakat if letters::is_haraka(c) => Fold::Drop,
            Self::Shadda if c == letters::SHADDA => Fold::Drop,
            Self::SuperscriptAlef if c == letters::SUPERSCRIPT_ALEF => Fold::Drop,
            Self::Quranic if letters::is_quranic(c) => Fold::Drop,
            Self::Tatweel if c == letters::TATWEEL => Fold::Drop,
            Self::Invisible if letters::is_invisible(c) && !letters::is_joiner(c) => Fold::Drop,
            Self::Joiners if letters::is_joiner(c) => Fold::Drop,
            Self::Alef if matches!(c, 'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ') => Fold::One('ا'),
            Self::AlefMaqsura if c == 'ى' => Fold::One('ي'),
            Self::TaMarbuta if c == 'ة' => Fold::One('ه'),
            Self::Hamza if c == 'ؤ' => Fold::One('و'),
            Self::Hamza if c == 'ئ' => Fold::One('ي'),
            Self::PresentationForms => forms::letters(c),
            Self::WordLigatures => forms::words(c),
            Self::Persian => one(match c {
                'ک' | 'ڪ' => Some('ك'),
                'ی' | 'ې' | 'ۍ' => Some('ي'),
                'ہ' | 'ھ' | 'ە' | 'ۀ' | 'ۂ' => Some('ه'),
                'ۃ' => Some('ة'),
                _ => None,
            }),
            Self::PersianLetters => one(match c {
                'پ' => Some('ب'),
                'چ' => Some('ج'),
                'ژ' => Some('ز'),
                'گ' | 'ڭ' => Some('ك'),
                'ڤ' | 'ڥ' => Some('ف'),
                'ڨ' => Some('ق'),
                _ => None,
            }),
            Self::Digits => one(digit(c)),
            Self::NumberMarks => one(match c {
                '٫' => Some('.'),
                '٬' => Some(','),
                '٪' => Some('%'),
                _ => None,
            }),
            Self::Punctuation if c == '…' => Fold::Many("...".to_owned()),
            Self::Punctuation => one(match c {
                '،' => Some(','),
                '؛' => Some(';'),
                '؟' => Some('?'),
                '۔' => Some('.'),
                '‐'..='―' | '−' => Some('-'),
                _ => None,
            }),
            Self::Quotes => one(match c {
                '«' | '»' | '“' | '”' | '„' | '‟' | '″' => Some('"'),
                '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => Some('\''),
                _ => None,
            }),
            _ => Fold::Keep,
        }
    }
}

fn one(to: Option<char>) -> Fold {
    to.map_or(Fold::Keep, Fold::One)
}

fn digit(c: char) -> Option<char> {
    let value = match c {
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// A set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rules(u32);

impl Rules {
    /// The same set with one rule on or off.
    #[must_use]
    pub fn with(self, rule: Rule, on: bool) -> Self {
        self.with_all(Self(1 << rule as u8), on)
    }

    /// The same set with every rule of another on or off.
    #[must_use]
    pub fn with_all(self, rules: Self, on: bool) -> Self {
        Self(if on {
            self.0 | rules.0
        } else {
            self.0 & !rules.0
        })
    }

    /// Whether a rule is in the set.
    pub fn has(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }

    /// Whether one of these rules is in the set.
    pub fn has_any(self, rules: &[Rule]) -> bool {
        self.0 & Self::of(rules).0 != 0
    }

    /// The set that holds exactly these rules.
    pub fn of(rules: &[Rule]) -> Self {
        rules
            .iter()
            .fold(Self::default(), |set, &r| set.with(r, true))
    }

    /// How many rules it holds.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether it holds none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules of a keyword: one, or the four of `marks`.
    ///
    /// # Errors
    /// An unknown keyword; the message lists the known ones.
    pub fn named(name: &str) -> Result<Self> {
        let (marks, rules) = Rule::MARKS;
        if name == marks {
            return Ok(Self::of(&rules));
        }
        let rule = Rule::ALL.into_iter().find(|r| r.name() == name);
        rule.map(|r| Self::of(&[r])).ok_or_else(|| {
            let known: Vec<_> = Rule::ALL.iter().map(|r| r.name()).collect();
            let known = known.join(", ");
            ErrorKind::Argument(format!(
                "no rule is called {name:?}; the rules are {known}, and {marks} for the first four"
            ))
            .into()
        })
    }

    /// A character under every rule of the set that sees single characters, until none changes it;
    /// `fired` is told each rule that did.
    pub(super) fn apply(self, c: char, fired: &mut dyn FnMut(Rule)) -> String {
        // Forms first: what they stand for is then folded like any letter.
        const ORDER: [Rule; 19] = [
            Rule::WordLigatures,
            Rule::PresentationForms,
            Rule::Persian,
            Rule::PersianLetters,
            Rule::Harakat,
            Rule::Shadda,
            Rule::SuperscriptAlef,
            Rule::Quranic,
            Rule::Tatweel,
            Rule::Invisible,
            Rule::Joiners,
            Rule::Alef,
            Rule::AlefMaqsura,
            Rule::TaMarbuta,
            Rule::Hamza,
            Rule::Digits,
            Rule::NumberMarks,
            Rule::Punctuation,
            Rule::Quotes,
        ];
        let mut c = c;
        let mut order = ORDER.into_iter();
        while let Some(rule) = order.next() {
            if !self.has(rule) {
                continue;
            }
            let folded = rule.fold(c);
            if folded != Fold::Keep {
                fired(rule);
            }
            match folded {
                Fold::Keep => {}
                Fold::Drop => return String::new(),
                Fold::One(to) => (c, order) = (to, ORDER.into_iter()),
                Fold::Many(several) => {
                    return several.chars().map(|c| self.apply(c, fired)).collect();
                }
            }
        }
        String::from(c)
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
    /// Everything but markup and the letters of other languages.
    Aggressive,
}

impl Profile {
    /// All profiles, each with its name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("none", Self::None),
        ("light", Self::Light),
        ("search", Self::Search),
        ("aggressive", Self::Aggressive),
    ];

    /// The profile of a name.
    ///
    /// # Errors
    /// An unknown name; the message lists the known ones.
    pub fn from_name(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|(known, _)| *known == name);
        found.map(|(_, profile)| profile).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|(known, _)| *known).collect();
            let known = known.join(", ");
            ErrorKind::Argument(format!(
                "no profile is called {name:?}; the profiles are {known}"
            ))
            .into()
        })
    }

    /// Its rules.
    pub fn rules(self) -> Rules {
        let light = Rules::of(&[
            Rule::Tatweel,
            Rule::Composition,
            Rule::PresentationForms,
            Rule::WordLigatures,
            Rule::Invisible,
            Rule::Whitespace,
        ]);
        match self {
            Self::None => Rules::default(),
            Self::Light => light,
            Self::Search => light
                .with_all(Rules::of(&Rule::MARKS.1), true)
                .with(Rule::Alef, true)
                .with(Rule::AlefMaqsura, true)
                .with(Rule::TaMarbuta, true)
                .with(Rule::Persian, true)
                .with(Rule::Joiners, true)
                .with(Rule::Digits, true)
                .with(Rule::NumberMarks, true),
            Self::Aggressive => Rules::of(&Rule::ALL)
                .with(Rule::PersianLetters, false)
                .with(Rule::Html, false),
        }
    }
}
