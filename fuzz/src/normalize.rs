use std::cell::RefCell;
use std::collections::HashMap;

use nasij::normalize::{Alignment, Normalizer, Rule, Rules};
use nasij::text::Span;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// The first four bytes choose the rules, the rest is the text.
pub fn normalize(data: &[u8]) {
    let Some((bits, text)) = data.split_first_chunk() else {
        return;
    };
    let rules = rules(u32::from_le_bytes(*bits));
    let text = String::from_utf8_lossy(text);
    with(rules, |normalizer| check(normalizer, rules, &text));
}

fn rules(bits: u32) -> Rules {
    let on = |i: usize| bits >> i & 1 == 1;
    let chosen = Rule::ALL.into_iter().enumerate().filter(|(i, _)| on(*i));
    Rules::of(&chosen.map(|(_, rule)| rule).collect::<Vec<_>>())
}

/// Compiling a set of rules takes longer than a short text.
fn with(rules: Rules, work: impl FnOnce(&Normalizer)) {
    thread_local!(static KNOWN: RefCell<HashMap<Rules, Normalizer>> = RefCell::default());
    KNOWN.with_borrow_mut(|known| {
        if known.len() > 500 {
            known.clear();
        }
        work(known.entry(rules).or_insert_with(|| Normalizer::new(rules)));
    });
}

fn check(normalizer: &Normalizer, rules: Rules, text: &str) {
    let once = normalizer.fold(text);
    assert_eq!(normalizer.fold(&once), once, "folding twice");
    let done = normalizer.normalize(text).expect("short");
    assert_eq!(done.text, once, "fold and normalize");
    let (units, mut out) = (text.encode_utf16().collect::<Vec<_>>(), Vec::new());
    if normalizer.fold_utf16(&units, &mut out) {
        let out = String::from_utf16(&out).expect("whole characters");
        assert_eq!(out, once, "fold over UTF-16");
    }
    slices(normalizer, rules, text, &done.text, &done.alignment);
    back_and_forth(text, &done.text, &done.alignment);
    let fired = normalizer.audit(text);
    assert_eq!(fired.is_empty(), once == text, "audit");
    assert!(fired.iter().all(|(rule, n)| rules.has(*rule) && *n > 0));
}

/// The slice law, for spans that cut nothing the rules see as one.
fn slices(normalizer: &Normalizer, rules: Rules, text: &str, done: &str, alignment: &Alignment) {
    let looks_back = [Rule::Composition, Rule::Whitespace, Rule::Repeats];
    let looks_back = looks_back.into_iter().any(|r| rules.has(r));
    let cuts: Vec<usize> = cuts(done, alignment)
        .into_iter()
        .filter(|&at| !looks_back || !parts_a_run(done, at))
        .collect();
    let last = cuts.len().saturating_sub(1);
    for (i, &start) in cuts.iter().enumerate() {
        for j in [i + 1, i + 2, i + 3, i + 9, last] {
            let Some(&end) = cuts.get(j).filter(|_| j > i) else {
                continue;
            };
            let span = Span::new(start, end);
            let original = alignment.to_original(span);
            let slice = text.get(original.range()).expect("on boundaries");
            assert_eq!(normalizer.fold(slice), &done[start..end], "slice {slice:?}");
            assert_eq!(alignment.to_normalized(original), span, "the way back");
        }
    }
}

/// The characters of a normalized text, each expansion as one: the places where it may be cut.
fn cuts(done: &str, alignment: &Alignment) -> Vec<usize> {
    let mut all = vec![0];
    for (at, c) in done.char_indices() {
        let end = at + c.len_utf8();
        let here = alignment.to_original(Span::new(at, end));
        if end == done.len() || here != alignment.to_original(Span::new(end, end + 1)) {
            all.push(end);
        }
    }
    all
}

/// Whether a cut parts a run of blanks or of one letter, or a letter from its marks.
fn parts_a_run(done: &str, at: usize) -> bool {
    let before = done[..at].chars().next_back();
    let after = done[at..].chars().next();
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    let composes = is_nfc_quick(std::iter::once(after)) != IsNormalized::Yes;
    before == after
        || before.is_whitespace() && after.is_whitespace()
        || canonical_combining_class(after) != 0
        || composes
}

/// Spans grow on the way there and back, never shrink, and lie in order on boundaries.
fn back_and_forth(text: &str, done: &str, alignment: &Alignment) {
    let mut before = Span::default();
    for (at, c) in done.char_indices() {
        let original = alignment.to_original(Span::new(at, at + c.len_utf8()));
        assert!(text.get(original.range()).is_some_and(|s| !s.is_empty()));
        assert!(before.start <= original.start && before.end <= original.end);
        before = original;
    }
    let mut before = 0;
    for (at, c) in text.char_indices() {
        let original = Span::new(at, at + c.len_utf8());
        let there = alignment.to_normalized(original);
        assert!(done.get(there.range()).is_some());
        assert!(before <= there.start);
        before = there.start;
        if !there.is_empty() {
            let back = alignment.to_original(there);
            assert!(back.start <= original.start && original.end <= back.end);
        }
    }
}
