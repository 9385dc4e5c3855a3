//! Many texts at once: extraction over threads, and the tables that come of it.
//!
//! [`analyze`] runs an extractor over texts in chunks; the order of its tables depends on the
//! texts alone, never on threads or chunks. [`Analysis`] holds mentions as columns and answers
//! what is counted: the units of a text ([`Unit`]), which entities each holds, and where it
//! stands, so that counts and evidence come from one place.

mod analysis;
mod concordance;
mod evidence;
mod index;
mod locate;
mod pipeline;
mod relink;
mod roles;
mod select;
mod texts;
mod units;
mod variants;
mod vocabulary;
mod wanted;
mod windows;

pub use analysis::{Analysis, MentionRow, NO_ROLE};
pub use concordance::{Context, Width, contexts};
pub use evidence::Asked;
pub use locate::{Located, Locator, locate};
pub use pipeline::{Job, analyze, inputs, nested};
pub use roles::{RoleRow, Roles, roles};
pub use texts::Texts;
pub use units::{NO_GROUP, Place, Selection, Unit};
pub use variants::Suggestion;
pub use vocabulary::{Entity, Strings};
pub use wanted::Wanted;
