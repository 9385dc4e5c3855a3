//! Learns the counts of stems and clitics in `seeds/clitics` from text, which comes by standard
//! input: `make clitics NEWS=file`.
//!
//! Expectation maximization over the readings of each distinct word, as in Deligne and Bimbot's
//! multigrams, with two changes, for plain likelihood would keep every word whole. A word is read
//! by what the *others* say of its stems (leave one out). And a stem that looks as if it had a
//! clitic itself counts where it stands beside one that this clitic cannot be beside: بنك is a
//! stem because of البنك, not because of وبنك. Likewise دأت is none because of بدأت and وبدأت.

use std::error::Error;
use std::fmt::Write;
use std::io::Read;
use std::path::PathBuf;

use hashbrown::HashMap;
use nasij::lexicon::{EntityType, Lexicon, Slots, Spelling};
use nasij::segment::clitics::{Article, Letters, Reading, readings};
use nasij::segment::{TokenKind, tokens};

/// Rarer words are left out: many are errors of spelling.
const RAREST: u32 = 2;
/// A word of count n weighs its square root: neither a type nor all of its tokens.
const DAMPING: f64 = 0.5;
/// What the unlisted stems count together.
const UNSEEN: f64 = 1000.0;
/// What it counts to be part of a name.
const NAME: f64 = 10.0;
/// How far a stem is believed that may be a shorter one with a clitic before it or behind it.
const DOUBT: (f64, f64) = (0.03, 0.1);
/// How often لل is ل and an article before another ل.
const MERGED: f64 = 0.02;
/// None, ب, ك, ل and س: every other slot of proclitics.
const PARTICLES: usize = Slots::PROCLITICS.len() / 2;
const ROUNDS: usize = 20;
/// Stems that count less are not written.
const LEAST: f64 = 4.0;

/// How often ي may be a pronoun at most: it ends every adjective of relation and many plurals too.
const MINE: f64 = 0.000_05;

const STEMS: &str = "# Stems without the article, the hamza of alef and their clitics, with their \
    counts: the square\n# roots of those of the words they occur in, in SANAD (CC BY 4.0) and the \
    ANT corpus (Apache-2.0).\n# Made by examples/stems.rs.\nstem\tcount\n";
const AFFIXES: &str = "# How often clitics occur beside the first or last letter of a stem, counted \
    as stems.tsv is.\n# Made by examples/stems.rs.\nkind\tclitic\tbeside\tcount\n";

/// A reading of a word.
struct Candidate {
    stem: usize,
    slots: Slots,
    /// Whether it may be a shorter stem with a clitic before it, or behind it.
    doubted: (bool, bool),
    /// Whether it stands where that clitic cannot be.
    sure: (bool, bool),
    merged: bool,
    /// How likely it is among those of its word.
    share: f64,
}

struct Word {
    weight: f64,
    candidates: Vec<Candidate>,
}

/// What the counts of the last round say.
struct Model {
    stems: Vec<f64>,
    sure: Vec<(f64, f64)>,
    /// What the stems count behind each particle.
    behind: Vec<[f64; PARTICLES]>,
    total: f64,
    unseen: Vec<f64>,
    affixes: Affixes,
    likely: Affixes,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(
        std::env::args()
            .nth(1)
            .ok_or("name the folder to write to")?,
    );
    let listed = std::fs::read_to_string(folder.join("readings.tsv"))?;
    let listed: HashMap<&str, &str> = listed.lines().filter_map(|l| l.split_once('\t')).collect();
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;

    let mut stems: Vec<Letters> = Vec::new();
    let mut words = Vec::new();
    let mut places = HashMap::new();
    for (word, count) in count(&text) {
        let mut place = |stem| {
            *places.entry(stem).or_insert_with(|| {
                stems.push(stem);
                stems.len() - 1
            })
        };
        let spelling = word.to_string();
        let settled = listed.get(spelling.as_str());
        words.push(Word {
            weight: f64::from(count).powf(DAMPING),
            candidates: candidates(word, settled.copied(), &spelling, &mut place),
        });
    }
    let names = names(&places, stems.len());
    let model = learn(&mut words, &stems, &names);
    std::fs::write(folder.join("stems.tsv"), write_stems(&stems, &model)?)?;
    std::fs::write(folder.join("affixes.tsv"), write_affixes(&model.affixes)?)?;
    Ok(())
}

/// The words of a text with their counts, the most frequent first.
fn count(text: &str) -> Vec<(Letters, u32)> {
    let mut counts: HashMap<Letters, u32> = HashMap::new();
    let mut found = Vec::new();
    for line in text.lines() {
        found.clear();
        tokens(line, &mut found);
        for token in found.iter().filter(|t| t.kind == TokenKind::Word) {
            if let Some(word) = Letters::of(token.span.of(line)) {
                *counts.entry(word.bare()).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().filter(|c| c.1 >= RAREST).collect();
    counts.sort_by_key(|(word, n)| (std::cmp::Reverse(*n), *word));
    counts
}

fn candidates(
    word: Letters,
    settled: Option<&str>,
    spelling: &str,
    place: &mut impl FnMut(Letters) -> usize,
) -> Vec<Candidate> {
    let all: Vec<Reading> = readings(word);
    let kept = all
        .iter()
        .filter(|r| settled.is_none_or(|s| r.spelt(spelling) == s));
    let mut found: Vec<_> = kept
        .map(|r| {
            let stem = r.stem(word);
            let bare = r.article == Article::None;
            let begins = |letters: &[char]| letters.iter().any(|c| stem.is(0, *c));
            let joined = begins(&['و', 'ف']);
            let before = begins(&['ب', 'ك', 'ل', 'س']) || joined && r.conjunction.is_none();
            let behind = |o: &Reading| {
                (o.conjunction, o.particle) == (r.conjunction, r.particle) && o.pronoun > 0
            };
            let doubted = bare && stem.len() > 2;
            Candidate {
                stem: place(stem),
                slots: Slots::of(word, stem, r),
                doubted: (
                    doubted && r.particle.is_none() && before,
                    doubted && r.pronoun == 0 && all.iter().any(behind),
                ),
                sure: (
                    !bare || r.particle.is_some() || joined && r.conjunction.is_some(),
                    !bare || r.pronoun > 0,
                ),
                merged: r.article == Article::Merged,
                share: 0.0,
            }
        })
        .collect();
    let share = 1.0 / found.len() as f64;
    for candidate in &mut found {
        candidate.share = share;
    }
    found
}

/// What the names of persons and places add to the counts of stems.
fn names(places: &HashMap<Letters, usize>, stems: usize) -> Vec<f64> {
    let mut found = vec![0.0; stems];
    for entry in Lexicon::shipped().entries() {
        let words = match entry.entity_type {
            EntityType::Per => usize::MAX,
            EntityType::Loc => 1,
            _ => 0,
        };
        for word in entry.name.split(' ').take(words) {
            let bare = word.strip_prefix("ال").unwrap_or(word);
            if let Some(&place) = Letters::of(bare).and_then(|l| places.get(&l.bare())) {
                found[place] = NAME;
            }
        }
    }
    found
}

fn learn(words: &mut [Word], stems: &[Letters], names: &[f64]) -> Model {
    let mut model = recount(words, stems, names, None);
    for _ in 0..ROUNDS {
        for word in words.iter_mut() {
            read(word, &model);
        }
        model = recount(words, stems, names, Some(&model));
    }
    model
}

/// The shares of a word's readings, by what the other words say.
fn read(word: &mut Word, model: &Model) {
    let likely: Vec<f64> = word
        .candidates
        .iter()
        .map(|c| {
            let same = word.candidates.iter().filter(|o| o.stem == c.stem);
            let own: f64 = same.map(|o| o.share * word.weight).sum();
            let others = (model.stems[c.stem] - own).max(0.0);
            let (before, behind) = model.sure[c.stem];
            let particle = c.slots.proclitic.1 / 2;
            let (sure, doubt) = match c.doubted {
                (false, false) if particle > 0 => {
                    let without = model.stems[c.stem] - model.behind[c.stem][particle];
                    (without.clamp(0.0, others), DOUBT.0)
                }
                (false, false) => (others, 0.0),
                (true, false) => (before, DOUBT.0),
                (false, true) => (behind, DOUBT.1),
                (true, true) => (before.min(behind), DOUBT.0.min(DOUBT.1)),
            };
            let count = sure + doubt * (others - sure).max(0.0) + model.unseen[c.stem];
            let merged = if c.merged { MERGED } else { 1.0 };
            count / model.total * model.likely.likely(&c.slots) * merged
        })
        .collect();
    let sum: f64 = likely.iter().sum();
    for (candidate, likely) in word.candidates.iter_mut().zip(likely) {
        candidate.share = likely / sum;
    }
}

/// Counts by the shares of the readings.
fn recount(words: &[Word], stems: &[Letters], names: &[f64], last: Option<&Model>) -> Model {
    let mut counts = vec![0.0; stems.len()];
    let mut sure: Vec<_> = names.iter().map(|n| (*n, *n)).collect();
    let mut behind = vec![[0.0; PARTICLES]; stems.len()];
    let mut affixes = Affixes::empty();
    for word in words {
        for c in &word.candidates {
            let n = c.share * word.weight;
            counts[c.stem] += n;
            sure[c.stem].0 += if c.sure.0 { n } else { 0.0 };
            sure[c.stem].1 += if c.sure.1 { n } else { 0.0 };
            behind[c.stem][c.slots.proclitic.1 / 2] += n;
            affixes.add(&c.slots, n);
        }
    }
    let known = |i: usize| match last {
        None => 1.0,
        Some(_) => (counts[i].min(3.0) / 3.0) as f32,
    };
    let spelling = Spelling::of(stems.iter().enumerate().map(|(i, s)| (*s, known(i))));
    let likely = |stem: &Letters| f64::from((-spelling.cost(*stem)).exp());
    Model {
        total: counts.iter().sum::<f64>() + UNSEEN,
        unseen: stems.iter().map(|s| UNSEEN * likely(s)).collect(),
        likely: last.map_or_else(Affixes::guess, |_| affixes.smoothed()),
        stems: counts,
        sure,
        behind,
        affixes,
    }
}

/// What each clitic counts, or how likely it is, in its slots.
#[derive(Clone)]
struct Affixes {
    conjunctions: Vec<f64>,
    proclitics: Vec<Vec<f64>>,
    pronouns: Vec<Vec<f64>>,
}

impl Affixes {
    fn empty() -> Self {
        Self {
            conjunctions: vec![0.5; Slots::CONJUNCTIONS.len()],
            proclitics: vec![vec![0.05; Slots::PROCLITICS.len()]; Slots::FIRST],
            pronouns: vec![vec![0.0; Slots::PRONOUNS.len()]; Slots::LAST],
        }
    }

    /// A begin that is near enough.
    fn guess() -> Self {
        let proclitics = [0.6, 0.25, 0.03, 0.02, 0.004, 0.002, 0.03, 0.03, 0.01, 1e-9];
        let pronouns = [
            0.93, 0.025, 0.02, 0.008, 0.0005, 0.001, 0.003, 0.001, 0.0001, 0.0002, 0.001, 0.001,
            0.002,
        ];
        Self {
            conjunctions: vec![0.88, 0.1, 0.02],
            proclitics: vec![proclitics.to_vec(); Slots::FIRST],
            pronouns: vec![pronouns.to_vec(); Slots::LAST],
        }
    }

    fn add(&mut self, slots: &Slots, n: f64) {
        self.conjunctions[slots.conjunction] += n;
        self.proclitics[slots.proclitic.0][slots.proclitic.1] += n;
        self.pronouns[slots.pronoun.0][slots.pronoun.1] += n;
    }

    fn likely(&self, slots: &Slots) -> f64 {
        self.conjunctions[slots.conjunction]
            * self.proclitics[slots.proclitic.0][slots.proclitic.1]
            * self.pronouns[slots.pronoun.0][slots.pronoun.1]
    }

    /// Counts as probabilities; letters that few stems end in lean on the others.
    fn smoothed(&mut self) -> Self {
        let mine = Slots::PRONOUNS.iter().position(|p| *p == "ي");
        for row in &mut self.pronouns {
            let most = row.iter().sum::<f64>() * MINE;
            row[mine.expect("a pronoun")] = row[mine.expect("a pronoun")].min(most);
        }
        let mut all = vec![1.0; Slots::PRONOUNS.len()];
        for row in &self.pronouns {
            all.iter_mut().zip(row).for_each(|(a, n)| *a += n);
        }
        let trust = all.iter().sum::<f64>() / 2000.0;
        shares(&mut all);
        let mut this = self.clone();
        shares(&mut this.conjunctions);
        this.proclitics.iter_mut().for_each(|row| shares(row));
        for row in &mut this.pronouns {
            row.iter_mut().zip(&all).for_each(|(n, a)| *n += trust * a);
            shares(row);
        }
        this
    }
}

fn shares(counts: &mut [f64]) {
    let total: f64 = counts.iter().sum();
    for n in counts {
        *n /= total;
    }
}

fn write_stems(stems: &[Letters], model: &Model) -> Result<String, std::fmt::Error> {
    let mut kept: Vec<_> = stems
        .iter()
        .zip(&model.stems)
        .filter(|(_, n)| **n >= LEAST)
        .map(|(stem, n)| (stem.to_string(), n))
        .collect();
    kept.sort_by(|a, b| a.0.cmp(&b.0));
    let mut out = String::from(STEMS);
    for (stem, n) in kept {
        writeln!(out, "{stem}\t{n:.0}")?;
    }
    Ok(out)
}

fn write_affixes(affixes: &Affixes) -> Result<String, std::fmt::Error> {
    let mut out = String::from(AFFIXES);
    let mut write = |kind, names: &[&str], beside: &str, counts: &[f64]| {
        for (name, n) in names.iter().zip(counts).filter(|(_, n)| **n >= 0.5) {
            writeln!(out, "{kind}\t{name}\t{beside}\t{n:.0}")?;
        }
        Ok(())
    };
    write(
        "conjunction",
        &Slots::CONJUNCTIONS,
        "-",
        &affixes.conjunctions,
    )?;
    for (first, row) in affixes.proclitics.iter().enumerate() {
        write("proclitic", &Slots::PROCLITICS, &Slots::first(first), row)?;
    }
    for (last, row) in affixes.pronouns.iter().enumerate() {
        write("pronoun", &Slots::PRONOUNS, &Slots::last(last), row)?;
    }
    Ok(out)
}
