//! The word before a full stop: which ones abbreviate, and which spell Latin letters.

use crate::text::letters::{TATWEEL, is_alphanumeric, is_invisible, is_mark};

/// Words that a full stop follows without ending the sentence: honorifics, academic titles, and
/// what machine translation leaves of French `M.` and `MM.`. Single letters count always.
const ABBREVIATIONS: [&str; 19] = [
    "مم", "اد", "ود", "لد", "وم", "MM", "Mr", "Mrs", "Ms", "Dr", "St", "vs", "VS", "No", "Inc",
    "Ltd", "Corp", "Jr", "Prof",
];

/// The names of Latin letters, folded: «بي.بي.سي», «جيه.بي. مورغان». The first ones are no
/// words besides, and count as initials before a blank too.
const LETTERS: [&str; 35] = [
    "بي",
    "سي",
    "دي",
    "جي",
    "جيه",
    "اتش",
    "كيه",
    "اف",
    "دبليو",
    "دابليو",
    "ار",
    "تي",
    "كيو",
    "اكس",
    "اي",
    "ايه",
    "او",
    "ال",
    "ام",
    "ان",
    "اس",
    "يو",
    "في",
    "واي",
    "زد",
    "زي",
    "كي",
    "كاي",
    "ايتش",
    "ايل",
    "ايم",
    "اين",
    "ايس",
    "اد",
    "ه",
];
const INITIALS: usize = 14;

/// Words after which a single letter is a name and no abbreviation: «المجموعة ب.».
const LETTERED: [&str; 8] = [
    "مجموعة",
    "فئة",
    "فيتامين",
    "درجة",
    "فقرة",
    "فصيلة",
    "قسم",
    "حرف",
];

/// A word (its end, if it is long), folded: without marks and tatweel, one alef, no ى.
pub(super) struct Word {
    bytes: [u8; Self::MOST * 4],
    start: usize,
    letters: usize,
    last: Option<char>,
}

impl Word {
    /// Letters looked at.
    const MOST: usize = 12;

    /// The word that ends a text, and what stands before it.
    pub(super) fn last_of(text: &str) -> (Self, &str) {
        let mut word = Self {
            bytes: [0; Self::MOST * 4],
            start: Self::MOST * 4,
            letters: 0,
            last: None,
        };
        let mut lead = text.len();
        for c in text.chars().rev() {
            let unwritten = is_mark(c) || c == TATWEEL || is_invisible(c);
            if word.letters == Self::MOST || !(unwritten || is_alphanumeric(c)) {
                break;
            }
            lead -= c.len_utf8();
            if !unwritten {
                word.prepend(fold(c));
            }
        }
        (word, &text[..lead])
    }

    fn prepend(&mut self, c: char) {
        self.last = self.last.or(Some(c));
        self.letters += 1;
        self.start -= c.len_utf8();
        c.encode_utf8(&mut self.bytes[self.start..]);
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|w| w.as_bytes() == self.bytes())
    }

    pub(super) fn ends_in_digit(&self) -> bool {
        self.last.is_some_and(char::is_numeric)
    }

    /// Has at most three characters.
    pub(super) fn is_short(&self) -> bool {
        self.letters <= 3
    }

    pub(super) fn is_letter(&self) -> bool {
        self.letters == 1 && self.last.is_some_and(char::is_alphabetic)
    }

    pub(super) fn is_abbreviation(&self) -> bool {
        self.is_one_of(&ABBREVIATIONS)
    }

    /// Names a thing that single letters tell apart.
    pub(super) fn is_lettered(&self) -> bool {
        LETTERED
            .iter()
            .any(|l| self.bytes().ends_with(l.as_bytes()))
    }

    pub(super) fn spells_letter(&self) -> bool {
        self.is_one_of(&LETTERS)
    }

    /// Spells a letter and is a word besides.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.is_one_of(&LETTERS[INITIALS..])
    }
}

fn fold(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        _ => c,
    }
}
