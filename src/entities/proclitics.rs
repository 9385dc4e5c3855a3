//! How much of a name's first word is proclitics, where no list has the name: و in وكاسترو, none in
//! ويليام.

use foldhash::fast::RandomState;
use hashbrown::HashSet;

use super::bodies::KINDS;
use super::extractor::Page;
use super::forms::stem;
use crate::lexicon::{EntityType, Stems, WordClass};
use crate::segment::clitics::{Analysis, Article, Evidence, Letters, Reading, readings};

/// The words of the article's names, without their proclitics.
pub(super) type Heard<'p> = HashSet<&'p str, RandomState>;

/// What speaks for a stem, in the parts of nats that [`Stems`] counts in.
const KNOWN: u32 = 4 * 256;
const HEARD: u32 = 8 * 256;
const ALONE: u32 = 3 * 256;
const JOINED: u32 = 2 * 256;

/// Whether a name that begins with this word may begin behind a proclitic.
pub(super) fn doubtful(word: &str) -> bool {
    word.starts_with(['و', 'ف', 'ب', 'ك', 'ل']) && word.chars().nth(2).is_some()
}

/// How many folded bytes of the word at `first`, which begins a name, are proclitics. `joined`
/// says that the word before ends a name of its kind.
pub(super) fn cut(
    page: &Page<'_>,
    first: usize,
    entity_type: EntityType,
    heard: &Heard<'_>,
    joined: bool,
) -> usize {
    let word = page.word(first);
    let raw = page.cells[first].span.of(page.text);
    let Some(letters) = Letters::of(raw).filter(|_| doubtful(word)) else {
        return 0;
    };
    let stems = Stems::shipped();
    let mut scratch = String::new();
    let cost = |reading: &Reading, scratch: &mut String| {
        let prefix = proclitics(reading);
        let article = matches!(reading.article, Article::Joined | Article::Merged);
        let analysis = Analysis { prefix, article };
        let (stem, _) = stem(word, analysis, scratch);
        let mut cost = stems.cost(letters, reading) + HEARD + KNOWN + ALONE + JOINED;
        cost -= if begins(page, stem, entity_type) {
            KNOWN
        } else {
            0
        };
        cost -= if heard.contains(stem) { HEARD } else { 0 };
        cost -= if alone(page, stem, first) { ALONE } else { 0 };
        cost -= if joined && reading.conjunction == Some('و') {
            JOINED
        } else {
            0
        };
        cost
    };
    let plain = |r: &Reading| r.pronoun == 0 && r.particle != Some('س');
    readings(letters)
        .into_iter()
        .filter(plain)
        .min_by_key(|reading| cost(reading, &mut scratch))
        .map_or(0, |reading| proclitics(&reading))
}

/// The bytes of a reading's proclitics.
fn proclitics(reading: &Reading) -> usize {
    const LETTER: usize = 'و'.len_utf8();
    LETTER * (usize::from(reading.conjunction.is_some()) + usize::from(reading.particle.is_some()))
}

/// Whether names begin with a word, or bodies and places with what they are.
fn begins(page: &Page<'_>, word: &str, entity_type: EntityType) -> bool {
    let Some(id) = page.matcher.word(word) else {
        return false;
    };
    let class = page.matcher.class(id);
    let given = WordClass::GIVEN.or(WordClass::GIVEN_OR_WORD);
    let own = match entity_type {
        EntityType::Per => class.any(given),
        _ => class.any(KINDS),
    };
    own || page.matcher.start(id).is_some()
}

/// Whether a word stands by itself elsewhere in the article.
fn alone(page: &Page<'_>, word: &str, here: usize) -> bool {
    let Some(form) = page.forms.find(word) else {
        return false;
    };
    let mut cells = page.cells.iter().enumerate();
    cells.any(|(i, cell)| cell.form == form && i != here)
}
