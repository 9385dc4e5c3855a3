//! How much of a name's first word is proclitics, where no list has the name: و in وكاسترو, none in
//! ويليام.

use foldhash::fast::RandomState;
use hashbrown::{HashMap, HashSet};

use super::bodies::KINDS;
use super::extractor::Page;
use super::forms::stem;
use crate::lexicon::{EntityType, Stems, WordClass};
use crate::segment::clitics::{Analysis, Article, Evidence, Letters, Reading, readings};

/// What the article says of words.
#[derive(Default)]
pub(super) struct Heard<'p> {
    /// The words of its names, without their proclitics.
    pub(super) names: HashSet<&'p str, RandomState>,
    /// How often it has each form.
    forms: HashMap<u32, u32, RandomState>,
}

impl Heard<'_> {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let mut heard = Self::default();
        for cell in page.cells {
            *heard.forms.entry(cell.form).or_default() += 1;
        }
        heard
    }

    /// Whether a word stands by itself elsewhere than at a token.
    fn alone(&self, page: &Page<'_>, word: &str, here: usize) -> bool {
        let form = page.forms.find(word);
        let times = form.and_then(|form| self.forms.get(&form)).copied();
        let own = form == Some(page.cells[here].form);
        times.unwrap_or_default() > u32::from(own)
    }
}

/// What speaks for a stem, in the parts of nats that [`Stems`] counts in.
const KNOWN: u32 = 4 * 256;
const HEARD: u32 = 8 * 256;
const ALONE: u32 = 3 * 256;
const JOINED: u32 = 2 * 256;
/// What speaks against a preposition before a few letters that nothing else speaks for (بونا,
/// بلوتو), and against ك and ف, which names rarely carry (كاين, فستان).
const SHORT: u32 = 8 * 256;

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
        let alone = heard.alone(page, stem, first);
        let (begins, heard) = (begins(page, stem, entity_type), heard.names.contains(stem));
        cost -= u32::from(begins) * KNOWN + u32::from(heard) * HEARD + u32::from(alone) * ALONE;
        cost -= u32::from(joined && reading.conjunction == Some('و')) * JOINED;
        let rare = reading.particle == Some('ك') || reading.conjunction == Some('ف');
        let short = reading.particle.is_some() && stem.chars().nth(4).is_none();
        let strange = !(heard || alone || stem.starts_with("ال"));
        cost += u32::from(strange && (rare || short && !begins)) * SHORT;
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
