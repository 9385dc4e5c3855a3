//! Rules and profiles against a table, and the laws of folding and alignment.

use std::fmt::Write;

use nasij::normalize::{Alignment, Normalizer, Profile, Rule, Rules};
use nasij::text::Span;
use nasij::text::letters::is_combining;
use proptest::prelude::*;

use crate::generate;
use crate::tables::{cases, report, text, texts};

const PROFILES: [&str; 4] = ["none", "light", "search", "aggressive"];

fn span(start: usize, end: usize) -> Span {
    Span::new(start, end)
}

fn rules() -> impl Strategy<Value = Rules> {
    let any = proptest::sample::subsequence(Rule::ALL.to_vec(), 0..=Rule::ALL.len());
    let profiles = proptest::sample::select(&PROFILES[..]);
    prop_oneof![
        2 => any.prop_map(|rules| Rules::of(&rules)),
        1 => profiles.prop_map(|name| Profile::from_name(name).expect("a profile").rules()),
    ]
}

/// Rules of one character each: with these every span obeys the slice law that cuts no expansion.
fn plain_rules() -> impl Strategy<Value = Rules> {
    let looks_back = [
        Rule::Composition,
        Rule::Whitespace,
        Rule::Repeats,
        Rule::Html,
    ];
    rules().prop_map(move |r| r.with_all(Rules::of(&looks_back), false))
}

/// The characters of a normalized text, each expansion as one: the places where it may be cut.
fn cuts(normalized: &str, alignment: &Alignment) -> Vec<usize> {
    let mut at = 0;
    let mut all = vec![0];
    for c in normalized.chars() {
        let end = at + c.len_utf8();
        let cut = end == normalized.len()
            || alignment.to_original(span(at, end)) != alignment.to_original(span(end, end + 1));
        if cut {
            all.push(end);
        }
        at = end;
    }
    all
}

/// Whether a cut at `at` parts a run of blanks or of one letter, or a letter from its marks.
fn parts_a_run(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    before == after || (before.is_whitespace() && after.is_whitespace()) || is_combining(after)
}

mod golden {
    use super::*;

    #[test]
    fn normalize() {
        let cases = cases(include_str!("../golden/normalize.toml"));
        assert!(cases.len() >= 80);
        let mut wrong = String::new();
        for case in &cases {
            let rules = if case.contains_key("profile") {
                Profile::from_name(text(case, "profile"))
                    .expect("a profile")
                    .rules()
            } else {
                let names = texts(case, "rules");
                let rules = names.iter().map(|n| Rules::named(n).expect("a rule"));
                rules.fold(Rules::default(), |all, some| all.with_all(some, true))
            };
            let found = Normalizer::new(rules).fold(text(case, "text")).into_owned();
            if found != text(case, "normalized") {
                let _ = writeln!(wrong, "{}: {found:?}", case["name"]);
            }
        }
        report(&wrong);
    }

    #[test]
    fn every_rule_has_its_cases() {
        let cases = cases(include_str!("../golden/normalize.toml"));
        for rule in Rule::ALL {
            let named = |c: &&toml::Table| {
                c.contains_key("rules") && texts(c, "rules").contains(&rule.name())
            };
            assert!(cases.iter().filter(named).count() >= 3, "{}", rule.name());
        }
    }
}

mod idempotent {
    use super::*;

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in generate::text(), rules in rules()) {
            let normalizer = Normalizer::new(rules);
            let once = normalizer.fold(&text).into_owned();
            prop_assert_eq!(normalizer.fold(&once).into_owned(), once);
        }

        #[test]
        fn fold_is_the_text_of_normalize(text in generate::text(), rules in rules()) {
            let normalizer = Normalizer::new(rules);
            let normalized = normalizer.normalize(&text).expect("short");
            prop_assert_eq!(normalizer.fold(&text).into_owned(), normalized.text);
        }
    }

    #[test]
    fn every_character_is_folded_to_the_end() {
        for profile in PROFILES {
            let normalizer = Normalizer::profile(Profile::from_name(profile).expect("a profile"));
            for c in (0..0x2_0000).filter_map(char::from_u32).map(String::from) {
                let once = normalizer.fold(&c).into_owned();
                assert_eq!(normalizer.fold(&once), once, "{profile} {c:?}");
            }
        }
    }

    #[test]
    fn nothing_to_do_borrows() {
        let normalizer = Normalizer::profile(Profile::Light);
        let folded = normalizer.fold("لا شيء هنا يتغير");
        assert!(matches!(folded, std::borrow::Cow::Borrowed(_)));
    }
}

mod slice {
    use super::*;

    fn holds(
        text: &str,
        rules: Rules,
        cut: impl Fn(&str, usize) -> bool,
    ) -> Result<(), TestCaseError> {
        let normalizer = Normalizer::new(rules);
        let n = normalizer.normalize(text).expect("short");
        let cuts: Vec<_> = cuts(&n.text, &n.alignment)
            .into_iter()
            .filter(|&at| cut(&n.text, at))
            .collect();
        for (i, &start) in cuts.iter().enumerate() {
            for &end in &cuts[i + 1..] {
                let original = n.alignment.to_original(span(start, end));
                let slice = text.get(original.range());
                prop_assert!(slice.is_some(), "{original:?} is on no boundary");
                let again = normalizer.fold(original.of(text)).into_owned();
                prop_assert_eq!(
                    &again,
                    &n.text[start..end],
                    "{:?} of {:?}",
                    original.of(text),
                    text
                );
                prop_assert_eq!(n.alignment.to_normalized(original), span(start, end));
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn rules_of_one_character_hold_everywhere(text in generate::text(), rules in plain_rules()) {
            holds(&text, rules, |_, _| true)?;
        }

        #[test]
        fn markup_holds_everywhere(text in generate::text(), rules in plain_rules()) {
            holds(&text, rules.with(Rule::Html, true), |_, _| true)?;
        }

        #[test]
        fn runs_hold_where_none_is_parted(text in generate::text(), rules in rules()) {
            holds(&text, rules, |text, at| !parts_a_run(text, at))?;
        }
    }
}

mod alignment {
    use super::*;

    proptest! {
        #[test]
        fn is_monotone_and_covers(text in generate::text(), rules in rules()) {
            let normalizer = Normalizer::new(rules);
            let n = normalizer.normalize(&text).expect("short");
            let mut before = span(0, 0);
            for (at, c) in n.text.char_indices() {
                let original = n.alignment.to_original(span(at, at + c.len_utf8()));
                prop_assert!(text.get(original.range()).is_some());
                prop_assert!(!original.is_empty());
                prop_assert!(before.start <= original.start && before.end <= original.end);
                before = original;
            }
            let whole = n.alignment.to_original(span(0, n.text.len()));
            prop_assert!(n.text.is_empty() || whole.end as usize == text.len());
            prop_assert!(n.alignment.edits() <= text.chars().count() + 1);
        }

        #[test]
        fn goes_there_and_back(text in generate::text(), rules in rules()) {
            let normalizer = Normalizer::new(rules);
            let n = normalizer.normalize(&text).expect("short");
            let mut before = 0;
            for (at, c) in text.char_indices() {
                let original = span(at, at + c.len_utf8());
                let there = n.alignment.to_normalized(original);
                prop_assert!(n.text.get(there.range()).is_some());
                prop_assert!(before <= there.start);
                before = there.start;
                if !there.is_empty() {
                    let back = n.alignment.to_original(there);
                    prop_assert!(back.start <= original.start && original.end <= back.end);
                }
            }
        }

        #[test]
        fn forward_is_the_same(text in generate::text(), rules in rules()) {
            let normalizer = Normalizer::new(rules);
            let n = normalizer.normalize(&text).expect("short");
            let mut forward = n.alignment.forward();
            for (at, word) in text.split_inclusive(' ').scan(0, |at, word| {
                *at += word.len();
                Some((*at - word.len(), word))
            }) {
                let original = span(at, at + word.len());
                prop_assert_eq!(forward.to_normalized(original), n.alignment.to_normalized(original));
            }
        }

        #[test]
        fn any_span_has_an_answer(text in generate::text(), rules in rules(), a in 0_u32..200, b in 0_u32..200) {
            let n = Normalizer::new(rules).normalize(&text).expect("short");
            let asked = Span { start: a.min(b), end: a.max(b) };
            let original = n.alignment.to_original(asked);
            prop_assert!(original.start <= original.end && original.end as usize <= text.len());
            let normalized = n.alignment.to_normalized(asked);
            prop_assert!(normalized.start <= normalized.end && normalized.end as usize <= n.text.len());
        }
    }

    /// e and a tilde are as long as ẽ, and ẽ is no place to cut.
    #[test]
    fn a_letter_and_its_mark_are_one_even_where_as_long() {
        let normalizer = Normalizer::new(Rules::of(&[Rule::Composition]));
        let n = normalizer.normalize("كe\u{303}ل").expect("short");
        assert_eq!(n.text, "ك\u{1EBD}ل");
        for original in [span(2, 3), span(3, 5), span(2, 5)] {
            assert_eq!(n.alignment.to_normalized(original), span(2, 5));
        }
        assert_eq!(n.alignment.to_original(span(2, 5)), span(2, 5));
    }

    #[test]
    fn letters_as_long_need_no_edit() {
        let normalizer = Normalizer::new(Rules::of(&[Rule::Harakat, Rule::Alef]));
        let n = normalizer.normalize("أكد أحمد إنه آت").expect("short");
        assert_eq!(n.alignment.edits(), 0);
    }
}

mod audit {
    use super::*;

    proptest! {
        #[test]
        fn nothing_fires_where_nothing_changes(text in generate::text(), rules in rules()) {
            let normalizer = Normalizer::new(rules);
            let fired = normalizer.audit(&text);
            prop_assert_eq!(fired.is_empty(), normalizer.fold(&text) == text);
            prop_assert!(fired.iter().all(|(rule, count)| rules.has(*rule) && *count > 0));
        }

        #[test]
        fn a_rule_left_out_that_did_not_fire_changes_nothing(text in generate::text(), rules in rules()) {
            let normalizer = Normalizer::new(rules);
            let fired: Vec<_> = normalizer.audit(&text).iter().map(|f| f.0).collect();
            let fewer = Normalizer::new(Rules::of(&fired));
            prop_assert_eq!(fewer.fold(&text), normalizer.fold(&text));
        }
    }
}

mod linear {
    use std::time::{Duration, Instant};

    use super::*;

    fn time(normalizer: &Normalizer, unit: &str, len: usize) -> Duration {
        let text = unit.repeat(len / unit.len()) + ";>";
        let begin = Instant::now();
        normalizer.normalize(&text).expect("short");
        begin.elapsed()
    }

    #[test]
    fn no_text_is_quadratic() {
        let normalizer = Normalizer::new(Rules::of(&Rule::ALL));
        for unit in generate::HOSTILE {
            let linear = (0..3).any(|_| {
                let small = time(&normalizer, unit, 1 << 16).max(Duration::from_millis(25));
                time(&normalizer, unit, 1 << 19) < small * 24
            });
            assert!(linear, "{unit:?}");
        }
    }
}
