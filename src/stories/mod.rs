//! Stories: articles that are copies of one another count as one.
//!
//! An article is a set of shingles, the runs of three words in its folded text (`shingles`);
//! runs that come back day after day are phrases of bulletins, forms and sites, and are left out
//! (`stock`). Minima of the sets bring together pairs that may be alike (`sketch`,
//! `candidates`); how alike they are is then counted, not estimated (`overlap`), and average
//! linkage makes stories of the pairs (`linkage`).
//!
//! After A. Broder, "On the resemblance and containment of documents" (1997). What comes out does
//! not depend on the order of the texts but for the number of a story and which of its articles is
//! the first where dates are the same.

mod candidates;
mod linkage;
mod overlap;
mod shingles;
mod sketch;
mod stock;

use rayon::prelude::*;

use crate::corpus::{Job, Texts};
use crate::error::{ErrorKind, Result};
use crate::threads::pool;
use overlap::overlap;
use shingles::Shingler;

pub use overlap::{LEAST_SHARED, Overlap};

/// The date of a document without one.
pub const NO_DATE: i64 = i64::MIN;

/// What [`Copy::nearest`] is for an article that has a story to itself.
pub const ALONE: u32 = u32::MAX;

/// How alike the copies in a story are, on average, where nothing else is asked for.
pub const THRESHOLD: f64 = 0.4;

/// Bytes of text between two calls of `progress`.
const CHUNK: usize = 16 << 20;

/// Pairs that are compared between two calls of it.
const PAIRS: usize = 1 << 20;

/// An article within its story.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copy {
    /// The document of the earliest article of the story; of two of one date the one before.
    pub first: u32,
    /// The document of the story that is most like this one, or [`ALONE`].
    pub nearest: u32,
    /// How alike the two are; 0 for one alone.
    pub similarity: f32,
    /// How much of this article stands in the first one.
    pub taken: f32,
    /// How much of the first one stands in this article.
    pub kept: f32,
}

/// Finds the stories of texts with these dates, in seconds, or [`NO_DATE`].
///
/// Articles are one story if their mean similarity to each other is at least `threshold`, or if
/// their words are the same. An empty text is alone.
///
/// # Errors
/// A threshold that is not between 0 and 1, or another number of dates than of texts;
/// [`ErrorKind::Cancelled`] when `progress` stopped it; a pool that cannot be made.
pub fn stories(
    texts: &Texts,
    dates: &[i64],
    threshold: f64,
    job: &mut Job<'_>,
) -> Result<Vec<Copy>> {
    if !(threshold > 0.0 && threshold <= 1.0) {
        let message = format!("threshold is over 0 and at most 1, not {threshold}");
        return Err(ErrorKind::Argument(message).into());
    }
    if dates.len() != texts.len() {
        let message = format!("{} dates for {} texts", dates.len(), texts.len());
        return Err(ErrorKind::Argument(message).into());
    }
    let pool = pool(job.threads)?;
    let (prints, sets) = read(texts, &pool, job)?;
    let mut goes_on = || {
        if (job.progress)(texts.len(), texts.bytes() as u64) {
            Ok(())
        } else {
            Err(ErrorKind::Cancelled.into())
        }
    };
    let Distinct { mut sets, node_of } = distinct(&prints, sets);
    pool.install(|| {
        stock::leave_out(&mut sets, &node_of, dates, &mut goes_on)?;
        let pairs = candidates::pairs(&sets, &mut goes_on)?;
        let mut edges = Vec::new();
        for some in pairs.chunks(PAIRS) {
            edges.par_extend(some.par_iter().filter_map(|&(a, b)| {
                let similarity = overlap(&sets[a as usize], &sets[b as usize]).similarity();
                (similarity > 0.0).then_some((a, b, similarity))
            }));
            goes_on()?;
        }
        let clusters = linkage::average(sets.len(), &edges, threshold as f32);
        goes_on()?;
        Ok(told(&clusters, &edges, &sets, &node_of, dates))
    })
}

/// How alike two texts are by themselves, stock phrases included.
pub fn compare(a: &str, b: &str) -> Overlap {
    let shingler = Shingler::default();
    let mut buffer = Vec::new();
    let mut set = |text| shingler.shingles(text, &mut buffer).1;
    overlap(&set(a), &set(b))
}

/// The print of the words of each text, none where there are none, and its shingles.
type Prints = Vec<Option<u64>>;

fn read(
    texts: &Texts,
    pool: &rayon::ThreadPool,
    job: &mut Job<'_>,
) -> Result<(Prints, Vec<Vec<u32>>)> {
    let shingler = Shingler::default();
    let (mut prints, mut sets) = (Vec::new(), Vec::new());
    let (mut at, mut bytes) = (0, 0);
    while at < texts.len() {
        let first = at;
        let mut size = 0;
        while at < texts.len() && size < CHUNK {
            size += texts.get(at).len();
            at += 1;
        }
        let chunk: Vec<_> = pool.install(|| {
            (first..at)
                .into_par_iter()
                .map_init(Vec::new, |buffer, i| {
                    shingler.shingles(texts.get(i), buffer)
                })
                .collect()
        });
        for (print, set) in chunk {
            prints.push(print);
            sets.push(set);
        }
        bytes += size as u64;
        if !(job.progress)(at, bytes) {
            return Err(ErrorKind::Cancelled.into());
        }
    }
    Ok((prints, sets))
}

/// Texts with the same words are one node; nodes are in the order of their prints, whatever the
/// order of the texts.
struct Distinct {
    sets: Vec<Vec<u32>>,
    /// The node of each text; [`ALONE`] for one without words.
    node_of: Vec<u32>,
}

fn distinct(prints: &[Option<u64>], mut sets: Vec<Vec<u32>>) -> Distinct {
    let mut order: Vec<(u64, usize)> = prints
        .iter()
        .enumerate()
        .filter_map(|(i, print)| Some(((*print)?, i)))
        .collect();
    order.sort_unstable();
    let mut node_of = vec![ALONE; prints.len()];
    let mut kept = Vec::new();
    for same in order.chunk_by(|x, y| x.0 == y.0) {
        for &(_, i) in same {
            node_of[i] = kept.len() as u32;
        }
        kept.push(std::mem::take(&mut sets[same[0].1]));
    }
    Distinct {
        sets: kept,
        node_of,
    }
}

fn told(
    clusters: &[u32],
    edges: &[(u32, u32, f32)],
    sets: &[Vec<u32>],
    node_of: &[u32],
    dates: &[i64],
) -> Vec<Copy> {
    // Of each node the first two documents, and the most alike other node of its cluster.
    let key = |doc: u32| {
        let date = dates[doc as usize];
        (date == NO_DATE, date, doc)
    };
    let nothing = (ALONE, ALONE);
    let mut documents = vec![nothing; sets.len()];
    for (doc, &node) in (0..).zip(node_of).filter(|n| *n.1 != ALONE) {
        let two = &mut documents[node as usize];
        if two.0 == ALONE || key(doc) < key(two.0) {
            *two = (doc, two.0);
        } else if two.1 == ALONE || key(doc) < key(two.1) {
            two.1 = doc;
        }
    }
    let mut first = vec![ALONE; sets.len()];
    for (node, &cluster) in clusters.iter().enumerate() {
        let known = &mut first[cluster as usize];
        let doc = documents[node].0;
        if *known == ALONE || key(doc) < key(*known) {
            *known = doc;
        }
    }
    let mut nearest = vec![(0.0, ALONE); sets.len()];
    for &(a, b, similarity) in edges {
        if clusters[a as usize] == clusters[b as usize] {
            for (of, other) in [(a, b), (b, a)] {
                let known: &mut (f32, u32) = &mut nearest[of as usize];
                let earlier = |known: u32| key(documents[other as usize].0) < key(known);
                if similarity > known.0 || (similarity >= known.0 && earlier(known.1)) {
                    *known = (similarity, documents[other as usize].0);
                }
            }
        }
    }
    (0..node_of.len() as u32)
        .into_par_iter()
        .map(|doc| {
            let node = node_of[doc as usize];
            if node == ALONE {
                return Copy::alone(doc);
            }
            let first = first[clusters[node as usize] as usize];
            let (one, two) = documents[node as usize];
            let twin = if one == doc { two } else { one };
            let (similarity, nearest) = if twin == ALONE {
                nearest[node as usize]
            } else {
                (1.0, twin)
            };
            let of_first = node_of[first as usize];
            let (taken, kept) = if of_first == node {
                (1.0, 1.0)
            } else {
                let both = overlap(&sets[node as usize], &sets[of_first as usize]);
                both.containments()
            };
            Copy {
                first,
                nearest,
                similarity,
                taken,
                kept,
            }
        })
        .collect()
}

impl Copy {
    fn alone(doc: u32) -> Self {
        Self {
            first: doc,
            nearest: ALONE,
            similarity: 0.0,
            taken: 1.0,
            kept: 1.0,
        }
    }
}
