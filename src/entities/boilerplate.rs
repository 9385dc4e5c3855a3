//! Lines that a site adds to its articles: they name nobody the article speaks of.

use crate::lexicon::{Furniture, Lexicon};
use crate::normalize::Alignment;
use crate::segment::Sentence;
use crate::text::letters::is_line_break;

/// Marks the sentences that are site furniture. A phrase of the list counts at the beginning of
/// a line, and what follows on that line is furniture too; a credit counts in a parenthesis that
/// begins a sentence.
pub(super) fn mark(
    lexicon: &Lexicon,
    text: &str,
    folded: &str,
    alignment: &Alignment,
    sentences: &[Sentence],
    marked: &mut Vec<bool>,
) {
    marked.clear();
    let mut line_is = false;
    for sentence in sentences {
        let begins_line = text[..sentence.span.start as usize]
            .chars()
            .next_back()
            .is_none_or(is_line_break);
        let words = alignment.to_normalized(sentence.span).of(folded).trim();
        if begins_line {
            line_is = false;
        }
        line_is |= furniture(lexicon, words, begins_line);
        marked.push(line_is);
    }
}

fn furniture(lexicon: &Lexicon, sentence: &str, begins_line: bool) -> bool {
    let bare = sentence.trim_matches(|c: char| !c.is_alphanumeric());
    lexicon.words().boilerplate.iter().any(|(phrase, place)| {
        let begins = |line: &str| {
            line.strip_prefix(phrase.as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        // A phrase with its own mark, «(تحرير», is held to it.
        let marked = !phrase.starts_with(char::is_alphanumeric);
        match place {
            Furniture::Line => begins_line && bare == phrase.trim_matches(|c: char| !c.is_alphanumeric()),
            Furniture::Start => begins_line && begins(if marked { sentence } else { bare }),
            Furniture::Credit => {
                let phrase_bare = phrase.trim_start_matches('(');
                sentence
                    .strip_prefix('(')
                    .and_then(|inside| inside.trim_start().strip_prefix(phrase_bare))
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            }
        }
    })
}
