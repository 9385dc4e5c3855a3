//! Resampling and permuting against what theory says they give, on data drawn from a seed.

use nasij::cooccurrence::{
    Alternative, Bootstrap, Clusters, Column, Contingency, Counter, Measure, NullCounts, Pruned,
    Scoring, Slots, pairs_table,
};
use nasij::corpus::Job;

/// `SplitMix64`, so that what is drawn here has nothing to do with what is tested.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn chance(&mut self, p: f64) -> bool {
        self.next() < p
    }
}

fn job<T>(threads: usize, run: impl FnOnce(&mut Job<'_>) -> T) -> T {
    let mut progress = |_: usize, _: u64| true;
    run(&mut Job {
        threads: Some(threads),
        progress: &mut progress,
    })
}

const PAIR: [(u32, u32); 1] = [(0, 1)];

fn of(units: &[(u32, Vec<u32>)], pairs: &[(u32, u32)]) -> Clusters {
    let units = units.iter().map(|(cluster, ids)| (*cluster, &ids[..], 1));
    Clusters::of_units(units, pairs).expect("clusters")
}

/// How stories are drawn: how many, of how many sentences on average, and how probably each of two
/// names is in a story, both are its subject, and a name of the story is in a sentence of it.
struct Model {
    stories: u32,
    sentences: f64,
    name: f64,
    subject: f64,
    said: f64,
}

impl Model {
    fn draw(&self, dice: &mut Dice) -> Vec<(u32, Vec<u32>)> {
        let mut units = Vec::new();
        for story in 0..self.stories {
            let subject = dice.chance(self.subject);
            let has = [0, 1].map(|_| subject | dice.chance(self.name));
            let mut more = true;
            while more {
                let said = (0..2).filter(|&i| has[i as usize] && dice.chance(self.said));
                units.push((story, said.collect()));
                more = dice.chance(1.0 - 1.0 / self.sentences);
            }
        }
        units
    }

    /// The measure of the table that is drawn on average, scaled to avoid rounding.
    fn truth(&self, measure: Measure) -> f64 {
        const SCALE: f64 = 1e6;
        let units = f64::from(self.stories) * self.sentences;
        let alone = self.subject + (1.0 - self.subject) * self.name;
        let both = self.subject + (1.0 - self.subject) * self.name * self.name;
        #[expect(clippy::cast_sign_loss, reason = "probabilities are positive")]
        let [both, one, all] = [both * self.said * self.said, alone * self.said, 1.0]
            .map(|p| (units * p * SCALE) as u64);
        let found = measure.of(&Contingency::new(both, one, one, all).expect("a table"));
        match measure {
            Measure::Count | Measure::Llr => found / SCALE,
            _ => found,
        }
    }
}

/// How often intervals hold the truth, where there are any: resampling stories, and sentences.
fn coverage(model: &Model, measures: &[Measure], corpora: u32, seed: u64) -> Vec<[f64; 2]> {
    let mut dice = Dice(seed);
    let truth: Vec<f64> = measures.iter().map(|&m| model.truth(m)).collect();
    let mut held = vec![[0_u32; 2]; measures.len()];
    let mut met = 0;
    let plan = |seed| Bootstrap {
        resamples: 499,
        level: 0.95,
        seed,
    };
    for corpus in 0..corpora {
        let stories = model.draw(&mut dice);
        let sentences: Vec<_> = (0..).zip(&stories).map(|(i, s)| (i, s.1.clone())).collect();
        for (side, units) in [stories, sentences].iter().enumerate() {
            let clusters = of(units, &PAIR);
            let found = job(2, |job| {
                plan(corpus.into()).intervals(&clusters, measures, job)
            });
            for (i, interval) in found.expect("intervals").iter().enumerate() {
                let holds = (interval.low[0]..=interval.high[0]).contains(&truth[i]);
                held[i][side] += u32::from(holds);
            }
            // What is never seen has no interval.
            met += u32::from(side == 0 && clusters.tables()[0].0.both() > 0);
        }
    }
    let share = |n: [u32; 2]| n.map(|n| f64::from(n) / f64::from(met));
    held.into_iter().map(share).collect()
}

const MEASURES: [Measure; 6] = [
    Measure::Count,
    Measure::Pmi,
    Measure::Npmi,
    Measure::Llr,
    Measure::LogDice,
    Measure::Jaccard,
];

#[test]
fn resampling_stories_covers_at_its_level_and_sentences_do_not() {
    let model = Model {
        stories: 150,
        sentences: 6.0,
        name: 0.2,
        subject: 0.08,
        said: 0.4,
    };
    let held = coverage(&model, &MEASURES, 400, 1);
    // 0.95 is known to 0.011 (one standard deviation) of 400 corpora.
    for (measure, [stories, sentences]) in MEASURES.iter().zip(held) {
        assert!((0.917..=0.983).contains(&stories), "{measure}: {stories}");
        assert!(sentences < 0.9, "{measure} by sentences: {sentences}");
    }
}

#[test]
fn intervals_depend_on_the_seed_alone() {
    let model = Model {
        stories: 80,
        sentences: 5.0,
        name: 0.3,
        subject: 0.1,
        said: 0.5,
    };
    let clusters = of(&model.draw(&mut Dice(2)), &PAIR);
    let found = |seed, threads, resamples| {
        let plan = Bootstrap {
            resamples,
            level: 0.9,
            seed,
        };
        job(threads, |job| plan.intervals(&clusters, &MEASURES, job)).expect("intervals")
    };
    assert_eq!(found(3, 1, 501), found(3, 3, 501));
    assert_ne!(found(3, 1, 501), found(4, 1, 501));
    assert_eq!(found(3, 1, 1), found(3, 2, 1));
}

#[test]
fn clusters_sum_up_to_the_counts() {
    let model = Model {
        stories: 60,
        sentences: 4.0,
        name: 0.4,
        subject: 0.1,
        said: 0.6,
    };
    let units = model.draw(&mut Dice(5));
    let mut counter = Counter::default();
    for (_, ids) in &units {
        counter.add(ids);
    }
    let table = counter.finish().contingency(0, 1);
    let clusters = of(&units, &[(0, 1), (0, 7)]);
    let tables = clusters.tables();
    assert_eq!(tables[0].0, table);
    assert_eq!(tables[1].0.cells()[0], 0);
    let plan = Bootstrap {
        resamples: 99,
        level: 0.95,
        seed: 1,
    };
    let found = job(1, |job| plan.intervals(&clusters, &[Measure::Count], job)).expect("intervals");
    assert!(found[0].low[1].is_nan() && found[0].high[1].is_nan());
}

/// Units of as many mentions as `sizes` says, each of an entity drawn by its weight.
fn at_random(
    dice: &mut Dice,
    sizes: impl Iterator<Item = usize>,
    weights: &[f64],
) -> Vec<Vec<u32>> {
    let all: f64 = weights.iter().sum();
    let mut draw = || {
        let mut left = dice.next() * all;
        let found = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        found.unwrap_or(weights.len() - 1) as u32
    };
    sizes
        .map(|size| (0..size).map(|_| draw()).collect())
        .collect()
}

fn every_pair(entities: u32) -> Vec<(u32, u32)> {
    let pairs = (0..entities).flat_map(|a| (a + 1..entities).map(move |b| (a, b)));
    pairs.collect()
}

fn permuted(units: &[Vec<u32>], pairs: &[(u32, u32)], number: usize) -> NullCounts {
    let units: Vec<_> = (0..).zip(units.to_vec()).collect();
    permuted_stories(&units, false, pairs, number)
}

fn permuted_stories(
    units: &[(u32, Vec<u32>)],
    together: bool,
    pairs: &[(u32, u32)],
    number: usize,
) -> NullCounts {
    let units = units.iter().map(|(story, ids)| (*story, &ids[..]));
    let slots = Slots::of_units(units, together, pairs).expect("slots");
    job(2, |job| {
        slots.permute(number, 1, Alternative::Greater, 0, job)
    })
    .expect("counts")
}

#[test]
fn chance_counts_as_combinatorics_says() {
    // Of n places in units of two, a pair with a and b mentions is in a unit with probability
    // 2ab / n(n - 1).
    let units: Vec<Vec<u32>> = (0..60)
        .map(|i| match i {
            0..12 => vec![0, 1],
            12..20 => vec![0, 2],
            _ => vec![2, 3],
        })
        .collect();
    let found = permuted(&units, &[(0, 1), (3, 2)], 4000);
    assert_eq!(found.observed, [12, 40]);
    for (i, (a, b)) in [(20.0, 12.0), (40.0, 48.0)].into_iter().enumerate() {
        let mean = 60.0 * 2.0 * a * b / (120.0 * 119.0);
        let error = found.sd[i] / 4000.0_f64.sqrt();
        assert!((found.mean[i] - mean).abs() < 4.0 * error, "{found:?}");
    }
    // The least p there can be, and that of two tests.
    assert!((found.p[0] - 1.0 / 4001.0).abs() < 1e-12);
    assert!((found.q[0] - 2.0 / 4001.0).abs() < 1e-3);
}

#[test]
fn exact_p_of_four_places() {
    // a b | c d: a and b share a unit in one assignment of three.
    let found = permuted(&[vec![0, 1], vec![2, 3]], &[(0, 1)], 30_000);
    assert!((found.p[0] - 1.0 / 3.0).abs() < 0.01, "{found:?}");
}

#[test]
fn permutations_depend_on_the_seed_alone() {
    let units = at_random(&mut Dice(1), (0..200).map(|i| i % 5), &[1.0; 12]);
    let units = units.iter().map(|unit| (0, &unit[..]));
    let slots = Slots::of_units(units, false, &every_pair(12)).expect("slots");
    let found = |seed, threads| {
        let run = |job: &mut Job<'_>| slots.permute(101, seed, Alternative::TwoSided, 66, job);
        job(threads, run).expect("counts")
    };
    assert_eq!(found(5, 1), found(5, 3));
    assert_ne!(found(5, 1), found(6, 1));
}

fn q_of(counter: Counter) -> Vec<f64> {
    let scoring = Scoring {
        columns: &[Column::Q],
        ..Scoring::default()
    };
    let table = pairs_table(&counter.finish(), &Pruned::default(), scoring);
    table.column(Column::Q).unwrap_or_default().to_vec()
}

/// In how many of `corpora` without any association something is taken for one at q ≤ 0.05, by
/// Fisher's p and by permutation; in each the share of false discoveries is then 1.
fn false_discoveries(
    corpora: u32,
    permutations: usize,
    mut draw: impl FnMut(&mut Dice) -> Vec<Vec<u32>>,
) -> [f64; 2] {
    let mut dice = Dice(11);
    let mut wrong = [0.0; 2];
    for _ in 0..corpora {
        let units = draw(&mut dice);
        let mut counter = Counter::default();
        for unit in &units {
            counter.add(unit);
        }
        let q = q_of(counter);
        let entities = units.iter().flatten().max().map_or(0, |&most| most + 1);
        let null = if permutations == 0 {
            Vec::new()
        } else {
            permuted(&units, &every_pair(entities), permutations).q
        };
        for (wrong, q) in wrong.iter_mut().zip([q, null]) {
            let any = q.iter().any(|&q| q <= 0.05);
            *wrong += f64::from(u8::from(any)) / f64::from(corpora);
        }
    }
    wrong
}

#[test]
fn the_false_discovery_rate_is_held_where_there_is_no_association() {
    // 0.05 is known to 0.018 (one standard deviation) of 150 corpora.
    let few = |dice: &mut Dice| at_random(dice, (0..200).map(|i| i % 4), &[1.0; 10]);
    let [fisher, null] = false_discoveries(150, 1000, few);
    assert!(fisher <= 0.09 && null <= 0.09, "{fisher} {null}");
}

#[test]
fn the_false_discovery_rate_is_held_among_rare_names() {
    // Most pairs never meet, and those that do are as improbable as they are rare.
    let rare = |dice: &mut Dice| at_random(dice, (0..750).map(|_| 2), &[1.0; 300]);
    let [fisher, _] = false_discoveries(40, 0, rare);
    assert!(fisher <= 0.15, "{fisher}");
}

/// Stories with names of their own: each of ten is in a story or not, whatever the others, and comes
/// back in its sentences.
fn stories_without_association(dice: &mut Dice) -> Vec<(u32, Vec<u32>)> {
    let mut sentences = Vec::new();
    for story in 0..100 {
        let names: Vec<u32> = (0..10).filter(|_| dice.chance(0.2)).collect();
        for _ in 0..8 {
            let said = names.iter().copied().filter(|_| dice.chance(0.6));
            sentences.push((story, said.collect()));
        }
    }
    sentences
}

/// In what share of `corpora` of such stories something is taken for an association at q ≤ 0.05: by
/// Fisher's p of sentences and of stories, by permuting mentions and by permuting them together.
fn false_discoveries_in_stories(corpora: u32, permutations: usize) -> [f64; 4] {
    let mut dice = Dice(31);
    let mut wrong = [0; 4];
    for _ in 0..corpora {
        let sentences = stories_without_association(&mut dice);
        let fisher = |units: &mut dyn Iterator<Item = Vec<u32>>| {
            let mut counter = Counter::default();
            for unit in units {
                counter.add(&unit);
            }
            q_of(counter)
        };
        let stories = sentences.chunk_by(|x, y| x.0 == y.0);
        let mut stories = stories.map(|of| of.iter().flat_map(|s| s.1.clone()).collect());
        let null =
            |together| permuted_stories(&sentences, together, &every_pair(10), permutations).q;
        let found = [
            fisher(&mut sentences.iter().map(|s| s.1.clone())),
            fisher(&mut stories),
            null(false),
            null(true),
        ];
        for (wrong, q) in wrong.iter_mut().zip(found) {
            *wrong += u32::from(q.iter().any(|&q| q <= 0.05));
        }
    }
    wrong.map(|n| f64::from(n) / f64::from(corpora))
}

#[test]
fn sentences_of_a_story_are_not_independent_tests_and_stories_are() {
    let [by_sentences, by_stories, apart, together] = false_discoveries_in_stories(80, 1000);
    // 0.05 is known to 0.024 (one standard deviation) of 80 corpora.
    assert!(by_sentences > 0.3 && apart > 0.3, "{by_sentences} {apart}");
    assert!(
        by_stories <= 0.11 && together <= 0.11,
        "{by_stories} {together}"
    );
}

#[test]
#[ignore = "prints the tables of docs/uncertainty.md, in minutes"]
fn tables_of_the_guide() {
    println!(
        "| stories with the pair, on average | {} |",
        MEASURES.map(Measure::name).join(" | ")
    );
    for (name, subject) in [
        (0.3, 0.0),
        (0.2, 0.06),
        (0.15, 0.03),
        (0.1, 0.015),
        (0.07, 0.01),
        (0.05, 0.005),
    ] {
        let model = Model {
            stories: 400,
            sentences: 8.0,
            name,
            subject,
            said: 0.4,
        };
        let stories = 400.0 * (subject + (1.0 - subject) * name * name);
        // A story of both has a sentence of both with this probability.
        let (more, both) = (1.0 - 1.0 / 8.0, 0.4 * 0.4);
        let seen = stories * (1.0 - (1.0 - both) * (1.0 - more) / (1.0 - more * (1.0 - both)));
        let held = coverage(&model, &MEASURES, 600, 21);
        let cell = |[stories, sentences]: [f64; 2]| format!("{stories:.3} ({sentences:.3})");
        println!(
            "| {seen:.1} | {} |",
            held.into_iter().map(cell).collect::<Vec<_>>().join(" | ")
        );
    }
    println!("{:?}", false_discoveries_in_stories(400, 1000));
}
