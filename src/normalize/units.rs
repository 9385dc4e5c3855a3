//! Folding over UTF-16 code units, for callers whose strings are such or become such at little
//! cost: Python writes and reads them four times as fast as UTF-8, which for short work is most of
//! the time. What needs more than a look at the last two units is left to the driver; a test holds
//! what is not to what the driver makes.

#![allow(
    clippy::needless_bitwise_bool,
    reason = "what is looked at all at once becomes vector instructions"
)]

use super::composition::unit_interacts as interacts;
use super::driver::{Blank, Normalizer};
use super::rules::Rule;
use super::table::Action;
use crate::text::letters;

/// For every unit what is written for it. No character has a code of these five, so they say what
/// else is to be done.
const DROP: u16 = 0xD800;
const BLANK: u16 = 0xD801;
const MARK: u16 = 0xD802;
const COPY: u16 = 0xD803;
const SLOW: u16 = 0xD804;

/// So many at a time, where nothing has to be looked back for.
const CHUNK: usize = 16;

const SPACE: u16 = b' ' as u16;
const LINE: u16 = b'\n' as u16;

/// The first units of pictographs, which no rule changes.
const PICTOGRAPHS: std::ops::RangeInclusive<u16> = 0xD83C..=0xD83E;

#[derive(Debug, Clone)]
pub(super) struct Units(Box<[u16; 1 << 16]>);

impl Units {
    pub(super) fn new(normalizer: &Normalizer) -> Self {
        let rules = normalizer.rules();
        let composed = rules.has(Rule::Composition);
        let unit = |unit: u16| {
            let Some(c) = char::from_u32(u32::from(unit)) else {
                let pictograph = PICTOGRAPHS.contains(&unit) || unit >= 0xDC00;
                return if pictograph || !composed { COPY } else { SLOW };
            };
            match normalizer.table().action(c) {
                Action::Drop => DROP,
                // A form of a mark alone becomes a mark, which may be out of order.
                Action::One(to) if composed && interacts(to as u16) => SLOW,
                Action::One(to) if !to.is_whitespace() => to as u16,
                Action::Keep if rules.has(Rule::Whitespace) && c.is_whitespace() => {
                    if is_blank(unit) { unit } else { BLANK }
                }
                Action::Keep if composed && interacts(unit) => {
                    if in_order(unit) {
                        MARK
                    } else {
                        SLOW
                    }
                }
                Action::Keep => unit,
                _ => SLOW,
            }
        };
        let all: Vec<u16> = (0..=u16::MAX).map(unit).collect();
        Self(all.try_into().expect("one for every unit"))
    }
}

impl Units {
    /// What is written for a chunk of units each of which stands for one, and whether it ends with
    /// a blank; none if there is anything else in it, or a blank behind another.
    #[inline(always)]
    fn plain(&self, chunk: &[u16], mut behind_blank: bool) -> Option<([u16; CHUNK], bool)> {
        let chunk: &[u16; CHUNK] = chunk.try_into().ok()?;
        let written = chunk.map(|unit| self.0[usize::from(unit)]);
        let mut plain = true;
        for to in written {
            let blank = is_blank(to);
            plain &= (to & 0xF800 != 0xD800) & !(blank & behind_blank);
            behind_blank = blank;
        }
        plain.then_some((written, behind_blank))
    }
}

/// Fathatan to sukun, whose combining classes follow one another as they do.
fn in_order(unit: u16) -> bool {
    matches!(unit, 0x64B..=0x652)
}

fn is_blank(unit: u16) -> bool {
    (unit == SPACE) | (unit == LINE)
}

impl Normalizer {
    /// Whether [`fold_utf16`](Self::fold_utf16) can do anything with these rules.
    pub fn folds_utf16(&self) -> bool {
        !self.rules().has_any(&[Rule::Repeats, Rule::Html])
    }

    /// The normalized text, written over what `out` held; `false` where the text has something that
    /// only [`fold`](Self::fold) can do, and `out` then means nothing.
    pub fn fold_utf16(&self, text: &[u16], out: &mut Vec<u16>) -> bool {
        out.clear();
        if !self.folds_utf16() {
            return false;
        }
        let units = self.units();
        let blanks = self.rules().has(Rule::Whitespace);
        out.resize(text.len(), 0);
        let mut n = 0;
        // Whether the last unit written is blank, and where a carriage return was.
        let (mut behind_blank, mut after_return) = (false, usize::MAX);
        let (chunks, rest) = text.as_chunks::<CHUNK>();
        for chunk in chunks.iter().map(<[u16; CHUNK]>::as_slice).chain([rest]) {
            if let Some((written, blank)) = units.plain(chunk, blanks && behind_blank) {
                out[n..n + CHUNK].copy_from_slice(&written);
                n += CHUNK;
                behind_blank = blanks && blank;
                continue;
            }
            for &unit in chunk {
                let to = units.0[usize::from(unit)];
                let blank = blanks && is_blank(to);
                if to & 0xF800 != 0xD800 && !(blank && behind_blank) {
                    out[n] = to;
                    n += 1;
                    behind_blank = blank;
                    continue;
                }
                match to {
                    DROP => {}
                    COPY => {
                        out[n] = unit;
                        n += 1;
                        behind_blank = false;
                    }
                    MARK => {
                        let last = n.checked_sub(1).map_or(0, |at| out[at]);
                        let before = n.checked_sub(2).map_or(0, |at| out[at]);
                        let disordered = last > unit && interacts(last);
                        if (disordered && (!in_order(last) || interacts(before)))
                            || (!in_order(last) && interacts(last))
                        {
                            return false;
                        }
                        out[n] = unit;
                        if disordered {
                            out.swap(n - 1, n);
                        }
                        n += 1;
                        behind_blank = false;
                    }
                    SLOW => return false,
                    _ => {
                        let c = char::from_u32(u32::from(unit)).unwrap_or(' ');
                        let joins = c == '\n' && after_return == n;
                        let breaks = letters::is_line_break(c) && !joins;
                        let two = n >= 2 && out[n - 2] == LINE && out[n - 1] == LINE;
                        let last = behind_blank.then(|| char::from(out[n - 1] as u8));
                        match Blank::behind(last, breaks, two) {
                            Blank::Another(to) => {
                                out[n] = to as u16;
                                n += 1;
                            }
                            Blank::Instead(to) => out[n - 1] = to as u16,
                        }
                        behind_blank = true;
                        if c == '\r' {
                            after_return = n;
                        }
                    }
                }
            }
        }
        out.truncate(n);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Rules;
    use crate::normalize::driver::tests::{rules, text};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn what_is_folded_is_what_the_driver_makes(text in text(), rules in rules()) {
            let normalizer = Normalizer::new(rules);
            let (units, mut out) = (text.encode_utf16().collect::<Vec<_>>(), Vec::new());
            if normalizer.fold_utf16(&units, &mut out) {
                prop_assert_eq!(String::from_utf16(&out).expect("whole"), normalizer.fold(&text));
            }
        }
    }

    #[test]
    fn a_form_that_becomes_a_mark_is_put_in_order() {
        let rules = [Rule::Shadda, Rule::Composition, Rule::PresentationForms];
        let normalizer = Normalizer::new(Rules::of(&rules));
        let text = "\u{64E}\u{FC5E}";
        assert_eq!(normalizer.fold(text), "\u{64C}\u{64E}");
        let units: Vec<_> = text.encode_utf16().collect();
        assert!(!normalizer.fold_utf16(&units, &mut Vec::new()));
    }

    #[test]
    fn it_folds_news_and_leaves_the_rest() {
        let normalizer = Normalizer::new(crate::normalize::Profile::Search.rules());
        let folds = |text: &str| {
            let units: Vec<_> = text.encode_utf16().collect();
            normalizer.fold_utf16(&units, &mut Vec::new())
        };
        assert!(folds("قال «أحمد»: وصلنا  \r\n إلى ٣٠٪ جدّاً… 😀"));
        assert!(!folds("ا\u{654}") && !folds("\u{FDFA}"));
    }
}
