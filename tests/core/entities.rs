//! Whom and what sentences name, against a table, with the shipped lexicon.

use std::sync::Arc;

use nasij::corpus::{Analysis, Job, NO_ROLE, Texts, Wanted, analyze};
use nasij::entities::{Extractor, Scratch};
use nasij::lexicon::{Lexicon, Source};
use nasij::tagger::Tagger;

use crate::tables::{cases, report, text};

/// Prefix, text, type, id and role of each mention; the id of an unknown name is empty.
fn told(analysis: &Analysis, document: usize) -> Vec<[&str; 5]> {
    let told = analysis.mentions_of(document).iter().map(|m| {
        let entity = &analysis.entities[m.entity as usize];
        [
            analysis.prefixes.list()[m.prefix as usize].as_str(),
            analysis.texts.list()[m.text as usize].as_str(),
            entity.entity_type.name(),
            if entity.id.is_ascii() { &entity.id } else { "" },
            match m.role {
                NO_ROLE => "",
                role => analysis.roles.list()[role as usize].as_str(),
            },
        ]
    });
    told.collect()
}

#[test]
fn golden() {
    let cases = cases(include_str!("../golden/entities.toml"));
    assert!(cases.len() >= 60);
    check(&cases);
}

#[test]
fn offices() {
    check(&cases(include_str!("../golden/offices.toml")));
}

/// A case that is marked as a known fault and passes fails too, so that its mark is taken off.
#[test]
fn words_or_names() {
    let cases = cases(include_str!("../golden/words_or_names.toml"));
    assert!(cases.len() >= 400);
    let (mut wrong, mut faults) = (String::new(), 0);
    for (case, (passes, found)) in cases.iter().zip(judged(&cases, &shipped())) {
        let known = case.contains_key("known_fault");
        faults += usize::from(known);
        if passes == known {
            wrong.push_str(if known { "no fault any more: " } else { "" });
            wrong.push_str(&found);
        }
    }
    println!("{faults} known faults in {} cases", cases.len());
    assert!(faults * 20 <= cases.len(), "{faults} known faults");
    report(&wrong);
}

/// What is learnt is not right in every case.
#[test]
fn tagged() {
    let cases = cases(include_str!("../golden/tagged.toml"));
    assert!(cases.len() >= 15);
    let tagger = Tagger::shipped().expect("one ships");
    let judged = judged(&cases, &shipped().with_tagger(Some(tagger.clone())));
    let wrong: Vec<_> = judged.iter().filter(|(passes, _)| !passes).collect();
    let told: String = wrong.iter().map(|(_, found)| found.as_str()).collect();
    assert!(wrong.len() * 10 <= cases.len(), "{told}");
}

fn shipped() -> Extractor {
    Extractor::new(Arc::new(Lexicon::shipped().clone()))
}

fn check(cases: &[toml::Table]) {
    let wrong: String = judged(cases, &shipped())
        .into_iter()
        .filter_map(|(passes, found)| (!passes).then_some(found))
        .collect();
    report(&wrong);
}

/// Of each case whether it passes, and what was found.
fn judged(cases: &[toml::Table], extractor: &Extractor) -> Vec<(bool, String)> {
    let mut corpus = Texts::default();
    for case in cases {
        corpus.push(text(case, "text"));
    }
    let mut job = Job {
        threads: None,
        progress: &mut |_, _| true,
    };
    let analysis =
        analyze(extractor, &corpus, &Wanted::default(), &mut job).expect("nothing stops it");
    let judge = |(i, case): (usize, &toml::Table)| {
        let expected: Vec<[&str; 5]> = case["mentions"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|m| {
                let cells = m.as_array().expect("a list");
                std::array::from_fn(|i| cells[i].as_str().expect("a string"))
            })
            .collect();
        let found = told(&analysis, i);
        (
            found == expected,
            format!("{}:\n  {found:?}\n", case["name"]),
        )
    };
    cases.iter().enumerate().map(judge).collect()
}

#[test]
fn what_was_read_before_changes_nothing() {
    let tagger = Tagger::shipped().cloned();
    let (plain, shipped) = (shipped(), shipped().with_tagger(tagger));
    let own = "type\tname\nPER\tالصين\nLOC\tقال\n";
    let own = Lexicon::parse(&[Source::file("own.tsv", own)]);
    let own = Extractor::new(Arc::new(own.expect("well formed")));
    let mut scratch = Scratch::default();
    for case in cases(include_str!("../golden/entities.toml")) {
        for extractor in [&plain, &shipped, &own] {
            let text = text(&case, "text");
            let fresh = extractor.extract(text, &mut Scratch::default());
            let used = extractor.extract(text, &mut scratch);
            assert_eq!(fresh.expect("short"), used.expect("short"), "{text}");
        }
    }
}
