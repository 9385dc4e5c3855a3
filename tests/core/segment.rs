//! Sentences and tokens against tables of real phenomena, and the law of partition.

use std::fmt::Write;

use nasij::segment::{Sentence, Token, sentences, tokens};
use proptest::prelude::*;

use crate::generate;
use crate::tables::{cases, report, text, texts};

fn cut_sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    sentences(text, &mut out);
    out
}

fn cut_tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    tokens(text, &mut out);
    out
}

mod golden {
    use super::*;

    #[test]
    fn sentences() {
        let cases = cases(include_str!("../golden/sentences.toml"));
        assert!(cases.len() >= 300);
        let mut wrong = String::new();
        for case in &cases {
            let text_ = text(case, "text");
            let cut = cut_sentences(text_);
            let found: Vec<_> = cut.iter().map(|s| s.span.of(text_)).collect();
            let expected = texts(case, "sentences");
            assert_eq!(expected.concat(), text_, "{}", case["name"]);
            if found != expected {
                let _ = writeln!(wrong, "{}:\n  {found:?}", case["name"]);
            }
            if let Some(paragraphs) = case.get("paragraphs") {
                let found: Vec<_> = cut.iter().map(|s| i64::from(s.paragraph)).collect();
                let paragraphs = paragraphs.as_array().expect("a list");
                let expected: Vec<_> = paragraphs
                    .iter()
                    .filter_map(toml::Value::as_integer)
                    .collect();
                if found != expected {
                    let _ = writeln!(wrong, "{}: paragraphs {found:?}", case["name"]);
                }
            }
        }
        report(&wrong);
    }

    #[test]
    fn tokens() {
        let cases = cases(include_str!("../golden/tokens.toml"));
        assert!(cases.len() >= 400);
        let mut wrong = String::new();
        for case in &cases {
            let text_ = text(case, "text");
            let cut = cut_tokens(text_);
            let found: Vec<_> = cut.iter().map(|t| t.span.of(text_)).collect();
            let kinds: Vec<_> = cut.iter().map(|t| t.kind.name()).collect();
            if found != texts(case, "tokens") || kinds != texts(case, "kinds") {
                let _ = writeln!(wrong, "{}:\n  {found:?}\n  {kinds:?}", case["name"]);
            }
        }
        report(&wrong);
    }
}

mod partition {
    use super::*;

    proptest! {
        #[test]
        fn sentences_are_the_text(text in generate::text()) {
            let cut = cut_sentences(&text);
            let mut at = 0;
            let mut paragraph = 0;
            for s in &cut {
                prop_assert_eq!(s.span.range().start, at);
                prop_assert!(!s.span.is_empty());
                prop_assert!(text.is_char_boundary(s.span.range().end));
                prop_assert!(s.paragraph == paragraph || s.paragraph == paragraph + 1);
                at = s.span.range().end;
                paragraph = s.paragraph;
            }
            prop_assert_eq!(at, text.len());
            prop_assert_eq!(cut.first().map_or(0, |s| s.paragraph), 0);
        }

        /// A line break is one whether it is written as one character or two.
        #[test]
        fn carriage_returns_change_no_sentence(text in generate::text()) {
            let unix = text.replace('\r', "");
            let windows = unix.replace('\n', "\r\n");
            let cut = |text: &str| -> Vec<_> {
                let line_ends = |s: &Sentence| (s.span.of(text).replace('\r', ""), s.paragraph);
                cut_sentences(text).iter().map(line_ends).collect()
            };
            prop_assert_eq!(cut(&unix), cut(&windows));
        }

        /// Whatever stands open before it.
        #[test]
        fn a_blank_line_ends_a_sentence(before in generate::text()) {
            let before = format!("خبر {}", before.trim_end());
            let text = format!("{before}\n\nخبر");
            let last = cut_sentences(&text).pop().expect("a sentence");
            prop_assert_eq!(last.span.of(&text), "خبر");
        }

        #[test]
        fn tokens_and_gaps_are_the_text(text in generate::text()) {
            let mut at = 0;
            for t in cut_tokens(&text) {
                let range = t.span.range();
                prop_assert!(!range.is_empty() && at <= range.start);
                prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                // What lies between is nothing a reader sees.
                prop_assert!(text[at..range.start].chars().all(generate::unseen));
                at = range.end;
            }
            prop_assert!(text[at..].chars().all(generate::unseen));
        }

        #[test]
        fn what_was_there_stays(text in generate::text()) {
            let mut out = cut_sentences("قبل. بعد.");
            let before = out.clone();
            sentences(&text, &mut out);
            prop_assert_eq!(&out[..before.len()], &before[..]);
            prop_assert_eq!(&out[before.len()..], &cut_sentences(&text)[..]);
        }
    }
}

mod linear {
    use std::time::{Duration, Instant};

    use super::*;

    /// What tempts the reading of tokens ahead.
    const AHEAD: [&str; 22] = [
        "@",
        "#",
        "#1",
        "#_",
        "-",
        "_",
        "1,",
        "1-",
        "1:",
        "1/1-",
        "%5",
        "a-",
        "a@a.",
        "a.a@",
        "www.)",
        "http://\"",
        "x.com ",
        "x.com/(",
        "د.",
        "م. 1 ",
        "ب\u{200F}",
        "😀\u{301}",
    ];

    fn time(unit: &str, len: usize) -> Duration {
        let text = unit.repeat(len / unit.len());
        let begin = Instant::now();
        cut_sentences(&text);
        cut_tokens(&text);
        begin.elapsed()
    }

    /// Eight times the text would take quadratic work sixty-four times as long. Machines waver:
    /// one quiet run of three is enough.
    #[test]
    fn no_text_is_quadratic() {
        let stops = ["ا ب ج.. ", "بي. ", "1. 2 ", ".\u{A0}", "«ا…» "];
        for unit in generate::HOSTILE.iter().chain(&AHEAD).chain(&stops) {
            let linear = (0..3).any(|_| {
                let small = time(unit, 1 << 16).max(Duration::from_millis(25));
                time(unit, 1 << 19) < small * 24
            });
            assert!(linear, "{unit:?}");
        }
    }
}
