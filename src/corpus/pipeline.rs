use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::analysis::{Analysis, Gatherer};
use super::texts::Texts;
use super::wanted::Wanted;
use crate::entities::{Document, Extractor, Inputs, Outer, Scratch};
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

/// Extracts every text and gathers the tables of what is wanted.
///
/// Texts are worked on in chunks, each spread over the threads of one pool; results are gathered
/// in the order of the texts, so that they are the same however many threads there are.
///
/// # Errors
/// A text of 4 GiB or more; [`ErrorKind::Cancelled`] when `progress` stopped it; a pool that
/// cannot be made.
pub fn analyze(
    extractor: &Extractor,
    texts: &Texts,
    wanted: &Wanted,
    job: &mut Job<'_>,
) -> Result<Analysis> {
    let mut gatherer = Gatherer::new(extractor.lexicon(), wanted);
    let found = |i: usize, scratch: &mut Scratch| {
        let text = texts.get(i);
        Ok(Placed::of(text, extractor.extract(text, scratch)?))
    };
    work(texts, job, found, |i, placed| {
        gatherer.add(texts.get(i), placed);
    })?;
    Ok(gatherer.finish())
}

/// What the tagger reads of every text, handed to `take` in the order of the texts.
///
/// # Errors
/// As [`analyze`].
pub fn inputs(
    extractor: &Extractor,
    texts: &Texts,
    job: &mut Job<'_>,
    mut take: impl FnMut(usize, &Inputs),
) -> Result<()> {
    let read = |i: usize, scratch: &mut Scratch| extractor.inputs(texts.get(i), scratch);
    work(texts, job, read, |i, inputs| take(i, inputs))
}

/// Finds the names inside the mentions of an analysis of these texts (see [`Extractor::nested`]):
/// tables of the same shape, and for each of their mentions the one around it.
///
/// # Errors
/// As [`analyze`].
pub fn nested(
    extractor: &Extractor,
    texts: &Texts,
    analysis: &Analysis,
    job: &mut Job<'_>,
) -> Result<(Analysis, Vec<u32>)> {
    let wanted = Wanted::default();
    let mut gatherer = Gatherer::new(extractor.lexicon(), &wanted);
    let mut around = Vec::new();
    let found = |i: usize, scratch: &mut Scratch| {
        let text = texts.get(i);
        let mentions = analysis.mentions_of(i).iter().map(|m| {
            let entity = &analysis.entities[m.entity as usize];
            Outer {
                tokens: (m.first_token, m.end_token),
                entity_type: entity.entity_type,
                id: &entity.id,
            }
        });
        let (document, outer) = extractor.nested(text, &mentions.collect::<Vec<_>>(), scratch)?;
        Ok((Placed::of(text, document), outer))
    };
    work(texts, job, found, |i, (placed, outer)| {
        gatherer.add(texts.get(i), placed);
        around.extend(outer.iter().map(|o| analysis.first_mention[i] + o));
    })?;
    Ok((gatherer.finish(), around))
}

/// Does something to every text in parallel, chunk by chunk, and takes the results in order.
fn work<T: Send>(
    texts: &Texts,
    job: &mut Job<'_>,
    find: impl Fn(usize, &mut Scratch) -> Result<T> + Sync,
    mut take: impl FnMut(usize, &T),
) -> Result<()> {
    let pool = pool(job.threads)?;
    // What a worker learnt of words serves it in all chunks.
    let scratches: Vec<Mutex<Scratch>> = (0..pool.current_num_threads())
        .map(|_| Mutex::default())
        .collect();
    let (mut at, mut bytes) = (0, 0_u64);
    while at < texts.len() {
        let first = at;
        let mut size = 0;
        while at < texts.len() && (size < CHUNK || at == first) {
            size += texts.get(at).len();
            at += 1;
        }
        let chunk: Vec<Result<T>> = pool.install(|| {
            (first..at)
                .into_par_iter()
                .with_max_len(8)
                .map(|i| {
                    let worker = rayon::current_thread_index().unwrap_or_default();
                    let scratch = scratches[worker].lock();
                    let mut scratch = scratch.unwrap_or_else(PoisonError::into_inner);
                    find(i, &mut scratch)
                })
                .collect()
        });
        for (i, found) in (first..at).zip(chunk) {
            take(i, &found?);
        }
        bytes += size as u64;
        if !(job.progress)(at, bytes) {
            return Err(ErrorKind::Cancelled.into());
        }
    }
    Ok(())
}

/// A document and the places of its mentions and their roles in code points.
pub(super) struct Placed {
    pub(super) document: Document,
    pub(super) code_points: Vec<[(u32, u32); 2]>,
}

impl Placed {
    fn of(text: &str, document: Document) -> Self {
        let mut of_span = CodePoints::nearby(text);
        let code_points = document
            .mentions
            .iter()
            .map(|m| {
                let mut place = |span| {
                    let (start, end) = of_span(span);
                    (start as u32, end as u32)
                };
                [place(m.span), m.role.map_or((0, 0), |r| place(r.span))]
            })
            .collect();
        Self {
            document,
            code_points,
        }
    }
}
