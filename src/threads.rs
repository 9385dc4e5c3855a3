//! Thread pools of our own: none outlives its call, so a process may fork between two calls and
//! nothing is shared with other libraries.

use crate::error::{ErrorKind, Result};

/// More threads than this only wait for each other.
const MOST: usize = 256;

/// Runs `work` on a [`pool`].
///
/// # Errors
/// Where no threads can be made.
pub fn on_pool<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> Result<T> {
    Ok(pool(threads)?.install(work))
}

/// A pool of so many threads, at most 256; none for as many as the machine has cores.
///
/// # Errors
/// Where no threads can be made.
pub fn pool(threads: Option<usize>) -> Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, |n| n.min(MOST)))
        .build()
        .map_err(|e| ErrorKind::Argument(format!("no threads to work with: {e}")).into())
}
