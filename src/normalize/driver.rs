use std::borrow::Cow;
use std::sync::OnceLock;

use super::alignment::{Alignment, Builder, Track};
use super::cells::DENSE;
use super::composition;
use super::kernel::{BLOCK, Kernel};
use super::rules::{Profile, Rule, Rules};
use super::table::{Action, Table};
use super::units::Units;
use crate::error::Result;
use crate::text::{Span, check_length, letters};

/// A set of rules, compiled.
#[derive(Debug, Clone)]
pub struct Normalizer {
    rules: Rules,
    table: Table,
    kernel: Kernel,
    /// Whether cells can be written without knowing what was written before.
    plain: bool,
    /// Made when first asked for.
    units: OnceLock<Units>,
    arch: pulp::Arch,
}

/// A text as it reads after normalization, with the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalized {
    /// The normalized text.
    pub text: String,
    /// Where its bytes came from.
    pub alignment: Alignment,
}

/// What is kept from one text to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    out: Vec<u8>,
    places: Builder,
}

impl Normalizer {
    /// Compiles a set of rules.
    pub fn new(rules: Rules) -> Self {
        let table = Table::new(rules);
        Self {
            rules,
            kernel: Kernel::new(&table, rules),
            plain: !rules.has(Rule::Repeats) && !table.has_classes(),
            table,
            units: OnceLock::new(),
            arch: pulp::Arch::new(),
        }
    }

    /// Compiles a named profile.
    pub fn profile(profile: Profile) -> Self {
        Self::new(profile.rules())
    }

    /// Its rules.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// The normalized text; borrowed when it equals the original.
    pub fn fold<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut out = Vec::new();
        let folded = self.fold_into(text, &mut out);
        if folded == text {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(folded.to_owned())
        }
    }

    /// The normalized text, written over what `out` held: for many texts one after another.
    pub fn fold_into<'o>(&self, text: &str, out: &'o mut Vec<u8>) -> &'o str {
        let buffer = std::mem::take(out);
        (*out, ()) = self.drive(text, buffer, ());
        utf8(out)
    }

    /// The normalized text with its alignment.
    ///
    /// # Errors
    /// A text of 4 GiB or more.
    pub fn normalize(&self, text: &str) -> Result<Normalized> {
        self.normalize_with(text, &mut Scratch::default())
    }

    /// The same in buffers that are used again: for many texts one after another.
    ///
    /// # Errors
    /// A text of 4 GiB or more.
    pub fn normalize_with(&self, text: &str, scratch: &mut Scratch) -> Result<Normalized> {
        check_length(text)?;
        let Scratch { out, places } = std::mem::take(scratch);
        (scratch.out, scratch.places) = self.drive(text, out, places);
        let alignment = scratch.places.finish(text.len() as u32);
        let text = utf8(&scratch.out).to_owned();
        check_length(&text)?;
        Ok(Normalized { text, alignment })
    }

    pub(super) fn table(&self) -> &Table {
        &self.table
    }

    pub(super) fn units(&self) -> &Units {
        self.units.get_or_init(|| Units::new(self))
    }

    pub(super) fn drive<T: Track>(&self, text: &str, mut out: Vec<u8>, track: T) -> (Vec<u8>, T) {
        out.clear();
        out.reserve(text.len() + BLOCK);
        let mut driver = Driver::<T> {
            normalizer: self,
            out,
            track,
            run_ends: usize::MAX,
            return_ends: usize::MAX,
            segment: None,
        };
        self.arch.dispatch(Run {
            driver: &mut driver,
            text,
        });
        driver.close();
        (driver.out, driver.track)
    }
}

/// Characters are written whole, so it is always UTF-8; checking that takes a tenth of the time,
/// and spares the core its only `unsafe`.
pub(super) fn utf8(bytes: &[u8]) -> &str {
    simdutf8::basic::from_utf8(bytes).expect("whole characters were written")
}

/// The one place that owns offsets: plain text goes through the kernel and the table's cells;
/// any other character comes in with its place, is folded by the table, and the rules that look
/// back rewrite the end of what was emitted. What is emitted never changes but at its end, so
/// folding it again changes nothing.
pub(super) struct Driver<'n, T> {
    pub(super) normalizer: &'n Normalizer,
    pub(super) out: Vec<u8>,
    pub(super) track: T,
    /// The emitted text's length just after a run was made one letter; such a run goes on.
    run_ends: usize,
    /// The emitted text's length just after a carriage return, which a line feed may join.
    return_ends: usize,
    /// Where in the emitted text a letter and marks begin that are yet to be composed.
    segment: Option<usize>,
}

struct Run<'d, 'n, 't, T> {
    driver: &'d mut Driver<'n, T>,
    text: &'t str,
}

/// Compiled for each set of vector instructions that a machine may have.
impl<T: Track> pulp::WithSimd for Run<'_, '_, '_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.driver.run(self.text);
    }
}

/// How much is gone through cell by cell where the kernel does not stop often.
const SPARSE: usize = 8;

impl<T: Track> Driver<'_, T> {
    #[inline(always)]
    fn run(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        // Whether what was emitted last may be blank where the original is not.
        let mut apart = true;
        let mut dense = false;
        while at < bytes.len() {
            let looks_back = self.segment.is_some() || self.run_ends == self.out.len();
            if T::EVERY || looks_back {
                at = self.step(text, at);
                apart = true;
                continue;
            }
            let mut end = bytes.len();
            if at == 0 || (apart && self.joins(bytes, at)) {
                end = at + 1;
            } else if at + BLOCK < bytes.len() {
                // The kernel looks one byte back and one ahead.
                let held = self.block(bytes, at);
                at += held;
                if held + 1 >= BLOCK {
                    (apart, dense) = (false, false);
                    continue;
                }
                apart = true;
                // Where it stopped soon twice it would stop again: cells are quicker there.
                let soon = held < BLOCK / 4;
                if !(soon && dense) && self.cell(bytes, at) {
                    at += 2;
                    dense = soon;
                    continue;
                }
                end = bytes
                    .len()
                    .min(at + if soon && dense { DENSE } else { SPARSE });
                dense = soon;
            }
            at = if self.normalizer.plain {
                self.cells::<true>(bytes, at, end)
            } else {
                self.cells::<false>(bytes, at, end)
            };
            apart = true;
            if at < end {
                at = self.step(text, at);
            }
        }
    }

    /// Copies up to a block of plain text; gives how much.
    #[inline(always)]
    fn block(&mut self, bytes: &[u8], at: usize) -> usize {
        let mut block = [0; BLOCK];
        let kernel = &self.normalizer.kernel;
        let held = kernel.block(bytes, at, &self.out, &mut block);
        self.out.extend_from_slice(&block);
        self.out.truncate(self.out.len() - BLOCK + held);
        self.track.linear(at, held);
        held
    }

    /// One character, by itself; gives where the next begins.
    #[inline(never)]
    fn step(&mut self, text: &str, at: usize) -> usize {
        let Some(c) = text[at..].chars().next() else {
            return text.len();
        };
        let end = at + c.len_utf8();
        let before = self.out.len();
        let from = Span {
            start: at as u32,
            end: end as u32,
        };
        self.fold(c, from);
        if self.has(Rule::Html) && self.out.len() != before {
            self.reduce();
        }
        end
    }

    pub(super) fn fold(&mut self, c: char, from: Span) {
        self.fold_to(c, from, Self::emit);
    }

    #[inline(always)]
    fn fold_to(&mut self, c: char, from: Span, to: fn(&mut Self, char, Span)) {
        let normalizer = self.normalizer;
        self.track.folded(normalizer.rules, c);
        match normalizer.table.action(c) {
            Action::Keep => to(self, c, from),
            Action::Drop => {}
            Action::One(c) => to(self, c, from),
            Action::Many(i) => {
                for c in normalizer.table.expansion(i).chars() {
                    to(self, c, from);
                }
            }
        }
    }

    pub(super) fn has(&self, rule: Rule) -> bool {
        self.normalizer.rules.has(rule)
    }

    fn push(&mut self, c: char, from: Span) {
        self.track.push(c.len_utf8(), from);
        self.out
            .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn last(&self) -> Option<char> {
        before(&self.out, self.out.len())
    }

    fn pop(&mut self) -> Span {
        let Some(last) = self.last() else {
            return Span::default();
        };
        self.out.truncate(self.out.len() - last.len_utf8());
        self.track.pop(last.len_utf8())
    }

    pub(super) fn emit(&mut self, c: char, from: Span) {
        if self.has(Rule::Composition) && composition::interacts(c) {
            self.open();
            self.push(c, from);
        } else {
            self.close();
            self.settle(c, from);
        }
    }

    /// Begins a segment at the last letter, if none is begun.
    fn open(&mut self) {
        if self.segment.is_some() {
            return;
        }
        let mut at = self.out.len();
        while let Some(c) = before(&self.out, at) {
            at -= c.len_utf8();
            if composition::class(c) == 0 {
                break;
            }
        }
        self.segment = Some(at);
    }

    /// Composes the segment that was begun, and folds what it became.
    fn close(&mut self) {
        let Some(at) = self.segment.take() else {
            return;
        };
        let segment = utf8(&self.out[at..]);
        let normalizer = self.normalizer;
        let track = &mut self.track;
        let mut fold = |c| match normalizer.table.action(c) {
            Action::One(to) => {
                track.folded(normalizer.rules, c);
                to
            }
            _ => c,
        };
        let mut composed = composition::compose(segment, &mut fold);
        let mut changed = composed != segment;
        // Marks that found no letter to be one with go by their own rules, and then keep no other
        // mark from its letter: e, hamza, acute.
        let lost = |c: &char| {
            composition::composes(*c) && normalizer.rules.apply(*c, &mut |_| ()).is_empty()
        };
        let lone: Vec<char> = composed.chars().filter(lost).collect();
        if !lone.is_empty() {
            composed.retain(|c| !lost(&c));
            let again = composition::compose(&composed, &mut fold);
            changed |= again != composed;
            composed = again;
        } else if !changed {
            return;
        }
        for c in lone {
            self.track.folded(normalizer.rules, c);
        }
        if changed {
            self.track.fired(Rule::Composition);
        }
        let span = self.take_back(at);
        for c in composed.chars() {
            self.fold_to(c, span, Self::settle);
        }
        if changed && self.out.len() == at + span.len() {
            self.track.joined();
        }
    }

    fn settle(&mut self, c: char, from: Span) {
        if self.has(Rule::Whitespace) && c.is_whitespace() {
            self.blank(c, from);
        } else if !(self.has(Rule::Repeats) && letters::is_arabic_letter(c) && self.repeat(c, from))
        {
            self.push(c, from);
        }
    }

    fn blank(&mut self, c: char, from: Span) {
        let breaks = letters::is_line_break(c);
        let joins_return = c == '\n' && self.return_ends == self.out.len();
        let last = self.last().filter(|c| matches!(c, ' ' | '\n'));
        match Blank::behind(last, breaks && !joins_return, self.out.ends_with(b"\n\n")) {
            Blank::Another(to) => self.blank_as(to, c, from),
            Blank::Instead(to) => self.rewrite(to, from),
        }
        if c == '\r' {
            self.return_ends = self.out.len();
        }
    }

    fn blank_as(&mut self, to: char, c: char, from: Span) {
        if to != c {
            self.track.fired(Rule::Whitespace);
        }
        self.push(to, from);
    }

    /// Puts another blank in place of the last one, which then stands for both.
    fn rewrite(&mut self, to: char, from: Span) {
        self.track.fired(Rule::Whitespace);
        let start = self.pop().start;
        self.push(to, Span { start, ..from });
    }

    fn repeat(&mut self, c: char, from: Span) -> bool {
        if self.last() != Some(c) {
            return false;
        }
        let len = self.out.len();
        let goes_on = self.run_ends == len;
        let third = before(&self.out, len - c.len_utf8()) == Some(c);
        if goes_on || third {
            self.track.fired(Rule::Repeats);
            let mut start = self.pop().start;
            if !goes_on {
                start = self.pop().start;
            }
            self.push(c, Span { start, ..from });
            self.run_ends = self.out.len();
        }
        goes_on || third
    }

    pub(super) fn take_back(&mut self, to: usize) -> Span {
        let mut span = self.pop();
        while self.out.len() > to {
            span.start = self.pop().start;
        }
        if self.run_ends > to {
            self.run_ends = usize::MAX;
        }
        self.return_ends = usize::MAX;
        span
    }
}

/// What a blank is written as.
pub(super) enum Blank {
    /// This, behind what is there.
    Another(char),
    /// This, instead of the last blank.
    Instead(char),
}

impl Blank {
    /// A run of blanks is one space, one line feed if it breaks a line, two if it breaks two.
    pub(super) fn behind(last: Option<char>, breaks: bool, two_lines: bool) -> Self {
        match (breaks, last) {
            (true, None) => Self::Another('\n'),
            (false, None) => Self::Another(' '),
            (true, Some('\n')) if !two_lines => Self::Another('\n'),
            (true, Some(' ')) => Self::Instead('\n'),
            (_, Some(last)) => Self::Instead(last),
        }
    }
}

/// The character that ends at `end`.
pub(super) fn before(text: &[u8], end: usize) -> Option<char> {
    let mut code = 0;
    let mut shift = 0;
    for &byte in text[..end].iter().rev() {
        if byte >= 0xC0 {
            let lead = u32::from(byte) & (0x7F >> (shift / 6 + 1));
            return char::from_u32(lead << shift | code);
        }
        code |= u32::from(byte & 0x3F) << shift;
        shift += 6;
        if byte < 0x80 {
            return Some(char::from(byte));
        }
    }
    None
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Takes every character by itself.
    #[derive(Default)]
    struct Steps(Builder);

    impl Track for Steps {
        const ON: bool = true;
        const EVERY: bool = true;

        fn linear(&mut self, at: usize, len: usize) {
            self.0.linear(at, len);
        }

        fn push(&mut self, len: usize, original: Span) {
            self.0.push(len, original);
        }

        fn pop(&mut self, len: usize) -> Span {
            self.0.pop(len)
        }
    }

    const PLAIN: [&str; 8] = ["قال ", "السلام", "على ", "ولا", "أن ", "، ", "«مدينة»", "ا"];
    const OTHER: [&str; 48] = [
        "ا", "ا", "اا", " ", " ", "  ", "\n", "\r\n", "\r", "\t", "\u{A0}", "\u{85}", "\u{3000}",
        "َ", "ِ", "ّ", "ْ", "ٰ", "ٔ", "ٓ", "ٕ", "ۡ", "ـ", "ــ", "ؤ", "ئ", "ٱ", "ﻻ", "ﷺ", "ﱞ", "ی", "گ", "٣",
        "٫", "٪", "؟", "؛", "…", "“", "é", "e\u{301}", "\u{200F}", "&lt;", "&amp;", "<b>", ";",
        "中", "😀",
    ];

    pub(in crate::normalize) fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            6 => proptest::sample::select(&PLAIN[..]),
            1 => proptest::sample::select(&OTHER[..]),
        ];
        let dense = proptest::sample::select(&OTHER[..]);
        prop_oneof![
            proptest::collection::vec(piece, 0..120),
            proptest::collection::vec(dense, 0..160),
        ]
        .prop_map(|pieces| pieces.concat())
    }

    pub(in crate::normalize) fn rules() -> impl Strategy<Value = Rules> {
        let some = proptest::sample::subsequence(Rule::ALL.to_vec(), 0..=Rule::ALL.len());
        let profile = proptest::sample::select(&Profile::ALL[..]);
        prop_oneof![
            some.prop_map(|rules| Rules::of(&rules)),
            profile.prop_map(|(_, profile)| profile.rules()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn kernel_and_cells_do_what_steps_do(text in text(), rules in rules()) {
            let normalizer = Normalizer::new(rules);
            let (expected, steps) = normalizer.drive(&text, Vec::new(), Steps::default());
            let normalized = normalizer.normalize(&text).expect("short");
            prop_assert_eq!(&normalized.text, utf8(&expected));
            prop_assert_eq!(normalizer.fold(&text), utf8(&expected));
            let mut steps = steps;
            let expected = steps.0.finish(text.len() as u32);
            for (at, c) in normalized.text.char_indices() {
                let span = Span::new(at, at + c.len_utf8());
                let (found, all) = (normalized.alignment.to_original(span), expected.to_original(span));
                // Of marks that only changed places cells know more than the segment's span.
                let within = all.start <= found.start && found.end <= all.end;
                let composed = rules.has(Rule::Composition);
                prop_assert!(found == all || (composed && within), "{c:?}: {found:?} {all:?}");
            }
        }
    }
}
