//! How well the phonetic key and the distance tell spellings of foreign names from other names, on
//! pairs of a name in Latin script and one of its spellings in Arabic script, parted by a tab, by
//! standard input: `cargo run --release --example spellings < pairs.tsv`.
//!
//! Two spellings of one Latin name belong together; two spellings that no Latin name has both
//! count as others. As Latin names vary themselves (Steven, Stephen), some of those are one after
//! all, and the figure for precision is a lower bound.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Read;

use nasij::lexicon::phonetic::{distance, part};
use nasij::lexicon::{Lexicon, Matcher, WordClass, fold};

fn main() -> Result<(), Box<dyn Error>> {
    let mut content = String::new();
    std::io::stdin().read_to_string(&mut content)?;
    let matcher = Matcher::new(Lexicon::shipped());
    let arabic = |word: &str| {
        let class = matcher.word(word).map(|id| matcher.class(id));
        let given = WordClass::GIVEN.or(WordClass::GIVEN_OR_WORD);
        class.is_some_and(|c| c.any(given) && !c.any(WordClass::FOREIGN))
    };
    let mut spellings: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut latin: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (name, spelling) in content.lines().filter_map(|line| line.split_once('\t')) {
        let folded = fold(spelling);
        // Those the key is made for: of three consonants and more, no Arabic given names.
        if name.len() > 3 && part(&folded).is_some() && !arabic(&folded) {
            spellings.entry(name).or_default().insert(folded.clone());
            latin.entry(folded).or_default().insert(name);
        }
    }
    let together: Vec<(&String, &String)> = spellings.values().flat_map(pairs).collect();
    let mut by_key: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for word in latin.keys() {
        by_key
            .entry(part(word).unwrap_or_default())
            .or_default()
            .insert(word.clone());
    }
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    println!(
        "{} spellings, {} pairs of one name",
        latin.len(),
        together.len()
    );
    let same = together.iter().filter(|(a, b)| part(a) == part(b)).count();
    println!("key: {:.3} of the pairs", share(same, together.len()));
    for most in [0.5, 1.0, 1.5] {
        let near = |a: &str, b: &str| part(a) == part(b) || distance(a, b) <= most;
        let found = together.iter().filter(|(a, b)| near(a, b)).count();
        println!(
            "key, or distance up to {most}: {:.3}",
            share(found, together.len())
        );
    }
    let meeting: Vec<(&String, &String)> = by_key.values().flat_map(pairs).collect();
    let others = |(a, b): &&(&String, &String)| latin[*a].is_disjoint(&latin[*b]);
    let chance = meeting.iter().filter(others).count();
    let all = latin.len() * (latin.len() - 1) / 2;
    println!(
        "two words of other names share a key: {:.2e} of pairs",
        share(chance, all)
    );
    // A full name meets another where both words do: here, given that the first does.
    println!(
        "a word meets {:.2} others of the list",
        2.0 * share(chance, latin.len())
    );
    Ok(())
}

/// Every two of a set.
fn pairs(set: &BTreeSet<String>) -> Vec<(&String, &String)> {
    let words: Vec<&String> = set.iter().collect();
    (0..words.len())
        .flat_map(|i| words[i + 1..].iter().map(move |b| (i, *b)))
        .map(|(i, b)| (words[i], b))
        .collect()
}
