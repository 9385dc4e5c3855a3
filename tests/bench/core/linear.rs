use std::time::Instant;

use crate::Texts;
use crate::stages::{Scratch, Stage};

/// Beyond this power of the size the growth is no longer put down to caches and the allocator.
const LINEAR: f64 = 1.35;

/// Each is repeated to the size asked for. What they have in common: a rule that looks back or
/// ahead without bound would look over all of them.
const HARD: &[(&str, &str)] = &[
    ("marks in order", "\u{64E}\u{651}"),
    ("marks out of order", "\u{670}\u{651}\u{64E}"),
    ("one mark", "\u{64E}"),
    ("hamzas and maddas", "\u{654}\u{653}\u{655}"),
    ("letters and their marks", "مُ"),
    ("bidi marks", "\u{200E}\u{200F}"),
    ("bidi embeddings", "\u{202B}\u{2067}"),
    ("letters and bidi marks", "م\u{200F}"),
    ("joiners", "م\u{200D}"),
    ("tatweel", "ـ"),
    ("one letter", "م"),
    ("two letters", "ما"),
    ("a Latin letter", "a"),
    ("one digit", "1"),
    ("presentation forms", "\u{FEFB}"),
    ("word ligatures", "\u{FDFA}"),
    ("a letter and a hamza", "ا\u{654}"),
    ("<", "<"),
    ("<a", "<a "),
    ("<!--", "<!--"),
    ("< >", "<>"),
    (">", ">"),
    ("&", "&"),
    ("&amp;", "&amp;"),
    ("&amp", "&amp"),
    ("amp;", "amp;"),
    ("a mark by reference", "\u{301}&#x301;"),
    ("a mark and a tag", "\u{301}<b>"),
    ("spaces", " "),
    ("line feeds", "\n"),
    ("carriage returns", "\r"),
    ("spaces and line feeds", " \n"),
    ("dots", "."),
    ("a.a.", "a."),
    ("م.م.", "م."),
    ("م. م.", "م. "),
    ("1.1.", "1."),
    ("1,1,", "1,"),
    ("question marks", "؟"),
    ("quotation marks", "«"),
    ("closing marks", "»"),
    ("\"", "\""),
    ("dot and quote", ".\""),
    ("brackets", "("),
    ("hyphens", "-"),
    ("letter and hyphen", "م-"),
    ("lines of a word", "كلمة\n"),
    ("short lines", "- كلمة.\n"),
    ("http://", "http://"),
    ("www.a", "www.a."),
    ("@", "a@"),
    ("#", "#"),
    ("#م_", "#م_"),
    ("emoji joined", "👩\u{200D}"),
    ("flags", "🇸"),
    ("variation selectors", "❤\u{FE0F}"),
    ("Latin accents", "e\u{301}"),
    ("particles of names", "بن "),
    ("fathers and no son", "محمد بن "),
    ("one name", "قال محمد زيتكوف "),
];

/// Prints by what power of the size the time grows, 1 if linear and 2 if quadratic, and the
/// nanoseconds a byte at the largest size: for each stage the steepest and the slowest text, and
/// for each text too if asked for.
pub(crate) fn print(news: &Texts, kilobytes: &[usize], each: bool) {
    let line = news.0.concat().replace(['\n', '\r'], " ");
    let cases = std::iter::once(("news on one line", line.as_str())).chain(HARD.iter().copied());
    let mut stages: Vec<(Stage, Vec<Case>)> =
        Stage::all().into_iter().map(|s| (s, vec![])).collect();
    if each {
        head(&stages);
    }
    for (name, unit) in cases {
        let texts: Vec<String> = kilobytes.iter().map(|&kb| fill(unit, kb)).collect();
        if each {
            print!("  {name:26}");
        }
        for (stage, seen) in &mut stages {
            // What another program took from this one is not there the next time.
            let mut case = Case::measure(name, stage, &texts);
            for _ in 0..3 {
                if case.growth <= LINEAR {
                    break;
                }
                let again = Case::measure(name, stage, &texts);
                if again.growth < case.growth {
                    case = again;
                }
            }
            if each {
                print!(" {:>10.2} {:>5.2}", case.nanoseconds, case.growth);
            }
            seen.push(case);
        }
        if each {
            println!();
        }
    }
    summary(&stages, kilobytes);
}

struct Case {
    name: &'static str,
    nanoseconds: f64,
    growth: f64,
}

impl Case {
    fn measure(name: &'static str, stage: &Stage, texts: &[String]) -> Self {
        let points: Vec<_> = texts.iter().map(|t| point(stage, t)).collect();
        let (bytes, seconds) = points[points.len() - 1];
        Self {
            name,
            nanoseconds: seconds * 1e9 / bytes,
            growth: slope(&points),
        }
    }
}

fn head(stages: &[(Stage, Vec<Case>)]) {
    print!("  {:26}", "ns a byte, growth");
    for (stage, _) in stages {
        print!(" {:>16}", stage.name.replace("sentences and", "both,"));
    }
    println!();
}

fn summary(stages: &[(Stage, Vec<Case>)], kilobytes: &[usize]) {
    println!(
        "  {:22} {:>6}  {:28} {:>9}  {:28} {:>8}   {} texts of {kilobytes:?} kB",
        "",
        "growth",
        "at most, with",
        "ns a byte",
        "at most, with",
        "news",
        stages[0].1.len()
    );
    for (stage, seen) in stages {
        let most = |key: fn(&Case) -> f64| seen.iter().max_by(|a, b| key(a).total_cmp(&key(b)));
        let (Some(steepest), Some(slowest)) = (most(|c| c.growth), most(|c| c.nanoseconds)) else {
            continue;
        };
        println!(
            "  {:22} {:>6.2}  {:28} {:>9.1}  {:28} {:>8.1}",
            stage.name,
            steepest.growth,
            steepest.name,
            slowest.nanoseconds,
            slowest.name,
            seen[0].nanoseconds
        );
    }
    for (stage, seen) in stages {
        for case in seen.iter().filter(|c| c.growth > LINEAR) {
            println!(
                "  NOT LINEAR: {}, {}: {:.2}",
                stage.name, case.name, case.growth
            );
        }
    }
}

fn fill(unit: &str, kilobytes: usize) -> String {
    unit.repeat((kilobytes * 1000).div_ceil(unit.len()))
}

/// The size and the best time of three.
fn point(stage: &Stage, text: &str) -> (f64, f64) {
    let times = (0..3).map(|_| {
        let begin = Instant::now();
        std::hint::black_box(stage.run(text, &mut Scratch::default()));
        begin.elapsed().as_secs_f64()
    });
    (text.len() as f64, times.fold(f64::INFINITY, f64::min))
}

/// The slope of the line through the logarithms, by least squares; 1 for a single point.
fn slope(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let n = logs.len() as f64;
    let (mx, my) = logs
        .iter()
        .fold((0.0, 0.0), |(a, b), (x, y)| (a + x / n, b + y / n));
    let (up, across) = logs.iter().fold((0.0, 0.0), |(a, b), (x, y)| {
        (a + (x - mx) * (y - my), b + (x - mx) * (x - mx))
    });
    if across == 0.0 { 1.0 } else { up / across }
}
