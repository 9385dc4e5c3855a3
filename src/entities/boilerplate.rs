use crate::lexicon::Lexicon;
use crate::segment::Sentence;
use crate::text::letters::is_line_break;

/// Marks the sentences that a site adds to its articles: they name nobody the article speaks of.
///
/// A boilerplate phrase counts at the beginning of a line, and what follows on that line is
/// boilerplate too.
pub(super) fn mark(
    lexicon: &Lexicon,
    text: &str,
    folded: impl Fn(&Sentence) -> (usize, usize),
    folded_text: &str,
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
        if begins_line {
            let (start, end) = folded(sentence);
            let words = folded_text[start..end]
                .trim_matches(|c: char| !c.is_alphanumeric());
            line_is = lexicon.words().boilerplate.iter().any(|(phrase, whole)| {
                words
                    .get(..phrase.len())
                    .is_some_and(|head| head.eq_ignore_ascii_case(phrase))
                    && (if *whole {
                        words.len() == phrase.len()
                    } else {
                        !words[phrase.len()..].starts_with(char::is_alphanumeric)
                    })
            });
        }
        marked.push(line_is);
    }
}
