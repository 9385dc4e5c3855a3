//! The laws that hold across stages: where mentions lie, that threads, chunks and shards change
//! nothing, and that every count leads to its sentences.

use std::sync::{Arc, OnceLock};

use nasij::cooccurrence::{Counted, NamedCounts};
use nasij::corpus::{Analysis, Asked, Job, Locator, Selection, Texts, Unit, Wanted, analyze};
use nasij::entities::{Document, EntityRef, Extractor, Scratch};
use nasij::lexicon::{Lexicon, fold};
use nasij::tagger::Tagger;
use nasij::text::CodePoints;
use proptest::prelude::*;

use crate::generate;

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| {
        Extractor::new(Arc::new(Lexicon::shipped().clone())).with_tagger(Tagger::shipped().cloned())
    })
}

fn extract(text: &str) -> Document {
    extractor()
        .extract(text, &mut Scratch::default())
        .expect("short")
}

fn corpus(texts: &[String]) -> Texts {
    let mut corpus = Texts::default();
    for text in texts {
        corpus.push(text);
    }
    corpus
}

fn analysis(texts: &[String], threads: Option<usize>) -> Analysis {
    let mut job = Job {
        threads,
        progress: &mut |_, _| true,
    };
    analyze(extractor(), &corpus(texts), &Wanted::default(), &mut job).expect("nothing stops it")
}

fn unit() -> impl Strategy<Value = Unit> {
    prop_oneof![
        Just(Unit::Sentence),
        Just(Unit::Paragraph),
        Just(Unit::Document),
        (1_u32..=50).prop_map(Unit::Window),
        (1_u32..=50).prop_map(Unit::Around),
    ]
}

mod mentions {
    use super::*;

    fn check(text: &str, document: &Document) -> Result<(), TestCaseError> {
        let mut at = 0;
        let mut token = 0;
        let mut seen = vec![false; document.entities.len()];
        for m in &document.mentions {
            let surface = text.get(m.span.range());
            prop_assert!(surface.is_some_and(|s| !s.trim().is_empty()), "{m:?}");
            prop_assert_eq!(m.prefix.end, m.span.start);
            prop_assert!(text.get(m.prefix.range()).is_some());
            prop_assert!(at <= m.prefix.start, "{:?} overlaps", m);
            let clitics = fold(m.prefix.of(text));
            prop_assert!(clitics.chars().all(|c| "وفبكلس".contains(c)), "{clitics:?}");
            let sentence = document.sentences[m.sentence as usize].span;
            prop_assert!(sentence.start <= m.prefix.start && m.span.end <= sentence.end);
            prop_assert!(token <= m.tokens.0 && m.tokens.0 < m.tokens.1);
            prop_assert!(m.tokens.1 <= document.tokens);
            if let Some(role) = m.role.map(|r| r.span) {
                prop_assert!(text.get(role.range()).is_some_and(|r| !r.trim().is_empty()));
                prop_assert!(role.end <= m.prefix.start || m.span.end <= role.start);
                prop_assert!(sentence.start <= role.start && role.end <= sentence.end);
            }
            seen[m.entity as usize] = true;
            (at, token) = (m.span.end, m.tokens.1);
        }
        prop_assert!(seen.iter().all(|s| *s), "an entity without a mention");
        Ok(())
    }

    #[test]
    fn a_quotation_over_two_lines_is_no_name() {
        for text in ["نشر موقع \"الميناء\nالبعيد\" صورا", "موقع \"س\nز\""]
        {
            check(text, &extract(text)).expect("mentions lie in their sentences");
        }
    }

    /// What a reader is told of each mention.
    fn told(text: &str, document: &Document) -> Vec<(String, String, Option<String>, EntityRef)> {
        let told = document.mentions.iter().map(|m| {
            let entity = match &document.entities[m.entity as usize] {
                EntityRef::Named {
                    entity_type,
                    subtype,
                    key,
                    ..
                } => EntityRef::Named {
                    entity_type: *entity_type,
                    subtype: subtype.clone(),
                    key: key.clone(),
                    name: String::new(),
                },
                known => known.clone(),
            };
            let role = m.role.map(|r| fold(&r.of(text)));
            (fold(m.prefix.of(text)), fold(m.span.of(text)), role, entity)
        });
        told.collect()
    }

    proptest! {
        #[test]
        fn lie_in_their_sentences_apart(text in generate::article(true)) {
            check(&text, &extract(&text))?;
        }

        #[test]
        fn of_anything_too(text in generate::text()) {
            check(&text, &extract(&text))?;
        }

        #[test]
        fn marks_and_tatweel_hide_nothing(
            text in generate::article(false),
            noise in proptest::collection::vec(0_u8..24, 1..60),
        ) {
            let hidden = generate::disguise(&text, &noise);
            let document = extract(&hidden);
            check(&hidden, &document)?;
            prop_assert_eq!(told(&hidden, &document), told(&text, &extract(&text)));
        }

        #[test]
        fn a_scratch_used_before_changes_nothing(texts in proptest::collection::vec(generate::article(true), 1..4)) {
            let mut scratch = Scratch::default();
            for text in &texts {
                let reused = extractor().extract(text, &mut scratch).expect("short");
                prop_assert_eq!(reused, extract(text));
            }
        }
    }
}

mod merge {
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn threads_change_nothing(texts in generate::articles(), threads in 2_usize..5) {
            let one = analysis(&texts, Some(1)).to_bytes().expect("bytes");
            prop_assert_eq!(analysis(&texts, Some(threads)).to_bytes().expect("bytes"), one.clone());
            let read = Analysis::from_bytes(&one).expect("its own bytes");
            prop_assert_eq!(read.to_bytes().expect("bytes"), one);
        }

        #[test]
        fn shards_in_any_order_are_the_whole(
            (texts, order) in generate::articles().prop_flat_map(|texts| {
                let order: Vec<usize> = (0..texts.len()).collect();
                (Just(texts), Just(order).prop_shuffle())
            }),
            cuts in proptest::collection::vec(any::<bool>(), 8),
            unit in unit(),
        ) {
            let count = |texts: &[String]| NamedCounts::of(&analysis(texts, Some(1)), unit, Counted::Units, Selection::default());
            let mut shards: Vec<Vec<String>> = Vec::new();
            for (&i, &cut) in order.iter().zip(cuts.iter().cycle()) {
                match shards.last_mut() {
                    Some(shard) if !cut => shard.push(texts[i].clone()),
                    _ => shards.push(vec![texts[i].clone()]),
                }
            }
            let merged = shards
                .iter()
                .map(|shard| count(shard))
                .reduce(|a, b| a.merge(&b).expect("one unit"))
                .expect("a shard");
            let whole = count(&texts);
            prop_assert_eq!(merged.counts(), whole.counts());
            // A window shorter than a name counts it nowhere, so that its spelling is not kept.
            if !matches!(unit, Unit::Window(..20)) {
                prop_assert_eq!(merged.to_bytes().expect("bytes"), whole.to_bytes().expect("bytes"));
            }
        }
    }

    #[test]
    fn a_spelling_does_not_depend_on_the_order() {
        let texts = ["قال المهندس احمد الهاشمي.", "قال المهندس أحمد الهاشمي."].map(str::to_owned);
        let count = |texts: &[String]| {
            NamedCounts::of(
                &analysis(texts, Some(1)),
                Unit::Sentence,
                Counted::Units,
                Selection::default(),
            )
        };
        let merged = count(&texts[1..])
            .merge(&count(&texts[..1]))
            .expect("one unit");
        assert_eq!(merged, count(&texts));
    }

    /// Two chunks of the pipeline.
    #[test]
    fn chunks_change_nothing() {
        let pattern = "قال الرئيس الروسي فلاديمير بوتين إن الصين شريكة. وزار بوتين بكين أمس.\n";
        let texts: Vec<String> = (0..12)
            .map(|i| format!("{pattern}{}", "لا شيء هنا. ".repeat(40_000 + i)))
            .collect();
        let mut done = Vec::new();
        let mut job = Job {
            threads: Some(2),
            progress: &mut |documents, _| {
                done.push(documents);
                true
            },
        };
        let whole = analyze(extractor(), &corpus(&texts), &Wanted::default(), &mut job)
            .expect("nothing stops it");
        assert!(done.len() >= 2, "{done:?}");
        assert_eq!(done.last(), Some(&texts.len()));
        let one = analysis(&texts[..1], Some(1));
        let surfaces = |a: &Analysis, d: usize| -> Vec<_> {
            let rows = a.mentions_of(d).iter();
            rows.map(|m| (m.start, m.end, a.texts.list()[m.text as usize].clone()))
                .collect()
        };
        for d in 0..texts.len() {
            assert_eq!(surfaces(&whole, d), surfaces(&one, 0));
        }
    }
}

mod evidence {
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn is_what_was_counted(texts in generate::articles(), unit in unit()) {
            let analysis = analysis(&texts, Some(1));
            let named = NamedCounts::of(&analysis, unit, Counted::Units, Selection::default());
            let place = |e: u32| {
                let id = &analysis.entities[e as usize].id;
                named.entities().iter().position(|n| n.id == *id).map(|i| i as u32)
            };
            let entities = analysis.entities.len() as u32;
            for a in 0..entities {
                let single = place(a).map_or(0, |a| named.counts().single(a));
                let units = |b: Option<u32>| {
                    analysis.evidence(unit, Asked::Entity(a), b.map(Asked::Entity), Selection::default())
                };
                prop_assert_eq!(units(None).len() as u64, single);
                let by: Vec<u32> = analysis.mentions_by(a).to_vec();
                let of = |m: &u32| analysis.mentions[*m as usize].entity == a;
                let rows = 0..analysis.mentions.len() as u32;
                prop_assert_eq!(by, rows.filter(of).collect::<Vec<_>>());
                let first = analysis.first_units(unit, &[(a, None)], Selection::default(), 2);
                let first: Vec<_> = first.expect("threads").into_iter().map(|f| f.1).collect();
                prop_assert_eq!(&first[..], &units(None)[..first.len()]);
                for b in (0..entities).filter(|b| *b != a).take(6) {
                    let both = place(a).zip(place(b)).map_or(0, |(a, b)| named.counts().pair(a, b));
                    let places = units(Some(b));
                    prop_assert_eq!(places.len() as u64, both);
                    for p in &places {
                        let text = &texts[p.document as usize];
                        let rows = analysis.mentions_of(p.document as usize);
                        let (sentence, span) = Locator::new(text, unit, rows).locate(p.index);
                        prop_assert!(text.get(span.range()).is_some());
                        let (start, end) = CodePoints::new(text.as_str()).of_span(span);
                        for entity in [a, b] {
                            let held = rows.iter().any(|m| {
                                m.entity == entity
                                    && start <= m.start as usize
                                    && m.end as usize <= end
                                    && sentence <= m.sentence
                            });
                            prop_assert!(held, "{entity} is not in {:?}", span.of(text));
                        }
                    }
                }
            }
        }
    }
}

mod concordance {
    use nasij::corpus::{Width, contexts};

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn shows_whole_words_of_one_unit(
            texts in generate::articles(),
            size in 1_u32..60,
            by_words in any::<bool>(),
            within in prop_oneof![Just(Unit::Sentence), Just(Unit::Paragraph), Just(Unit::Document)],
        ) {
            let analysis = analysis(&texts, Some(1));
            let all: Vec<u32> = (0..analysis.mentions.len() as u32).rev().collect();
            let width = if by_words { Width::Words(size) } else { Width::CodePoints(size) };
            let found = contexts(&analysis, &corpus(&texts), &all, width, within).expect("threads");
            for (&m, context) in all.iter().zip(&found) {
                let m = &analysis.mentions[m as usize];
                let text: Vec<char> = texts[m.document as usize].chars().collect();
                let prefix = analysis.prefixes.list()[m.prefix as usize].chars().count() as u32;
                let index = CodePoints::new(&texts[m.document as usize]);
                let rows = analysis.mentions_of(m.document as usize);
                let paragraph = analysis.sentences_of(m.document as usize)[m.sentence as usize];
                let unit = if within == Unit::Sentence { m.sentence } else { paragraph };
                let locator = Locator::new(&texts[m.document as usize], within, rows);
                let (first, last) = index.of_span(locator.locate(unit).1);
                let (from, to) = (context.start as usize, context.end as usize);
                let (start, end) = ((m.start - prefix) as usize, m.end as usize);
                prop_assert!(first <= from && from <= start && end <= to && to <= last);
                prop_assert!(from == first || from == start || text[from - 1].is_whitespace());
                prop_assert!(to == last || to == end || text[to].is_whitespace());
                for part in [&text[from..start], &text[end..to]] {
                    let part: String = part.iter().collect();
                    let words = part.split_whitespace().filter(|w| w.contains(char::is_alphanumeric));
                    let size = size as usize;
                    let wide = if by_words { words.count() } else { part.chars().count() };
                    prop_assert!(wide <= size, "{part:?}");
                }
            }
        }
    }
}

mod growth {
    use std::time::{Duration, Instant};

    use super::*;

    /// A family name that no list has, and of which there are as many as one asks for.
    fn family(n: usize) -> String {
        let letters: Vec<char> = "بتثجدذرزسش".chars().collect();
        let digits = (0..5).map(|d| letters[n / 10_usize.pow(d) % 10]);
        format!("ق{}كف", digits.collect::<String>())
    }

    /// Spellings of one sound: they differ in their long vowels.
    fn alike(n: usize) -> String {
        let vowels = ["", "ا", "و", "ي"];
        let spelled = "برتسمشكر".chars().zip(0_u32..);
        let letters = spelled.flat_map(|(c, d)| [c.into(), vowels[n / 4_usize.pow(d) % 4].into()]);
        letters.collect::<Vec<String>>().concat()
    }

    fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
        (0..n).map(|i| line(i) + ".\n").collect()
    }

    /// Texts in which much is alike, so that comparing all of it would be quadratic.
    fn texts(n: usize) -> Vec<(&'static str, String)> {
        vec![
            ("particles", "بن ".repeat(4 * n)),
            (
                "a given name",
                lines(n, |i| format!("قال محمد {}", family(i))),
            ),
            (
                "two words",
                lines(n / 2, |i| format!("محمد بن {}", family(i))) + &"محمد بن 5 ".repeat(n),
            ),
            (
                "a family name",
                lines(n, |i| format!("قال {} زيتكوف، وصدق زيتكوف", family(i))),
            ),
            (
                "a sound",
                lines(n / 2, |i| format!("قال محمد {}", alike(2 * i)))
                    + &lines(n / 2, |i| format!("قال {}", alike(2 * i + 1))),
            ),
            (
                "titles",
                lines(n / 4, |_| {
                    "قال الرئيس محمد زيتكوف. قال الوزير أحمد زيتكوف".to_owned()
                }) + &lines(n / 2, |_| "قال المدير زيتكوف".to_owned()),
            ),
            (
                "offices",
                lines(n, |_| {
                    "قالت الخارجية الصينية. وردت الداخلية على وزارة الخارجية".to_owned()
                }),
            ),
            (
                "one sentence",
                "قال الرئيس الروسي فلاديمير بوتين و".repeat(n),
            ),
            ("kinds", "صحيفة شركة حزب مدينة ".repeat(n)),
            (
                "a long name",
                format!("قال جريجوري {0}ا. قال جريجوري {0}و.", "بتسم".repeat(n)),
            ),
        ]
    }

    /// Eight times the text would take quadratic work sixty-four times as long. Machines waver:
    /// one quiet run of three is enough.
    #[test]
    fn no_text_is_quadratic() {
        let time = |text: &str| {
            let begin = Instant::now();
            extract(text);
            begin.elapsed()
        };
        extract("قال محمد");
        let (small, large) = (texts(1_000), texts(8_000));
        for ((name, small), (_, large)) in small.iter().zip(&large) {
            let linear =
                (0..3).any(|_| time(large) < time(small).max(Duration::from_millis(10)) * 24);
            assert!(linear, "{name}");
        }
    }

    #[test]
    fn nor_are_suggestions() {
        let time = |n: usize| {
            let long = "بتسم".repeat(n);
            let texts = ["جريجوري", "كريكوري"].map(|given| format!("قال {given} {long}."));
            let mut job = Job {
                threads: Some(1),
                progress: &mut |_, _| true,
            };
            // No tagger takes such words for names.
            let plain = extractor().clone().with_tagger(None);
            let analysis = analyze(&plain, &corpus(&texts), &Wanted::default(), &mut job)
                .expect("nothing stops it");
            assert!(analysis.entities.len() == 2);
            let begin = Instant::now();
            analysis.suggestions(extractor());
            begin.elapsed()
        };
        let linear = (0..3).any(|_| time(8_000) < time(1_000).max(Duration::from_millis(10)) * 24);
        assert!(linear);
    }
}
