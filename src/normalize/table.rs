//! A set of rules compiled: one look-up a character, whatever the number of rules.

use super::composition;
use super::rules::{Rule, Rules};

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Keep,
    Drop,
    One(char),
    /// The expansion of this number.
    Many(u16),
}

/// What becomes of a character of two bytes, as most of Arabic are, ready to be written: its
/// bytes, how many of them are written, and its canonical combining class where marks must be
/// kept in order. Four bytes in one word, which the loop over cells keeps in registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell(u32);

impl Cell {
    /// The character is folded by itself.
    const SLOW: Self = Self::new([0; 2], Self::BY_ITSELF, 0);
    const BY_ITSELF: u8 = 0xFF;

    const fn new(bytes: [u8; 2], written: u8, class: u8) -> Self {
        Self(u32::from_le_bytes([bytes[0], bytes[1], written, class]))
    }

    /// A character of one byte that was written.
    #[inline(always)]
    pub(super) fn ascii(byte: u8) -> Self {
        Self(u32::from(byte) << 8 | 2 << 16)
    }

    #[inline(always)]
    pub(super) fn bytes(self) -> [u8; 2] {
        (self.0 as u16).to_le_bytes()
    }

    /// How many of its bytes are written; none of a character that is removed.
    #[inline(always)]
    pub(super) fn written(self) -> usize {
        (self.0 >> 16 & 0xFF) as usize
    }

    #[inline(always)]
    pub(super) fn is_slow(self) -> bool {
        self.written() == usize::from(Self::BY_ITSELF)
    }

    #[inline(always)]
    pub(super) fn class(self) -> u8 {
        (self.0 >> 24) as u8
    }

    /// Whether it is of two bytes and no mark.
    #[inline(always)]
    pub(super) fn is_letter(self) -> bool {
        self.0 & 0xFF != 0 && self.class() == 0
    }

    /// Whether the last two that were written are the same.
    #[inline(always)]
    pub(super) fn thrice(self, last: Self, before: Self) -> bool {
        self.0 as u16 == last.0 as u16 && last.0 as u16 == before.0 as u16
    }
}

/// As many as five bits of the first byte and six of the second tell apart.
const CELLS: usize = 1 << 11;

/// The last first byte of a character of two.
const LAST_LEAD: u8 = 0xDF;

/// Every character that a rule for single characters changes lies here; a test holds them to it.
const TOUCHED: [std::ops::RangeInclusive<u32>; 7] = [
    0x0080..=0x00BF,
    0x0600..=0x06FF,
    0x0897..=0x08FF,
    0x180E..=0x180E,
    0x2000..=0x206F,
    0x2212..=0x2212,
    0xFB50..=0xFEFF,
];

#[derive(Debug, Clone)]
pub(super) struct Table {
    rules: Rules,
    cells: Box<[Cell; CELLS]>,
    /// For the high byte of a character of the basic plane, its row in `actions`, or 0.
    pages: [u8; 256],
    actions: Vec<[Action; 256]>,
    expansions: Vec<String>,
}

impl Table {
    pub(super) fn new(rules: Rules) -> Self {
        let mut this = Self {
            rules,
            cells: Box::new([Cell::SLOW; CELLS]),
            pages: [0; 256],
            actions: vec![[Action::Keep; 256]],
            expansions: Vec::new(),
        };
        for c in TOUCHED.into_iter().flatten().filter_map(char::from_u32) {
            let action = this.compile(c);
            if action == Action::Keep {
                continue;
            }
            let (page, cell) = ((c as usize) >> 8, c as usize & 0xFF);
            if this.pages[page] == 0 {
                this.pages[page] = this.actions.len() as u8;
                this.actions.push([Action::Keep; 256]);
            }
            this.actions[this.pages[page] as usize][cell] = action;
        }
        for c in (0x80..0x800).filter_map(char::from_u32) {
            this.cells[c as usize] = this.cell(c);
        }
        this
    }

    fn compile(&mut self, c: char) -> Action {
        if self.rules.has(Rule::Composition) && composition::composes(c) {
            // It may become one with the letter before it, and is folded when that is known.
            return Action::Keep;
        }
        let text = self.rules.apply(c, &mut |_| ());
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Action::Drop,
            (Some(one), None) if one == c => Action::Keep,
            (Some(one), None) => Action::One(one),
            _ => {
                self.expansions.push(text);
                Action::Many((self.expansions.len() - 1) as u16)
            }
        }
    }

    fn cell(&self, c: char) -> Cell {
        let mut bytes = [0; 2];
        let composed = self.rules.has(Rule::Composition);
        let class = if composed { composition::class(c) } else { 0 };
        // The marks of other scripts are too few to be quick about.
        let marked = class != 0 && !matches!(c, '\u{600}'..='\u{6FF}');
        let looks_back = (self.rules.has(Rule::Whitespace) && c.is_whitespace())
            || (composed && (marked || composition::composes(c)));
        match self.action(c) {
            Action::Drop => Cell::new(bytes, 0, 0),
            Action::Keep if !looks_back => {
                c.encode_utf8(&mut bytes);
                Cell::new(bytes, 2, class)
            }
            Action::One(to) if to.len_utf8() == 2 => {
                to.encode_utf8(&mut bytes);
                Cell::new(bytes, 2, 0)
            }
            // What ends markup or is blank looks back.
            Action::One(to) if to.is_ascii() && to != ';' && !to.is_whitespace() => {
                Cell::new([to as u8, 0], 1, 0)
            }
            _ => Cell::new(bytes, Cell::BY_ITSELF, class),
        }
    }

    /// The cell of a character of two bytes, or of any that is longer by its first byte.
    #[inline(always)]
    pub(super) fn at(&self, lead: u8, trail: u8) -> Cell {
        if lead > LAST_LEAD {
            return Cell::SLOW;
        }
        self.cells[usize::from(lead & 0x1F) << 6 | usize::from(trail & 0x3F)]
    }

    /// The end of what was written as cells: the last, and the one before it where the last is of
    /// two bytes.
    pub(super) fn last(&self, written: &[u8]) -> (Cell, Cell) {
        let mut end = [0; 4];
        let known = written.len().min(end.len());
        end[4 - known..].copy_from_slice(&written[written.len() - known..]);
        let cell = |lead: u8, trail: u8| {
            if (0xC2..=LAST_LEAD).contains(&lead) {
                Cell::new([lead, trail], 2, self.at(lead, trail).class())
            } else if trail < 0x80 {
                Cell::ascii(trail)
            } else {
                // Of a longer one, which may be a mark: the next mark is looked at by itself.
                Cell::new([0, trail], 2, u8::MAX)
            }
        };
        (cell(end[0], end[1]), cell(end[2], end[3]))
    }

    /// Whether marks are written that must be kept in order.
    pub(super) fn has_classes(&self) -> bool {
        self.cells.iter().any(|c| !c.is_slow() && c.class() != 0)
    }

    pub(super) fn action(&self, c: char) -> Action {
        let code = c as usize;
        if code > 0xFFFF {
            return Action::Keep;
        }
        self.actions[self.pages[code >> 8] as usize][code & 0xFF]
    }

    pub(super) fn expansion(&self, i: u16) -> &str {
        &self.expansions[i as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::rules::Fold;

    #[test]
    fn no_rule_reaches_beyond_the_table() {
        for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            let inside = TOUCHED.iter().any(|r| r.contains(&(c as u32)));
            for rule in Rule::ALL.into_iter().filter(|_| !inside) {
                assert_eq!(rule.fold(c), Fold::Keep, "{rule:?} {c:?}");
            }
        }
    }

    #[test]
    fn cells_are_the_actions() {
        for rules in [Rules::default(), Rules::of(&Rule::ALL)] {
            let table = Table::new(rules);
            for c in (0x80..0x800).filter_map(char::from_u32) {
                let mut bytes = [0; 2];
                c.encode_utf8(&mut bytes);
                let cell = table.at(bytes[0], bytes[1]);
                if cell.is_slow() {
                    continue;
                }
                let written = &cell.bytes()[..cell.written()];
                match table.action(c) {
                    Action::Keep => assert_eq!(written, bytes),
                    Action::Drop => assert!(written.is_empty()),
                    Action::One(to) => assert_eq!(written, to.to_string().as_bytes()),
                    Action::Many(_) => panic!("{c:?} has several in its place"),
                }
            }
        }
    }
}
