//! Lines that a site adds to its articles: they name nobody the article speaks of.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use crate::lexicon::{Furniture, Lexicon};
use crate::normalize::Alignment;
use crate::segment::Sentence;
use crate::text::letters::{is_alphanumeric, is_line_break};

/// The phrases of site furniture, by their first word; by the empty one if they begin with a mark.
#[derive(Debug, Default)]
pub(super) struct Boilerplate(HashMap<String, Vec<(String, Furniture)>, RandomState>);

impl Boilerplate {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut phrases: HashMap<String, Vec<_>, RandomState> = HashMap::default();
        for (phrase, place) in &lexicon.words().boilerplate {
            let phrase = match place {
                Furniture::Line => bare(phrase),
                Furniture::Start => phrase,
                Furniture::Credit => phrase.trim_start_matches('('),
            };
            if !phrase.is_empty() {
                let known = phrases.entry_ref(first_word(phrase)).or_default();
                known.push((phrase.to_owned(), *place));
            }
        }
        Self(phrases)
    }

    /// Marks the sentences that are site furniture. A phrase of the list counts at the beginning
    /// of a line, and what follows on that line is furniture too; a credit counts in a
    /// parenthesis that begins a sentence.
    pub(super) fn mark(
        &self,
        text: &str,
        folded: &str,
        alignment: &Alignment,
        sentences: &[Sentence],
        marked: &mut Vec<bool>,
    ) {
        marked.clear();
        let mut alignment = alignment.forward();
        let mut line_is = false;
        for sentence in sentences {
            let begins_line = text[..sentence.span.start as usize]
                .chars()
                .next_back()
                .is_none_or(is_line_break);
            let words = alignment.to_normalized(sentence.span).of(folded);
            line_is = (line_is && !begins_line) || self.is_furniture(words, begins_line);
            marked.push(line_is);
        }
    }

    fn is_furniture(&self, sentence: &str, begins_line: bool) -> bool {
        let sentence = sentence.trim();
        let credit = sentence.strip_prefix('(').map(str::trim_start);
        if credit.is_some_and(|inside| self.begins(inside, "", Furniture::Credit)) {
            return true;
        }
        // A phrase with a mark of its own, «(تحرير», is held to it.
        let marked = !sentence.starts_with(is_alphanumeric);
        begins_line && {
            let bare = bare(sentence);
            marked && self.begins(sentence, "", Furniture::Start)
                || self.begins(if marked { bare } else { sentence }, bare, Furniture::Start)
        }
    }

    /// Whether a phrase of this place begins a line, or one of whole lines is all of it.
    fn begins(&self, line: &str, whole: &str, place: Furniture) -> bool {
        let phrases = self.0.get(first_word(line));
        phrases.into_iter().flatten().any(|(phrase, at)| {
            let rest = || line.strip_prefix(phrase.as_str());
            *at == Furniture::Line && phrase == whole
                || *at == place && rest().is_some_and(|rest| !rest.starts_with(is_alphanumeric))
        })
    }
}

fn first_word(line: &str) -> &str {
    let end = line.find(|c: char| !is_alphanumeric(c));
    &line[..end.unwrap_or(line.len())]
}

fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| !is_alphanumeric(c))
}
