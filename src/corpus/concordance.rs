//! Keyword in context: what stands before and after each mention.

use super::analysis::{Analysis, MentionRow};
use super::locate::{Locator, by_document};
use super::texts::Texts;
use super::units::Unit;
use crate::error::Result;
use crate::text::CodePoints;

/// How much stands beside a keyword; words are never cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// At most so many code points.
    CodePoints(u32),
    /// So many words: what stands between white space and has a letter or digit.
    Words(u32),
}

/// Where the context of a keyword begins and ends in its document, in code points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Context {
    /// The first of what stands before the mention and its clitics.
    pub start: u32,
    /// One past the last of what stands after it.
    pub end: u32,
}

/// The contexts of some mentions (places in [`Analysis::mentions`]), none of which leaves the
/// unit that the mention is in; windows and documents are the same.
///
/// # Errors
/// Where no threads can be made.
pub fn contexts(
    analysis: &Analysis,
    texts: &Texts,
    mentions: &[u32],
    width: Width,
    within: Unit,
) -> Result<Vec<Context>> {
    let row = |i: u32| &analysis.mentions[mentions[i as usize] as usize];
    by_document(
        mentions.len(),
        |i| row(i).document,
        |rows| {
            let document = row(rows[0]).document as usize;
            let text = texts.get(document);
            let (sentences, all) = (
                analysis.sentences_of(document),
                analysis.mentions_of(document),
            );
            let locator = match within {
                Unit::Sentence | Unit::Paragraph => Some(Locator::new(text, within, all)),
                _ => None,
            };
            let index = CodePoints::new(text);
            let context = |m: &MentionRow| {
                let bounds = locator.as_ref().map_or(0..text.len(), |locator| {
                    let sentence = m.sentence as usize;
                    let unit = if within == Unit::Sentence {
                        m.sentence
                    } else {
                        sentences[sentence]
                    };
                    locator.locate(unit).1.range()
                });
                let prefix = &analysis.prefixes.list()[m.prefix as usize];
                let start = m.start as usize - prefix.chars().count();
                let before = text[..index.to_byte(start)]
                    .get(bounds.start..)
                    .unwrap_or_default();
                let after = text[..bounds.end]
                    .get(index.to_byte(m.end as usize)..)
                    .unwrap_or_default();
                Context {
                    start: (start - extent(before.chars().rev(), width)) as u32,
                    end: m.end + extent(after.chars(), width) as u32,
                }
            };
            rows.iter().map(|&i| context(row(i))).collect()
        },
    )
}

/// How many of the characters, going away from the keyword, belong to whole words that are
/// within the width.
fn extent(characters: impl Iterator<Item = char>, width: Width) -> usize {
    let (mut whole, mut words, mut telling) = (0, 0, false);
    let mut characters = characters.enumerate().peekable();
    while let Some((n, c)) = characters.next() {
        let full = match width {
            Width::CodePoints(most) => n >= most as usize,
            Width::Words(most) => words >= most,
        };
        if full {
            break;
        }
        telling |= c.is_alphanumeric();
        let ends = characters
            .peek()
            .is_none_or(|(_, next)| next.is_whitespace());
        if !c.is_whitespace() && ends {
            whole = n + 1;
            words += u32::from(telling);
            telling = false;
        }
    }
    whole
}
