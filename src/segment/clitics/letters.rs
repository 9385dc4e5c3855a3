use crate::text::letters::{TATWEEL, is_combining, is_invisible};

/// Letters in the order of their codes, which begin at 1.
const ALPHABET: [char; 38] = [
    'ا', 'ب', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ',
    'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و', 'ي', 'ى', 'ة', 'ء', 'ئ', 'ؤ', 'پ', 'چ', 'ڤ', 'گ', 'ژ',
];

const BITS: usize = 6;
/// The code of what draws no letter of its own, and of what is no letter of ours.
const NOTHING: u8 = 0;
const FOREIGN: u8 = 0xFF;

const FATHATAN: char = '\u{64B}';

/// The block U+0600..U+0700.
const CODES: [u8; 256] = codes();

const fn codes() -> [u8; 256] {
    let mut table = [FOREIGN; 256];
    let mut i = 0;
    while i < ALPHABET.len() {
        table[ALPHABET[i] as usize - 0x600] = i as u8 + 1;
        i += 1;
    }
    // أ إ آ ٱ, and the Persian ک ی.
    let alef = table['ا' as usize - 0x600];
    table['أ' as usize - 0x600] = alef;
    table['إ' as usize - 0x600] = alef;
    table['آ' as usize - 0x600] = alef;
    table['ٱ' as usize - 0x600] = alef;
    table['ک' as usize - 0x600] = table['ك' as usize - 0x600];
    table['ی' as usize - 0x600] = table['ي' as usize - 0x600];
    let mut mark = 0x4B;
    while mark < 0x60 {
        table[mark] = NOTHING;
        mark += 1;
    }
    table[0x70] = NOTHING;
    table[TATWEEL as usize - 0x600] = NOTHING;
    table
}

static TABLE: [u8; 256] = CODES;

fn code(c: char) -> u8 {
    match (c as usize).checked_sub(0x600) {
        Some(place) if place < TABLE.len() && TABLE[place] != FOREIGN => TABLE[place],
        _ if is_combining(c) || is_invisible(c) => NOTHING,
        _ => FOREIGN,
    }
}

/// The letters of a word or of a part of one, in a number: without marks and tatweel, and without
/// hamza on alef. A part is a shift and a mask away, and a look-up compares numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Letters {
    bits: u128,
    len: u8,
    /// Which alefs of a word carry a hamza; a part does not know it any more.
    hamza: u32,
    /// Whether a word has the tanwin of the accusative; nor this.
    tanwin: bool,
}

impl Letters {
    /// The longest word there is room for; Arabic has none as long.
    pub const MOST: usize = 21;

    /// The letters of a word; none if it has others than Arabic ones, none at all, or too many.
    pub fn of(word: &str) -> Option<Self> {
        let mut bits = 0;
        let mut len = 0;
        let mut hamza = 0;
        let mut tanwin = false;
        for c in word.chars() {
            tanwin |= c == FATHATAN;
            match code(c) {
                NOTHING => {}
                FOREIGN => return None,
                _ if len == Self::MOST => return None,
                code => {
                    hamza |= u32::from(matches!(c, 'أ' | 'إ' | 'آ')) << len;
                    bits |= u128::from(code) << (BITS * len);
                    len += 1;
                }
            }
        }
        (len > 0).then_some(Self {
            bits,
            len: len as u8,
            hamza,
            tanwin,
        })
    }

    /// The word without what it knows of hamza on alef and of tanwin.
    #[must_use]
    pub fn bare(self) -> Self {
        Self {
            hamza: 0,
            tanwin: false,
            ..self
        }
    }

    /// Whether it has the tanwin of the accusative.
    pub fn has_tanwin(self) -> bool {
        self.tanwin
    }

    /// Whether an alef carries a hamza.
    pub fn has_hamza(self, at: usize) -> bool {
        self.hamza >> at & 1 == 1
    }

    /// How many there are.
    #[allow(clippy::len_without_is_empty)] // Never empty.
    pub fn len(self) -> usize {
        usize::from(self.len)
    }

    /// The number, different for different letters.
    pub fn bits(self) -> u128 {
        self.bits
    }

    /// The code of a letter, under 64; 0 outside of the word.
    #[inline]
    pub fn code(self, at: usize) -> usize {
        if at < Self::MOST {
            (self.bits >> (BITS * at)) as usize & ((1 << BITS) - 1)
        } else {
            0
        }
    }

    /// The letter of a code.
    pub fn letter(code: usize) -> Option<char> {
        ALPHABET.get(code.checked_sub(1)?).copied()
    }

    /// Whether a letter is this one, of U+0600 to U+06FF; ا is all alefs.
    #[inline]
    pub fn is(self, at: usize, letter: char) -> bool {
        self.code(at) == usize::from(CODES[letter as usize & 0xFF])
    }

    /// Whether a letter is one of a set.
    #[inline]
    pub(super) fn among(self, at: usize, set: Set) -> bool {
        set.0 >> self.code(at) & 1 == 1
    }

    /// The part from `start` to `end`, which lie within it in this order.
    #[must_use]
    pub fn part(self, start: usize, end: usize) -> Self {
        let len = end - start;
        let mask = (1_u128 << (BITS * len)) - 1;
        Self {
            bits: (self.bits >> (BITS * start)) & mask,
            len: len as u8,
            hamza: 0,
            tanwin: false,
        }
    }

    /// With its last letter replaced.
    #[must_use]
    pub fn with_last(self, letter: char) -> Self {
        let at = BITS * (self.len() - 1);
        let kept = self.bits & ((1 << at) - 1);
        Self {
            bits: kept | u128::from(code(letter)) << at,
            ..self
        }
    }

    /// With a letter more, for which there is room.
    #[must_use]
    pub fn with(self, letter: char) -> Self {
        let at = BITS * self.len();
        Self {
            bits: self.bits | u128::from(code(letter)) << at,
            len: self.len + 1,
            ..self
        }
    }
}

/// A set of letters, by their codes.
#[derive(Clone, Copy)]
pub(super) struct Set(u64);

impl Set {
    /// The set of these, all of U+0600 to U+06FF.
    pub(super) const fn of(letters: &[char]) -> Self {
        let mut set = 0;
        let mut i = 0;
        while i < letters.len() {
            set |= 1 << CODES[letters[i] as usize & 0xFF];
            i += 1;
        }
        Self(set)
    }
}

impl std::fmt::Display for Letters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for i in 0..self.len() {
            Self::letter(self.code(i)).map_or(Ok(()), |c| write!(f, "{c}"))?;
        }
        Ok(())
    }
}

/// Where a letter of a word begins in bytes, counted like those of [`Letters`]; the word's end
/// behind the last one. Marks belong to the letter before them.
pub(super) fn place(word: &str, letter: usize) -> usize {
    if letter == 0 {
        return 0;
    }
    let mut letters = word.char_indices().filter(|(_, c)| code(*c) != NOTHING);
    letters.nth(letter).map_or(word.len(), |(at, _)| at)
}
