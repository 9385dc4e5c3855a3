use std::borrow::Cow;

use super::alignment::{Alignment, Builder, Elements, Track};
use super::html::{self, Tag};
use super::rules::{Fold, Profile, Rule, Rules};
use crate::error::Result;
use crate::text::{Span, check_length, letters};

/// A set of rules, compiled: one table look-up a character whatever the number of rules.
#[derive(Debug, Clone)]
pub struct Normalizer {
    rules: Rules,
    /// For the high byte of a character of the basic plane, its row in `actions`, or 0.
    pages: [u8; 256],
    actions: Vec<[Action; 256]>,
    expansions: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Keep,
    Drop,
    One(char),
    Many(u16),
}

/// A text as it reads after normalization, with the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalized {
    /// The normalized text.
    pub text: String,
    /// Where its bytes came from.
    pub alignment: Alignment,
}

/// Every character that some rule changes lies here; a test holds the rules to it.
pub(super) const TOUCHED: [std::ops::RangeInclusive<u32>; 8] = [
    0x00AB..=0x00BB,
    0x0600..=0x06FF,
    0x0897..=0x08FF,
    0x180E..=0x180E,
    0x2000..=0x206F,
    0x2212..=0x2212,
    0xFB50..=0xFEFF,
    0x0750..=0x077F,
];

impl Normalizer {
    /// Compiles a set of rules.
    pub fn new(rules: Rules) -> Self {
        let mut this = Self {
            rules,
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
        this
    }

    /// Compiles a named profile.
    pub fn profile(profile: Profile) -> Self {
        Self::new(profile.rules())
    }

    /// Its rules.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// Runs every rule of the set over one character until none changes it.
    fn compile(&mut self, c: char) -> Action {
        // Forms first: what they stand for is then folded like any letter.
        const ORDER: [Rule; 11] = [
            Rule::PresentationForms,
            Rule::Persian,
            Rule::Marks,
            Rule::Tatweel,
            Rule::Invisible,
            Rule::Alef,
            Rule::AlefMaqsura,
            Rule::TaMarbuta,
            Rule::Hamza,
            Rule::Digits,
            Rule::Punctuation,
        ];
        let mut text = String::from(c);
        for _ in 0..4 {
            for rule in ORDER.into_iter().filter(|&r| self.rules.has(r)) {
                let mut next = String::new();
                for c in text.chars() {
                    match rule.fold(c) {
                        Fold::Keep => next.push(c),
                        Fold::Drop => {}
                        Fold::One(c) => next.push(c),
                        Fold::Many(s) => next.push_str(&s),
                    }
                }
                text = next;
            }
        }
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

    fn action(&self, c: char) -> Action {
        let code = c as usize;
        if !(0xAB..=0xFFFF).contains(&code) {
            return Action::Keep;
        }
        self.actions[self.pages[code >> 8] as usize][code & 0xFF]
    }

    /// The normalized text; borrowed when it equals the original.
    pub fn fold<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut driver = Driver::<()>::new(self, text);
        driver.run(text);
        if driver.out == text {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(driver.out)
        }
    }

    /// The normalized text with its alignment.
    ///
    /// # Errors
    /// A text of 4 GiB or more.
    pub fn normalize(&self, text: &str) -> Result<Normalized> {
        check_length(text)?;
        let looks_back = [Rule::Whitespace, Rule::Repeats, Rule::Html]
            .into_iter()
            .any(|r| self.rules.has(r));
        let len = text.len() as u32;
        let (text, alignment) = if looks_back {
            let mut driver = Driver::<Elements>::new(self, text);
            driver.run(text);
            (driver.out, driver.track.finish(len))
        } else {
            let mut driver = Driver::<Builder>::new(self, text);
            driver.run(text);
            (driver.out, driver.track.finish(len))
        };
        check_length(&text)?;
        Ok(Normalized { text, alignment })
    }
}

/// The one place that owns offsets: characters come in with their place, are folded by the
/// table, and the rules that look back rewrite the end of what was emitted. What is emitted
/// never changes but at its end, so folding it again changes nothing.
struct Driver<'n, T> {
    normalizer: &'n Normalizer,
    out: String,
    track: T,
    /// The emitted text's length just after a run was made one letter; such a run goes on.
    run_ends: usize,
    after_carriage_return: bool,
}

impl<'n, T: Track> Driver<'n, T> {
    fn new(normalizer: &'n Normalizer, text: &str) -> Self {
        Self {
            normalizer,
            out: String::with_capacity(text.len()),
            track: T::default(),
            run_ends: usize::MAX,
            after_carriage_return: false,
        }
    }

    fn run(&mut self, text: &str) {
        let html = self.has(Rule::Html);
        for (at, c) in text.char_indices() {
            let before = self.out.len();
            self.fold(c, Span::new(at, at + c.len_utf8()));
            if html && self.out.len() != before {
                self.reduce();
            }
        }
    }

    fn fold(&mut self, c: char, from: Span) {
        match self.normalizer.action(c) {
            Action::Keep => self.emit(c, from),
            Action::Drop => {}
            Action::One(c) => self.emit(c, from),
            Action::Many(i) => {
                let normalizer = self.normalizer;
                for c in normalizer.expansions[i as usize].chars() {
                    self.emit(c, from);
                }
            }
        }
    }

    fn has(&self, rule: Rule) -> bool {
        self.normalizer.rules.has(rule)
    }

    fn push(&mut self, c: char, from: Span) {
        self.track
            .push(c.len_utf8() as u32, from, c.len_utf8() == from.len());
        self.out.push(c);
    }

    fn pop(&mut self) -> Span {
        self.out.pop();
        self.track.pop()
    }

    fn emit(&mut self, c: char, from: Span) {
        if self.has(Rule::Whitespace) && c.is_whitespace() {
            return self.blank(c, from);
        }
        self.after_carriage_return = false;
        if self.has(Rule::Repeats) && letters::is_arabic_letter(c) && self.repeat(c, from) {
            return;
        }
        self.push(c, from);
    }

    /// A run of blanks is one space, one line feed if it breaks a line, two if it breaks two.
    fn blank(&mut self, c: char, from: Span) {
        let breaks = letters::is_line_break(c);
        let joins_return = c == '\n' && self.after_carriage_return;
        self.after_carriage_return = c == '\r';
        let last = self
            .out
            .ends_with([' ', '\n'])
            .then(|| self.out.ends_with('\n'));
        match (breaks && !joins_return, last) {
            (true, None) => self.push('\n', from),
            (false, None) => self.push(' ', from),
            (true, Some(true)) if !self.out.ends_with("\n\n") => self.push('\n', from),
            (true, Some(false)) => {
                let start = self.pop().start;
                self.push('\n', Span { start, ..from });
            }
            (_, Some(line)) => {
                let start = self.pop().start;
                self.push(if line { '\n' } else { ' ' }, Span { start, ..from });
            }
        }
    }

    fn repeat(&mut self, c: char, from: Span) -> bool {
        let goes_on = self.run_ends == self.out.len() && self.out.ends_with(c);
        if goes_on {
            let start = self.pop().start;
            self.push(c, Span { start, ..from });
            return true;
        }
        let mut back = self.out.chars().rev();
        if back.next() == Some(c) && back.next() == Some(c) {
            self.pop();
            let start = self.pop().start;
            self.push(c, Span { start, ..from });
            self.run_ends = self.out.len();
            return true;
        }
        false
    }

    /// Where in what was emitted `open` last stands, at most `within` bytes back.
    fn back_to(&self, open: char, within: usize) -> Option<usize> {
        let mut from = self.out.len().saturating_sub(within);
        while !self.out.is_char_boundary(from) {
            from += 1;
        }
        self.out[from..].rfind(open).map(|i| from + i)
    }

    fn take_back(&mut self, to: usize) -> Span {
        let mut span = self.pop();
        while self.out.len() > to {
            span.start = self.pop().start;
        }
        if self.run_ends > to {
            self.run_ends = usize::MAX;
        }
        self.after_carriage_return = false;
        span
    }

    /// Takes the markup that what was emitted ends with. A loop, for what a reference stands for
    /// can end another: `&amp;lt;`.
    fn reduce(&mut self) {
        while self.out.ends_with(';') {
            if !self.reference() {
                return;
            }
        }
        if self.out.ends_with('>') {
            self.tag();
        }
    }

    fn reference(&mut self) -> bool {
        let Some(at) = self.back_to('&', html::LONGEST_REFERENCE) else {
            return false;
        };
        let Some(c) = html::reference(&self.out[at + 1..self.out.len() - 1]) else {
            return false;
        };
        let span = self.take_back(at);
        self.fold(c, span);
        true
    }

    fn tag(&mut self) {
        let end = self.out.len() - 1;
        let Some(at) = self.back_to('<', html::LONGEST_TAG) else {
            return;
        };
        let tag = html::tag(&self.out[at + 1..end]);
        if tag != Tag::None {
            let span = self.take_back(at);
            if tag == Tag::Block {
                self.emit('\n', span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rule_reaches_beyond_the_table() {
        for c in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            let inside = TOUCHED.iter().any(|r| r.contains(&(c as u32)));
            if !inside && c != '…' {
                for rule in Rule::ALL {
                    assert_eq!(rule.fold(c), Fold::Keep, "{rule:?} {c:?}");
                }
            }
        }
    }
}
