//! Thread pools of our own: none outlives its call, so a process may fork between two calls and
//! nothing is shared with other libraries.

use crate::error::{ErrorKind, Result};

/// Runs `work` on a pool of so many threads; none for as many as the machine has cores.
///
/// # Errors
/// Where no threads can be made.
pub fn on_pool<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> Result<T> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.unwrap_or(0))
        .build()
        .map_err(|e| ErrorKind::Argument(format!("no threads to work with: {e}")))?;
    Ok(pool.install(work))
}
