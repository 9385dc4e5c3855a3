use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use nasij::normalize::{Normalizer, Profile};

use crate::Texts;
use crate::stages::{Scratch, Stage};

const ROUNDS: usize = 9;

/// Prints a table of megabytes a second: the texts as they are on one thread and on two, and the
/// same with vowel marks. The stages take turns, and the median of the rounds is shown.
pub(crate) fn print(texts: &Texts) {
    let stages = Stage::all();
    let vocalised = Texts(texts.0.iter().map(|t| vocalise(t)).collect());
    let mut taken = vec![[const { Vec::new() }; 3]; stages.len()];
    for _ in 0..ROUNDS {
        for (stage, taken) in stages.iter().zip(&mut taken) {
            taken[0].push(time(|| texts.run(stage)));
            taken[1].push(time(|| on_two_threads(texts, stage)));
            taken[2].push(time(|| vocalised.run(stage)));
        }
    }
    println!(
        "  {:22} {:>10} {:>11} {:>6} {:>10} {:>6}",
        "MB/s", "one thread", "two threads", "", "vocalised", ""
    );
    for (stage, taken) in stages.iter().zip(taken) {
        let [one, two, marked] = taken.map(median);
        let [bare, both] = [one, two].map(|t| texts.bytes() as f64 / 1e6 / t);
        let marked = vocalised.bytes() as f64 / 1e6 / marked;
        println!(
            "  {:22} {bare:>10.0} {both:>11.0} {:>5.2}x {marked:>10.0} {:>5.2}x",
            stage.name,
            both / bare,
            marked / bare
        );
    }
    for (name, profile) in [
        ("light", Profile::Light),
        ("search", Profile::Search),
        ("aggressive", Profile::Aggressive),
    ] {
        let [bare, marked] = [texts, &vocalised].map(|t| 100.0 * alignment_size(t, profile));
        println!(
            "  alignment, {name}: {bare:.2} % of the text's size, {marked:.2} % of the vocalised"
        );
    }
}

fn time(work: impl FnOnce() -> usize) -> f64 {
    let begin = Instant::now();
    std::hint::black_box(work());
    begin.elapsed().max(Duration::from_nanos(1)).as_secs_f64()
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn on_two_threads(texts: &Texts, stage: &Stage) -> usize {
    const CHUNK: usize = 16;
    let next = AtomicUsize::new(0);
    let share = || {
        let mut scratch = Scratch::default();
        let mut found = 0;
        loop {
            let at = next.fetch_add(CHUNK, Ordering::Relaxed);
            let Some(rest) = texts.0.get(at..) else {
                return found;
            };
            let chunk = rest.iter().take(CHUNK);
            found += chunk.map(|t| stage.run(t, &mut scratch)).sum::<usize>();
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(share);
        share() + other.join().expect("no text panics")
    })
}

/// The text with a mark behind each Arabic letter, and now and then a shadda.
fn vocalise(text: &str) -> String {
    const MARKS: [&str; 7] = [
        "\u{64E}",
        "\u{650}",
        "\u{652}",
        "\u{64F}",
        "\u{651}\u{64E}",
        "\u{64E}",
        "\u{64B}",
    ];
    let mut out = String::with_capacity(text.len() * 2);
    for (i, c) in text.chars().enumerate() {
        out.push(c);
        if ('\u{621}'..='\u{64A}').contains(&c) {
            out.push_str(MARKS[i % MARKS.len()]);
        }
    }
    out
}

/// The bytes that alignments take, as a share of the bytes of their texts.
fn alignment_size(texts: &Texts, profile: Profile) -> f64 {
    let normalizer = Normalizer::profile(profile);
    let sizes = texts.0.iter().map(|t| {
        let done = normalizer.normalize(t).expect("shorter than 4 GiB");
        done.alignment.nbytes()
    });
    sizes.sum::<usize>() as f64 / texts.bytes() as f64
}
