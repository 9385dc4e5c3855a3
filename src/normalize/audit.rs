//! Which rules changed a text, and how often.

use super::alignment::Track;
use super::driver::Normalizer;
use super::rules::{Rule, Rules};
use crate::text::Span;

impl Normalizer {
    /// How often each rule of the set changed something in a text, in the order of the rules;
    /// those that changed nothing are left out.
    ///
    /// A character that two rules change in turn (ﻷ: its form, then its hamza) counts for both; a
    /// run of blanks counts once for each blank that went or became another.
    pub fn audit(&self, text: &str) -> Vec<(Rule, u64)> {
        let (_, tally) = self.drive(text, Vec::new(), Tally::default());
        let counts = Rule::ALL.into_iter().zip(tally.0);
        counts.filter(|(_, count)| *count > 0).collect()
    }
}

/// Counts what fires and records no places.
#[derive(Default)]
struct Tally([u64; Rule::ALL.len()]);

impl Track for Tally {
    const ON: bool = false;
    const EVERY: bool = true;

    fn linear(&mut self, _: usize, _: usize) {}

    fn push(&mut self, _: usize, _: Span) {}

    fn pop(&mut self, _: usize) -> Span {
        Span::default()
    }

    fn fired(&mut self, rule: Rule) {
        self.0[rule as usize] += 1;
    }

    fn folded(&mut self, rules: Rules, c: char) {
        if !c.is_ascii() {
            rules.apply(c, &mut |rule| self.fired(rule));
        }
    }
}
