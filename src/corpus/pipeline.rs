use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::analysis::{Analysis, Gatherer};
use super::texts::Texts;
use crate::entities::{Document, Extractor, Scratch};
use crate::error::{ErrorKind, Result};
use crate::text::CodePoints;
use crate::threads::pool;

/// How a corpus is worked through.
pub struct Job<'j> {
    /// How many threads; none for as many as the machine has cores.
    pub threads: Option<usize>,
    /// Called between chunks with the documents and bytes done; `false` stops the work.
    pub progress: &'j mut (dyn FnMut(usize, u64) -> bool + Send),
}

/// Bytes of text between two calls of `progress`.
const CHUNK: usize = 4 << 20;

/// Extracts every text and gathers the tables.
///
/// Texts are worked on in chunks, each spread over the threads of one pool; results are gathered
/// in the order of the texts, so that they are the same however many threads there are.
///
/// # Errors
/// A text of 4 GiB or more; [`ErrorKind::Cancelled`] when `progress` stopped it; a pool that
/// cannot be made.
pub fn analyze(extractor: &Extractor, texts: &Texts, job: &mut Job<'_>) -> Result<Analysis> {
    let pool = pool(job.threads)?;
    // What a worker learnt of words serves it in all chunks.
    let scratches: Vec<Mutex<Scratch>> = (0..pool.current_num_threads())
        .map(|_| Mutex::default())
        .collect();
    let mut gatherer = Gatherer::new(extractor.lexicon());
    let (mut at, mut bytes) = (0, 0_u64);
    while at < texts.len() {
        let first = at;
        let mut size = 0;
        while at < texts.len() && (size < CHUNK || at == first) {
            size += texts.get(at).len();
            at += 1;
        }
        let chunk: Vec<Result<Placed>> = pool.install(|| {
            (first..at)
                .into_par_iter()
                .with_max_len(8)
                .map(|i| {
                    let worker = rayon::current_thread_index().unwrap_or_default();
                    let scratch = scratches[worker].lock();
                    let mut scratch = scratch.unwrap_or_else(PoisonError::into_inner);
                    Placed::extract(extractor, texts.get(i), &mut scratch)
                })
                .collect()
        });
        for (i, placed) in (first..at).zip(chunk) {
            gatherer.add(texts.get(i), &placed?);
        }
        bytes += size as u64;
        if !(job.progress)(at, bytes) {
            return Err(ErrorKind::Cancelled.into());
        }
    }
    Ok(gatherer.finish())
}

/// A document and the places of its mentions in code points.
pub(super) struct Placed {
    pub(super) document: Document,
    pub(super) code_points: Vec<(u32, u32)>,
}

impl Placed {
    fn extract(extractor: &Extractor, text: &str, scratch: &mut Scratch) -> Result<Self> {
        let document = extractor.extract(text, scratch)?;
        let index = CodePoints::new(text);
        let code_points = document
            .mentions
            .iter()
            .map(|m| {
                let (start, end) = index.of_span(m.span);
                (start as u32, end as u32)
            })
            .collect();
        Ok(Self {
            document,
            code_points,
        })
    }
}
