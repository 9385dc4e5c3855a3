//! Measures the text core by itself, without Python.
//!
//! `speed FILE` prints megabytes a second by stage, on one thread and on two; `linear FILE` the
//! time against the size of texts made to be hard, text by text if sizes are given; `tagger FILE`
//! holds a tagger of random weights against plain arithmetic and prints its speed; `once STAGE
//! FILE` runs one stage once, for instruction counts. A file holds texts parted by NUL;
//! `tests/bench/core.py` writes it and builds this.

mod linear;
mod speed;
mod stages;
mod tagger;
#[path = "../../core/tagger_reference.rs"]
mod tagger_reference;

use std::process::ExitCode;

use stages::Stage;

const USAGE: &str = "core speed FILE | linear FILE [KILOBYTES ...] | tagger FILE | once STAGE FILE";

fn main() -> ExitCode {
    // `cargo bench` adds an argument of its own.
    let given: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    match run(&given) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(given: &[&str]) -> Result<(), String> {
    match given {
        ["speed", file] => speed::print(&read(file)?),
        ["linear", file] => linear::print(&read(file)?, &[500, 1000, 2000], false),
        ["linear", file, sizes @ ..] => linear::print(&read(file)?, &kilobytes(sizes)?, true),
        ["tagger", file] => tagger::print(&read(file)?),
        ["once", stage, file] => {
            let (stage, texts) = (Stage::named(stage)?, read(file)?);
            // What is made once and kept is made here.
            let mut scratch = stages::Scratch::default();
            for text in &texts.0 {
                stage.run(text, &mut scratch);
            }
            println!("{} {}", texts.run(&stage), stage.name);
        }
        _ => return Err(USAGE.to_owned()),
    }
    Ok(())
}

fn read(file: &str) -> Result<Texts, String> {
    let all = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    Ok(Texts(all.split('\0').map(str::to_owned).collect()))
}

fn kilobytes(given: &[&str]) -> Result<Vec<usize>, String> {
    let size = |s: &&str| s.parse().map_err(|_| format!("{s} is no number of kB"));
    given.iter().map(size).collect()
}

/// Texts to measure on.
struct Texts(Vec<String>);

impl Texts {
    fn bytes(&self) -> usize {
        self.0.iter().map(String::len).sum()
    }

    /// Runs a stage over all, and adds up what it found.
    #[inline(never)]
    fn run(&self, stage: &Stage) -> usize {
        let mut scratch = stages::Scratch::default();
        self.0.iter().map(|t| stage.run(t, &mut scratch)).sum()
    }
}
