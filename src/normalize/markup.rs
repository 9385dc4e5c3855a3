//! Markup within what was emitted: where it ends, the driver takes it back.

use super::alignment::Track;
use super::composition;
use super::driver::{Driver, before, utf8};
use super::html::{self, Tag};
use super::rules::Rule;

impl<T: Track> Driver<'_, T> {
    /// Where in what was emitted markup may begin with `open`, at most `within` bytes back: not
    /// behind very many marks, which would be put in order anew for each mark behind it.
    fn back_to(&self, open: u8, within: usize) -> Option<usize> {
        let from = self.out.len().saturating_sub(within);
        let found = self.out[from..].iter().rposition(|&b| b == open);
        let at = found.map(|i| from + i)?;
        (!self.has(Rule::Composition) || self.marks_before(at) <= html::MOST_MARKS).then_some(at)
    }

    /// How many marks end where `at` begins, or one more than are asked for.
    fn marks_before(&self, mut at: usize) -> usize {
        let mark = |at| before(&self.out, at).filter(|&c| composition::class(c) != 0);
        let marks = std::iter::from_fn(|| mark(at).inspect(|c| at -= c.len_utf8()));
        marks.take(html::MOST_MARKS + 1).count()
    }

    /// Takes the markup that what was emitted ends with. A loop, for what a reference stands for
    /// can end another: `&amp;lt;`.
    pub(super) fn reduce(&mut self) {
        while self.out.ends_with(b";") {
            if !self.reference() {
                return;
            }
        }
        if self.out.ends_with(b">") {
            self.tag();
        }
    }

    fn reference(&mut self) -> bool {
        let Some(at) = self.back_to(b'&', html::LONGEST_REFERENCE) else {
            return false;
        };
        let Some(read) = html::reference(utf8(&self.out[at..])) else {
            return false;
        };
        self.track.fired(Rule::Html);
        let span = self.take_back(at);
        for c in read.chars() {
            self.fold(c, span);
        }
        true
    }

    fn tag(&mut self) {
        let end = self.out.len() - 1;
        let Some(at) = self.back_to(b'<', html::LONGEST_TAG) else {
            return;
        };
        let tag = html::tag(utf8(&self.out[at + 1..end]));
        if tag != Tag::None {
            self.track.fired(Rule::Html);
            let span = self.take_back(at);
            if tag == Tag::Block {
                self.emit('\n', span);
            }
        }
    }
}
