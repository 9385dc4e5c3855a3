//! The way through plain text: 64 bytes at a time, in a form that compilers turn into vector
//! instructions.
//!
//! Of Arabic news nearly every byte is copied, and nearly every change is of few letters to others
//! as long. These the kernel makes, and stops where the table must be asked: before all that is
//! not surely copied. What it makes of a character is what the table makes of it; a test holds it
//! to that for every character.

use super::rules::{Rule, Rules};
use super::table::Table;

pub(super) const BLOCK: usize = 64;

type Bytes = [u8; BLOCK];

/// No byte of UTF-8: a comparison with it never holds.
const NEVER: u8 = 0xFF;

/// The lead bytes of Arabic: of U+0600 to U+063F, and of U+0640 to U+067F.
const FIRST: u8 = 0xD8;
const SECOND: u8 = 0xD9;
/// That of « and ».
const LATIN: u8 = 0xC2;

/// What passes, and what is changed on the way: last bytes of characters, but for the blanks and
/// marks of ASCII. Of one `u8` each for one place, of a `Bytes` each for a block: written so, all
/// that a place is compared with lies in memory as a vector.
#[derive(Debug, Clone, Copy)]
struct Plan<T> {
    /// Of the first Arabic lead: what passes from here on, one before it, and two that do not.
    first_from: T,
    first_also: T,
    first_not: [T; 2],
    /// Three become one of the same lead: أ إ آ to ا.
    alefs: [T; 3],
    alef: T,
    /// One becomes another of the second lead: ة to ه.
    across: [T; 2],
    /// Of the second lead: the first that passes and how many do, and one that becomes another:
    /// ى to ي.
    second: [T; 2],
    within: [T; 2],
    /// Marks that are kept, from the first of their range: in order of their class, so that one
    /// stops behind another that is greater.
    marks: [T; 2],
    latin: [T; 2],
    /// Blanks that always stop, and the space and line feed, which stop behind one another.
    controls: [T; 2],
    blanks: [T; 2],
    markup: [T; 2],
}

/// A plan for a block, made from that for one place.
#[derive(Debug, Clone)]
pub(super) struct Kernel {
    plan: Box<Plan<Bytes>>,
    repeats: bool,
}

impl<T: Copy> Plan<T> {
    #[inline(always)]
    fn map<U>(&self, to: impl Fn(&T) -> U) -> Plan<U> {
        Plan {
            first_from: to(&self.first_from),
            first_also: to(&self.first_also),
            first_not: [to(&self.first_not[0]), to(&self.first_not[1])],
            alefs: [to(&self.alefs[0]), to(&self.alefs[1]), to(&self.alefs[2])],
            alef: to(&self.alef),
            across: [to(&self.across[0]), to(&self.across[1])],
            second: [to(&self.second[0]), to(&self.second[1])],
            within: [to(&self.within[0]), to(&self.within[1])],
            marks: [to(&self.marks[0]), to(&self.marks[1])],
            latin: [to(&self.latin[0]), to(&self.latin[1])],
            controls: [to(&self.controls[0]), to(&self.controls[1])],
            blanks: [to(&self.blanks[0]), to(&self.blanks[1])],
            markup: [to(&self.markup[0]), to(&self.markup[1])],
        }
    }
}

#[inline(always)]
fn mask(holds: bool) -> u8 {
    if holds { 0xFF } else { 0 }
}

#[inline(always)]
fn choose(mask: u8, yes: u8, no: u8) -> u8 {
    (no & !mask) | (yes & mask)
}

impl Plan<u8> {
    fn new(table: &Table, rules: Rules) -> Self {
        let changed = |lead: u8, to: u8| {
            (0x80..=0xBF_u8).filter_map(move |trail| {
                let cell = table.at(lead, trail);
                let [first, second] = cell.bytes();
                let other = [first, second] != [lead, trail] && first == to;
                (cell.written() == 2 && other).then_some([trail, second])
            })
        };
        let alef = changed(FIRST, FIRST).next().map_or(0, |[_, to]| to);
        let mut alefs = changed(FIRST, FIRST).filter(|c| c[1] == alef);
        // The most frequent ones, ة and ى, if they are changed.
        let across = changed(FIRST, SECOND).max_by_key(|c| c[0] == 0xA9);
        let within = changed(SECOND, SECOND).max_by_key(|c| c[0] == 0x89);
        let blanks = rules.has(Rule::Whitespace);
        let mut this = Self {
            first_from: 0x80,
            first_also: NEVER,
            first_not: [NEVER; 2],
            alefs: std::array::from_fn(|_| alefs.next().map_or(NEVER, |c| c[0])),
            alef,
            across: across.unwrap_or([NEVER, 0]),
            second: [NEVER, 0],
            within: within.unwrap_or([NEVER, 0]),
            marks: [NEVER, 0],
            latin: [NEVER; 2],
            controls: if blanks {
                [b'\t', b'\r' - b'\t']
            } else {
                [NEVER, 0]
            },
            blanks: if blanks { [b' ', b'\n'] } else { [NEVER; 2] },
            markup: if rules.has(Rule::Html) {
                [b';', b'>']
            } else {
                [NEVER; 2]
            },
        };
        this.pass(table);
        this
    }

    /// Lets pass all that is copied or changed as the table says, as far as the form allows.
    fn pass(&mut self, table: &Table) {
        const COMMA: u8 = 0x8C;
        const LAM: u8 = 0x84;
        const MARKS: [u8; 2] = [0x8B, 0x92];
        const QUOTES: [u8; 2] = [0xAB, 0xBB];
        let plan = *self;
        let known = |lead: u8, trail: u8| {
            let cell = table.at(lead, trail);
            let copied = cell.written() == 2 && cell.class() == 0;
            copied && cell.bytes() == plan.change([lead, trail])
        };
        let mut unknown = (0x80..=0xBF).rev().filter(|&trail| !known(FIRST, trail));
        self.first_not = [(); 2].map(|()| unknown.next().unwrap_or(NEVER));
        self.first_from = unknown.next().map_or(0x80, |last| last + 1);
        if COMMA < self.first_from && known(FIRST, COMMA) {
            self.first_also = COMMA;
        }
        let low = (0x80..=LAM).rev().take_while(|&t| known(SECOND, t)).last();
        let high = (LAM..=0xBF).take_while(|&t| known(SECOND, t)).last();
        if let (Some(low), Some(high)) = (low, high) {
            self.second = [low, high - low];
        }
        // Fathatan to sukun, of one class each, from 27 to 34.
        let ordered = |t: u8| {
            let cell = table.at(SECOND, t);
            cell.written() == 2 && cell.class() == 27 + (t - MARKS[0])
        };
        if (MARKS[0]..=MARKS[1]).all(ordered) {
            self.marks = [MARKS[0], MARKS[1] - MARKS[0]];
        }
        self.latin = QUOTES.map(|quote| if known(LATIN, quote) { quote } else { NEVER });
    }

    /// What becomes of a character of two bytes.
    fn change(self, [lead, trail]: [u8; 2]) -> [u8; 2] {
        [self.byte(0, lead, trail), self.byte(lead, trail, 0)]
    }

    /// What becomes of a byte between two others.
    #[inline(always)]
    fn byte(self, before: u8, byte: u8, after: u8) -> u8 {
        let (first, second) = (mask(before == FIRST), mask(before == SECOND));
        let [a, b, c] = self.alefs;
        let alef = first & (mask(byte == a) | mask(byte == b) | mask(byte == c));
        let [ta, ha] = self.across;
        let [maqsura, ya] = self.within;
        let made = choose(alef, self.alef, byte);
        let made = choose(first & mask(byte == ta), ha, made);
        let made = choose(second & mask(byte == maqsura), ya, made);
        // The lead of ة becomes the next one, which differs in this bit.
        made | (mask(byte == FIRST) & mask(after == ta) & (FIRST ^ SECOND))
    }

    #[inline(always)]
    fn blank(self, byte: u8) -> u8 {
        mask(byte == self.blanks[0]) | mask(byte == self.blanks[1])
    }

    /// Whether to stop before a byte.
    #[inline(always)]
    fn stop(self, before: u8, byte: u8, after: u8) -> u8 {
        let blank = self.blank(byte);
        let not = mask(after == self.first_not[0]) | mask(after == self.first_not[1]);
        let first = (mask(after >= self.first_from) | mask(after == self.first_also)) & !not;
        let marks = mask(after.wrapping_sub(self.marks[0]) <= self.marks[1]);
        let behind = mask(before.wrapping_sub(self.marks[0]) <= self.marks[1]);
        let second = mask(after.wrapping_sub(self.second[0]) <= self.second[1])
            | (marks & !(behind & mask(before > after)));
        let latin = mask(after == self.latin[0]) | mask(after == self.latin[1]);
        let pass = (mask(byte == FIRST) & first)
            | (mask(byte == SECOND) & second)
            | (mask(byte == LATIN) & latin);
        (mask(byte >= 0xC0) & !pass)
            | (mask(byte.wrapping_sub(self.controls[0]) <= self.controls[1]) & !blank)
            | (blank & self.blank(before))
            | mask(byte == self.markup[0])
            | mask(byte == self.markup[1])
    }
}

impl Kernel {
    pub(super) fn new(table: &Table, rules: Rules) -> Self {
        Self {
            plan: Box::new(Plan::new(table, rules).map(|&byte| [byte; BLOCK])),
            repeats: rules.has(Rule::Repeats),
        }
    }

    /// Writes to `out` what becomes of `text[at..at + BLOCK]` and gives how much of it holds: up to
    /// where the kernel stops, or all but a character cut in two. One byte before and one behind
    /// must be there; `written` is what went before, for runs of one letter.
    #[inline(always)]
    pub(super) fn block(&self, text: &[u8], at: usize, written: &[u8], out: &mut Bytes) -> usize {
        let window =
            |from: usize| -> &Bytes { text[from..].first_chunk().expect("the caller left room") };
        let (before, here, after) = (window(at - 1), window(at), window(at + 1));
        let mut stops = [0; BLOCK];
        for i in 0..BLOCK {
            let plan = self.plan.map(|bytes| bytes[i]);
            out[i] = plan.byte(before[i], here[i], after[i]);
            stops[i] = plan.stop(before[i], here[i], after[i]);
        }
        let cut = here[BLOCK - 1] >= 0xC0;
        let stop = first_set(&stops).min(BLOCK - usize::from(cut));
        if self.repeats {
            stop.min(repeated(written, out))
        } else {
            stop
        }
    }
}

#[inline(always)]
fn first_set(stops: &Bytes) -> usize {
    let (words, _) = stops.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        if word != 0 {
            return at + (word.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at
}

/// Where in a block the third of three equal letters of two bytes begins.
#[inline(always)]
fn repeated(written: &[u8], block: &Bytes) -> usize {
    const BACK: usize = 6;
    let mut text = [0; BLOCK + BACK + 1];
    let known = written.len().min(BACK);
    text[BACK - known..BACK].copy_from_slice(&written[written.len() - known..]);
    text[BACK..BACK + BLOCK].copy_from_slice(block);
    let mut thirds = [0; BLOCK];
    // Stops stand at first bytes and runs are seen at last ones, one further.
    for (i, third) in thirds.iter_mut().enumerate() {
        let (lead, trail) = (i + BACK, i + BACK + 1);
        *third = mask(text[trail] == text[trail - 2])
            & mask(text[trail] == text[trail - 4])
            & mask(text[lead] == text[lead - 2])
            & mask(text[lead] == text[lead - 4])
            & mask(text[lead] >= FIRST);
    }
    first_set(&thirds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::rules::Profile;

    fn rule_sets() -> Vec<Rules> {
        let mut sets: Vec<_> = Profile::ALL.iter().map(|(_, p)| p.rules()).collect();
        for rule in Rule::ALL {
            sets.push(Rules::of(&[rule]));
            sets.push(Profile::Search.rules().with(rule, false));
            sets.push(Rules::of(&Rule::ALL).with(rule, false));
        }
        sets
    }

    #[test]
    fn what_passes_is_what_the_table_makes() {
        for rules in rule_sets() {
            let table = Table::new(rules);
            let plan = Plan::new(&table, rules);
            for (lead, trail) in (0xC2..=0xDF).flat_map(|l| (0x80..=0xBF).map(move |t| (l, t))) {
                if plan.stop(0, lead, trail) == 0 {
                    let cell = table.at(lead, trail);
                    assert_eq!(cell.written(), 2, "{lead:X}{trail:X}");
                    let kept = (0x8B..=0x92).contains(&trail);
                    assert!(cell.class() == 0 || kept, "{lead:X}{trail:X}");
                    assert_eq!(
                        plan.change([lead, trail]),
                        cell.bytes(),
                        "{lead:X}{trail:X}"
                    );
                }
                assert_eq!(plan.stop(lead, trail, 0), 0, "stops within a character");
            }
        }
    }

    #[test]
    fn plain_letters_pass_in_every_profile() {
        for (name, profile) in Profile::ALL {
            let table = Table::new(profile.rules());
            let plan = Plan::new(&table, profile.rules());
            for c in "ابتجحخدذرزسشصضطظعغفقكلمنهويةىأإآء".chars() {
                let mut bytes = [0; 2];
                c.encode_utf8(&mut bytes);
                assert_eq!(plan.stop(0, bytes[0], bytes[1]), 0, "{name} {c}");
            }
        }
    }
}
