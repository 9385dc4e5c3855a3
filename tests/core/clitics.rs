//! Clitics: proclitics for look-ups, and readings of whole words, against tables and laws.

use std::fmt::Write;

use nasij::lexicon::Stems;
use nasij::segment::clitics::{Article, Letters, Reading, analyses, best, ranked, readings};
use proptest::prelude::*;

use crate::generate;
use crate::tables::{cases, report, text, texts};

fn letters(word: &str) -> Letters {
    Letters::of(word).unwrap_or_else(|| panic!("{word} has other letters"))
}

fn read(word: &str) -> Reading {
    best(letters(word), Stems::shipped())
}

mod golden {
    use super::*;

    const READINGS: &str = include_str!("../golden/readings.toml");

    /// `و+بوتين`; `ل+(ا)لصين` where the stem's article lost its alef.
    #[test]
    fn proclitics() {
        let cases = cases(include_str!("../golden/clitics.toml"));
        assert!(cases.len() >= 80);
        let mut wrong = String::new();
        for case in &cases {
            let word = text(case, "text");
            let found: Vec<_> = analyses(word)
                .map(|a| {
                    let (prefix, stem) = word.split_at(a.prefix);
                    let alef = if a.article { "(ا)" } else { "" };
                    format!("{prefix}+{alef}{stem}")
                })
                .collect();
            if found != texts(case, "analyses") {
                let _ = writeln!(wrong, "{}: {found:?}", case["name"]);
            }
        }
        report(&wrong);
    }

    #[test]
    fn what_looks_as_if_it_had_clitics() {
        let file: toml::Table = READINGS.parse().expect("TOML");
        let words = texts(&file, "whole");
        assert!(words.len() >= 200);
        let mut wrong = String::new();
        for word in words {
            let reading = read(word);
            if !reading.is_whole() || reading.restored(word) != word {
                let _ = writeln!(wrong, "{}", reading.spelt(word));
            }
        }
        report(&wrong);
    }

    #[test]
    fn clitics_and_stems() {
        let cases = cases(READINGS);
        assert!(cases.len() >= 150);
        let mut wrong = String::new();
        for case in &cases {
            let word = text(case, "text");
            let reading = read(word);
            let found = (reading.spelt(word), reading.restored(word));
            if found.0 != text(case, "reading") || found.1 != text(case, "stem") {
                let _ = writeln!(wrong, "{word}: {found:?}");
            }
        }
        report(&wrong);
    }

    /// All readings, the preferred one first.
    #[test]
    fn words_that_are_more_than_one_thing() {
        let cases = cases(include_str!("../golden/ambiguous.toml"));
        let mut wrong = String::new();
        for case in &cases {
            let word = text(case, "text");
            let found: Vec<_> = ranked(letters(word), Stems::shipped())
                .iter()
                .map(|r| format!("{} ({})", r.spelt(word), r.restored(word)))
                .collect();
            if found != texts(case, "readings") {
                let _ = writeln!(wrong, "{word}: {found:?}");
            }
        }
        report(&wrong);
    }

    #[test]
    fn articles() {
        for (word, article) in [
            ("الصين", Article::Written),
            ("للصين", Article::Joined),
            ("للغة", Article::Merged),
            ("للبنان", Article::None),
            ("ألمانيا", Article::None),
            ("التقى", Article::None),
        ] {
            assert_eq!(read(word).article, article, "{word}");
        }
    }
}

mod laws {
    use super::*;

    /// A word of Arabic letters, now and then with marks between them.
    fn word() -> impl Strategy<Value = String> {
        let letter = proptest::sample::select(
            "ااأإآٱبتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤپچڤگژ"
                .chars()
                .collect::<Vec<_>>(),
        );
        let stem = proptest::collection::vec(letter, 1..9).prop_map(String::from_iter);
        let before =
            proptest::sample::select(&["", "", "و", "ف", "ب", "ال", "وال", "لل", "وبال", "فس"][..]);
        let behind = proptest::sample::select(&["", "", "ه", "ها", "هما", "ني", "ته", "وه"][..]);
        (before, stem, behind).prop_map(|(b, s, e)| format!("{b}{s}{e}"))
    }

    proptest! {
        #[test]
        fn proclitics_keep_the_word(word in generate::text()) {
            let all: Vec<_> = analyses(&word).collect();
            for (i, a) in all.iter().enumerate() {
                prop_assert!(word.is_char_boundary(a.prefix) && a.prefix < word.len());
                prop_assert!(word[..a.prefix].chars().all(|c| "وفبكلس".contains(c)));
                prop_assert!(!all[..i].contains(a));
            }
        }

        #[test]
        fn pieces_are_the_word(word in word(), noise in proptest::collection::vec(0_u8..12, 1..30)) {
            let word = generate::disguise(&word, &noise);
            let all: Vec<_> = readings(letters(&word));
            prop_assert!(all[0].is_whole());
            prop_assert_eq!(all[0].restored(&word), word.as_str());
            for (i, reading) in all.iter().enumerate() {
                let p = reading.pieces(&word);
                let parts = [&p.conjunction, &p.particle, &p.stem, &p.pronoun];
                prop_assert_eq!(parts.map(|r| &word[r.clone()]).concat(), word.as_str());
                prop_assert!(!p.stem.is_empty());
                prop_assert_eq!(p.conjunction.is_empty(), reading.conjunction.is_none());
                prop_assert_eq!(p.particle.is_empty(), reading.particle.is_none());
                prop_assert_eq!(p.pronoun.is_empty(), reading.pronoun == 0);
                prop_assert!(!all[..i].contains(reading));
            }
        }

        #[test]
        fn a_restored_stem_is_the_stem(word in word()) {
            for reading in readings(letters(&word)) {
                let restored = letters(&reading.restored(&word));
                let article = if reading.article == Article::None { 0 } else { 2 };
                prop_assert_eq!(
                    restored.part(article, restored.len()).bare(),
                    reading.stem(letters(&word))
                );
            }
        }

        #[test]
        fn marks_change_nothing(word in word(), noise in proptest::collection::vec(0_u8..12, 1..30)) {
            let hidden = generate::disguise(&word, &noise);
            prop_assert_eq!(read(&hidden), read(&word));
        }

        #[test]
        fn the_best_is_the_first(word in word()) {
            let all = ranked(letters(&word), Stems::shipped());
            prop_assert_eq!(all[0], read(&word));
            prop_assert_eq!(all.len(), readings(letters(&word)).len());
        }

        #[test]
        fn nothing_is_too_strange(text in generate::text()) {
            if let Some(word) = Letters::of(&text) {
                let reading = best(word, Stems::shipped());
                let pieces = reading.pieces(&text);
                prop_assert!(!text[pieces.stem].is_empty());
            }
        }
    }

    #[test]
    fn what_is_no_word_has_no_letters() {
        for text in ["", "a", "كa", "\u{64B}", "ـ", "3", "و و"] {
            assert_eq!(Letters::of(text), None, "{text:?}");
        }
        assert!(Letters::of(&"م".repeat(Letters::MOST)).is_some());
        assert_eq!(Letters::of(&"م".repeat(Letters::MOST + 1)), None);
    }
}
