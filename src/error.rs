//! What can go wrong, and where: an opaque [`Error`] over a private kind.

use std::fmt;

/// The result of everything in nasij that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// An error that names its place: the file, row and column, or the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<ErrorKind>);

/// The classes of error a caller may want to tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument outside what the function takes.
    Argument(String),
    /// A text that cannot be processed at all (over 4 GiB, say).
    Text(String),
    /// A broken row of a lexicon: file, row (from 1), column and reason.
    Lexicon {
        /// The file's name.
        file: String,
        /// The row: its number from 1, the header being row 1, or what its source calls it. Empty
        /// for the header of what has no numbers.
        row: String,
        /// The column's name, or empty.
        column: String,
        /// What is wrong.
        reason: String,
    },
    /// Bytes that are no nasij object, or one of another version.
    Format(String),
    /// The work was stopped by its caller.
    Cancelled,
}

impl Error {
    /// The class of this error.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            ErrorKind::Argument(m) | ErrorKind::Text(m) | ErrorKind::Format(m) => f.write_str(m),
            ErrorKind::Lexicon {
                file,
                row,
                column,
                reason,
            } if column.is_empty() => write!(f, "{file}, row {row}: {reason}"),
            ErrorKind::Lexicon {
                file,
                row,
                column,
                reason,
            } if row.is_empty() => write!(f, "{file}, column {column}: {reason}"),
            ErrorKind::Lexicon {
                file,
                row,
                column,
                reason,
            } => write!(f, "{file}, row {row}, column {column}: {reason}"),
            ErrorKind::Cancelled => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for Error {}
