//! Whom and what sentences name, against a table, with the shipped lexicon.

use std::fmt::Write;
use std::sync::Arc;

use nasij::corpus::{Analysis, Job, NO_ROLE, Texts, analyze};
use nasij::entities::{Extractor, Scratch};
use nasij::lexicon::Lexicon;

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

fn check(cases: &[toml::Table]) {
    let mut corpus = Texts::default();
    for case in cases {
        corpus.push(text(case, "text"));
    }
    let mut job = Job {
        threads: None,
        progress: &mut |_, _| true,
    };
    let extractor = Extractor::new(Arc::new(Lexicon::shipped().clone()));
    let analysis = analyze(&extractor, &corpus, &mut job).expect("nothing stops it");
    let mut wrong = String::new();
    for (i, case) in cases.iter().enumerate() {
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
        if found != expected {
            let _ = writeln!(wrong, "{}:\n  {found:?}", case["name"]);
        }
    }
    report(&wrong);
}

#[test]
fn what_was_read_before_changes_nothing() {
    let shipped = Extractor::new(Arc::new(Lexicon::shipped().clone()));
    let own = Lexicon::parse(&[("own.tsv", "type\tname\nPER\tالصين\nLOC\tقال\n")]);
    let own = Extractor::new(Arc::new(own.expect("well formed")));
    let mut scratch = Scratch::default();
    for case in cases(include_str!("../golden/entities.toml")) {
        for extractor in [&shipped, &own] {
            let text = text(&case, "text");
            let fresh = extractor.extract(text, &mut Scratch::default());
            let used = extractor.extract(text, &mut scratch);
            assert_eq!(fresh.expect("short"), used.expect("short"), "{text}");
        }
    }
}
