//! What a folded word can be, whatever stands about it. News uses few words often, so each is
//! looked up once and remembered: a token of a known form costs one hash.

use std::sync::Arc;

use super::bodies::KINDS;
use super::names::{LISTED, inflected};
use crate::lexicon::{Matcher, Node, WordClass, WordId};
use crate::segment::clitics::{self, Analysis};
use crate::tagger::Word;
use crate::text::letters::is_arabic_letter;
use crate::text::{Interner, Span};

/// A form of a word, as the lexicon sees it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form {
    pub(super) word: Option<WordId>,
    /// What the whole word can be.
    pub(super) class: WordClass,
    /// What the word can be behind its proclitics.
    pub(super) stem_class: WordClass,
    /// Behind proclitics with the article (وال, بال, لل): what is left is a noun.
    pub(super) definite: bool,
    /// Arabic letters that are no ordinary word with a pronoun or an ending on it. Not asked of
    /// words that a list has.
    pub(super) strange: bool,
    /// Spellings of unlike sense fold to it, a function word and a given name: على and علي, الآن
    /// and آلان.
    pub(super) ambiguous: bool,
    /// What may begin with it.
    pub(super) begins: Begins,
    /// Where names may begin with a word in ا whose alef may be an ending, without it.
    pub(super) before_alef: Option<Node>,
    /// Where in `Forms::starts` its own lie.
    starts: (u32, u32),
}

impl Form {
    /// The word as the tagger sees it.
    pub(super) fn seen<'w>(&self, text: &'w str) -> Word<'w> {
        Word {
            text,
            class: self.class,
            stem_class: self.stem_class,
            definite: self.definite,
            strange: self.strange,
        }
    }
}

/// What may begin with a word, at a glance: scans over the tokens look at no others closer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Begins(u8);

impl Begins {
    /// A name of the lexicon.
    pub(super) const LISTED: Self = Self(1);
    /// The name of an unknown person.
    pub(super) const PERSON: Self = Self(2);
    /// An unknown body or place: the word tells its kind, with or without proclitics.
    pub(super) const BODY: Self = Self(4);

    #[inline]
    pub(super) fn may(self, what: Self) -> bool {
        self.0 & what.0 != 0
    }
}

/// A node of the trie that a word leads to behind so many bytes of proclitics.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub(super) node: Node,
    pub(super) cut: usize,
}

/// The forms seen so far: of a worker's texts one after another, up to a bound.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// Of which they are true.
    matcher: Option<Arc<Matcher>>,
    words: Interner,
    /// By the number of the word.
    list: Vec<Form>,
    starts: Vec<Start>,
    article: String,
    /// The last word seen of those that share a slot, and its number: of a text's tokens most are
    /// known from here, without a look at the words themselves. The empty word fills it at first.
    recent: Vec<[u64; 4]>,
}

/// With this many forms, some 14 MB, the next text begins anew.
const MOST: usize = 200_000;

impl Forms {
    /// Makes ready for a text: forms of another lexicon, and too many, are forgotten. Whether they
    /// were.
    pub(super) fn begin(&mut self, matcher: &Arc<Matcher>) -> bool {
        let same = self
            .matcher
            .as_ref()
            .is_some_and(|m| Arc::ptr_eq(m, matcher));
        let anew = !same || self.list.len() > MOST;
        if anew {
            self.matcher = Some(Arc::clone(matcher));
            self.words.clear();
            self.list.clear();
            self.starts.clear();
            self.recent.clear();
            // Tokens that are no words have this form.
            self.number("");
        }
        // A single text asks for a small one.
        let slots = self.list.len().next_power_of_two();
        let slots = slots.clamp(FEWEST_SLOTS, MOST_SLOTS);
        if self.recent.len() < slots {
            self.recent = vec![[0; 4]; slots];
        }
        anew
    }

    /// The number of the form of the word that stands in a folded text.
    #[inline]
    pub(super) fn number_in(&mut self, folded: &str, word: Span) -> u32 {
        let Some(packed) = packed(folded, word) else {
            return self.number(word.of(folded));
        };
        let slot = slot(packed) & self.recent.len().wrapping_sub(1);
        match self.recent.get(slot) {
            Some([known @ .., number]) if *known == packed => *number as u32,
            _ => {
                let number = self.number(word.of(folded));
                if let Some(recent) = self.recent.get_mut(slot) {
                    *recent = [packed[0], packed[1], packed[2], number.into()];
                }
                number
            }
        }
    }

    /// The number of a folded word's form.
    #[inline(never)]
    fn number(&mut self, word: &str) -> u32 {
        let number = self.words.number(word);
        if number as usize == self.list.len() {
            let form = self.look_up(word);
            self.list.push(form);
        }
        number
    }

    /// The number of a folded word's form, if a text has had it.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        self.words.get(word)
    }

    #[inline]
    pub(super) fn form(&self, number: u32) -> &Form {
        &self.list[number as usize]
    }

    /// A form and its word.
    pub(super) fn word(&self, number: u32) -> (&str, &Form) {
        (self.words.string(number), self.form(number))
    }

    /// Where names may begin with a word, the fewest clitics first.
    pub(super) fn starts(&self, form: &Form) -> &[Start] {
        let (first, end) = form.starts;
        &self.starts[first as usize..end as usize]
    }

    fn look_up(&mut self, word: &str) -> Form {
        let Some(matcher) = &self.matcher else {
            return Form::default();
        };
        let first = self.starts.len() as u32;
        let mut form = Form {
            definite: word.starts_with("ال") && word.len() > 6,
            ..Form::default()
        };
        for analysis in clitics::analyses(word) {
            let (stem, definite) = stem(word, analysis, &mut self.article);
            let clitic = analysis.prefix > 0;
            form.definite |= clitic && definite;
            let Some(id) = matcher.word(stem) else {
                continue;
            };
            let class = matcher.class(id);
            if clitic {
                // Short ordinary words meet by chance: بيري is not ب + يري.
                let ordinary = definite || stem.chars().nth(3).is_some();
                form.stem_class = form.stem_class.or(if ordinary {
                    class
                } else {
                    class.without(WordClass::COMMON)
                });
            } else {
                form.word = Some(id);
                form.class = class;
            }
            // The future س goes before verbs alone: سليمان is not س + ليمان.
            let future = word[..analysis.prefix].ends_with('س');
            if let Some(node) = matcher.start(id).filter(|_| !future) {
                let cut = analysis.prefix;
                self.starts.push(Start { node, cut });
            }
        }
        form.starts = (first, self.starts.len() as u32);
        form.before_alef = word
            .strip_suffix('ا')
            .and_then(|stem| matcher.start(matcher.word(stem)?));
        let name = WordClass::GIVEN.or(WordClass::GIVEN_OR_WORD);
        form.ambiguous = form.class.any(WordClass::STOP) && form.class.any(name);
        let listed = form.class.or(form.stem_class).any(LISTED);
        form.strange = (!listed || form.ambiguous)
            && word.starts_with(is_arabic_letter)
            && word.chars().nth(1).is_some()
            && !inflected(matcher, word);
        let listed = form.before_alef.is_some() || form.starts.0 < form.starts.1;
        let short_word = word.len() == 4;
        let person = form.strange
            || short_word
            || form.class.any(name.or(WordClass::PARTICLE))
            || form.stem_class.any(WordClass::GIVEN);
        let body = form.class.or(form.stem_class).any(KINDS);
        for (begins, what) in [
            (listed, Begins::LISTED),
            (person, Begins::PERSON),
            (body, Begins::BODY),
        ] {
            form.begins.0 |= if begins { what.0 } else { 0 };
        }
        form
    }
}

/// The bytes of a word, zeros behind them.
type Packed = [u64; 3];

const FEWEST_SLOTS: usize = 1 << 10;
const MOST_SLOTS: usize = 1 << 16;

fn slot([a, b, c]: Packed) -> usize {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = (a.wrapping_mul(ODD) ^ b).wrapping_mul(ODD).rotate_left(32) ^ c;
    (mixed.wrapping_mul(ODD) >> 48) as usize
}

/// The bytes of the longest word that is packed.
const MOST_BYTES: usize = size_of::<Packed>();

/// The bits of so many bytes.
static KEPT: [Packed; MOST_BYTES + 1] = {
    let mut kept = [[0; 3]; MOST_BYTES + 1];
    let mut len = 1;
    while len <= MOST_BYTES {
        kept[len] = kept[len - 1];
        kept[len][(len - 1) / 8] |= 0xFF << (8 * ((len - 1) % 8));
        len += 1;
    }
    kept
};

/// A word of at most twelve Arabic letters, as nearly all are.
#[inline]
fn packed(text: &str, word: Span) -> Option<Packed> {
    if word.len() > MOST_BYTES {
        return None;
    }
    // What follows the word is read with it, and cut off.
    let bytes = text.as_bytes()[word.start as usize..].first_chunk::<MOST_BYTES>()?;
    let (parts, _) = bytes.as_chunks();
    let kept = &KEPT[word.len()];
    Some([0, 1, 2].map(|k| u64::from_le_bytes(parts[k]) & kept[k]))
}

/// The stem of an analysis as the lexicon spells it, and whether it carries the article.
pub(super) fn stem<'w>(
    word: &'w str,
    analysis: Analysis,
    scratch: &'w mut String,
) -> (&'w str, bool) {
    let stem = &word[analysis.prefix..];
    if analysis.article {
        scratch.clear();
        scratch.push('ا');
        scratch.push_str(stem);
        (scratch, true)
    } else {
        (stem, stem.starts_with("ال") && stem.len() > 6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, Source};

    #[test]
    fn words_that_share_their_bytes_are_told_apart() {
        let text = "بب ببابل ببابلببابلبب ببابل ببابلببابلب ب باب ببابل وما بعدها";
        let mut forms = Forms::default();
        forms.begin(&matcher("one.tsv", "type\tname\nLOC\tبابل\n"));
        for _ in 0..2 {
            let mut at = 0;
            for word in text.split(' ') {
                let number = forms.number_in(text, Span::new(at, at + word.len()));
                assert_eq!(number, forms.number(word), "{word}");
                assert_eq!(forms.words.get(word), Some(number));
                at += word.len() + 1;
            }
        }
    }

    fn matcher(name: &str, content: &str) -> Arc<Matcher> {
        let files = [Source::file(name, content)];
        Arc::new(Matcher::new(&Lexicon::parse(&files).unwrap()))
    }

    fn seen(forms: &mut Forms, word: &str) -> String {
        let n = forms.number(word);
        format!(
            "{:?} {:?}",
            forms.form(n).class,
            forms.starts(forms.form(n))
        )
    }

    #[test]
    fn forms_of_another_lexicon_and_too_many_are_forgotten() {
        let one = matcher("one.tsv", "type\tname\nLOC\tبابل\n");
        let other = matcher("other.tsv", "type\tname\nPER\tسومر\n");
        let mut forms = Forms::default();
        forms.begin(&one);
        let known = seen(&mut forms, "ببابل");
        assert!(known.contains("cut: 2"));
        assert_eq!(known, seen(&mut forms, "ببابل"));
        assert_eq!(forms.list.len(), 2);
        forms.begin(&other);
        assert_ne!(known, seen(&mut forms, "ببابل"));
        forms.begin(&one);
        for n in 0..MOST {
            forms.number(&n.to_string());
        }
        assert_eq!(known, seen(&mut forms, "ببابل"));
        forms.begin(&one);
        assert_eq!(forms.list.len(), 1);
        assert_eq!(known, seen(&mut forms, "ببابل"));
    }
}
