//! Which names of small corpora are one entity, against a table, with the shipped lexicon.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use nasij::corpus::{Analysis, Job, Texts, Wanted, analyze};
use nasij::entities::Extractor;
use nasij::lexicon::Lexicon;

use crate::tables::{cases, report, text, texts};

/// The ids of the mentions of a surface, or of its `n`th alone: `رينهارت#1`.
fn entities<'a>(analysis: &'a Analysis, surface: &str) -> BTreeSet<&'a str> {
    let (surface, which) = match surface.split_once('#') {
        Some((surface, n)) => (surface, Some(n.parse::<usize>().expect("a number"))),
        None => (surface, None),
    };
    let mentions = analysis.mentions.iter();
    mentions
        .filter(|m| analysis.texts.list()[m.text as usize] == surface)
        .enumerate()
        .filter(|(n, _)| which.is_none_or(|which| which == *n))
        .map(|(_, m)| analysis.entities[m.entity as usize].id.as_str())
        .collect()
}

fn all<'a>(ids: &[BTreeSet<&'a str>]) -> BTreeSet<&'a str> {
    ids.iter().flatten().copied().collect()
}

/// The lists of strings that a case has under a key.
fn groups<'c>(case: &'c toml::Table, key: &str) -> Vec<Vec<&'c str>> {
    let list = case.get(key).and_then(|v| v.as_array());
    let strings = |group: &'c toml::Value| {
        let group = group.as_array().expect("a list");
        group
            .iter()
            .map(|s| s.as_str().expect("a string"))
            .collect()
    };
    list.map_or_else(Vec::new, |groups| groups.iter().map(strings).collect())
}

#[test]
fn golden() {
    let cases = cases(include_str!("../golden/linking.toml"));
    let traps = cases.iter().filter(|c| c.contains_key("apart")).count();
    assert!(cases.len() >= 120 && traps >= 60);
    let extractor = Extractor::new(Arc::new(Lexicon::shipped().clone()));
    let mut wrong = String::new();
    for case in &cases {
        let mut corpus = Texts::default();
        for article in texts(case, "articles") {
            corpus.push(article);
        }
        let mut job = Job {
            threads: Some(1),
            progress: &mut |_, _| true,
        };
        let analysis =
            analyze(&extractor, &corpus, &Wanted::default(), &mut job).expect("nothing stops it");
        let told = |group: &[&str]| -> Vec<BTreeSet<&str>> {
            group.iter().map(|s| entities(&analysis, s)).collect()
        };
        let mut fail = |group: &[&str]| {
            let _ = writeln!(
                wrong,
                "{}:\n  {group:?} {:?}",
                text(case, "name"),
                told(group)
            );
        };
        for group in groups(case, "same") {
            let ids = told(&group);
            if all(&ids).len() != 1 || ids.iter().any(BTreeSet::is_empty) {
                fail(&group);
            }
        }
        for group in groups(case, "apart") {
            let ids = told(&group);
            let each: usize = ids.iter().map(BTreeSet::len).sum();
            if all(&ids).len() != each || ids.iter().any(BTreeSet::is_empty) {
                fail(&group);
            }
        }
        for group in groups(case, "is") {
            if told(&group[..1]) != [BTreeSet::from([group[1]])] {
                fail(&group[..1]);
            }
        }
    }
    report(&wrong);
}
