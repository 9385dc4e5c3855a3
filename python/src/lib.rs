//! `nasij._nasij`: the core as Python sees it. These files convert arguments and results, release
//! the GIL and map errors; what nasij does is in the core crate.

// Offsets and rows lie under 2^32, and numpy's integers are signed.
#![allow(clippy::cast_possible_wrap)]
// PyO3 hands arguments over by value.
#![allow(clippy::needless_pass_by_value)]

use pyo3::prelude::*;

mod arrow;
mod clitics;
mod columns;
mod corpus;
mod counts;
mod edge;
mod evidence;
mod folding;
mod lexicon;
mod measures;
mod resample;
mod segments;
mod stories;
mod tagger;
mod text;
mod trends;

#[pymodule(gil_used = false)]
mod _nasij {
    #[pymodule_export]
    use super::arrow::{ArrowArray, ArrowStream, read_arrow};
    #[pymodule_export]
    use super::clitics::clitics;
    #[pymodule_export]
    use super::corpus::{Extraction, Texts, analyze};
    #[pymodule_export]
    use super::counts::Counts;
    #[pymodule_export]
    use super::lexicon::Lexicon;
    #[pymodule_export]
    use super::measures::{association, false_discovery};
    #[pymodule_export]
    use super::resample::{bootstrap, permute};
    #[pymodule_export]
    use super::segments::{sentences, tokens};
    #[pymodule_export]
    use super::stories::find_stories;
    #[pymodule_export]
    use super::tagger::{tagger_calibrated, tagger_inputs, tagger_model, tagger_run};
    #[pymodule_export]
    use super::text::{Normalized, Normalizer};
    #[pymodule_export]
    use super::trends::{bursts, compare, series, smoothed, wilson};
    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("MEASURES", super::measures::described(module.py())?)
    }
}
