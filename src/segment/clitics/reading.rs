use std::borrow::Cow;
use std::ops::Range;

use super::letters::{Letters, Set, place};

/// What clitics and the article begin with, what pronouns end in, and the imperfect's prefixes.
const BEGINS: Set = Set::of(&['و', 'ف', 'ب', 'ك', 'ل', 'س', 'ا']);
const ENDS: Set = Set::of(&['ه', 'ا', 'م', 'ن', 'ك', 'ي']);
const IMPERFECT: Set = Set::of(&['ي', 'ت', 'ن', 'ا']);

/// على, إلى and لدى before a pronoun.
const PREPOSITIONS: [[char; 3]; 3] = [['ع', 'ل', 'ي'], ['ا', 'ل', 'ي'], ['ل', 'د', 'ي']];

/// The article of a stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Article {
    /// There is none.
    None,
    /// ال, in full.
    Written,
    /// Without its alef behind ل: للصين is ل and الصين.
    Joined,
    /// Without a letter of its own behind ل and before another: للغة is ل and اللغة.
    Merged,
}

/// What the end of a stem is when no pronoun follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// As it is written.
    Same,
    /// ت for ة: مدرسته is مدرسة and ه.
    TaMarbuta,
    /// ا for ى, مستواه, or ي for ى, عليه.
    AlefMaqsura,
    /// ئ or ؤ for ء: أصدقائه.
    Hamza,
    /// و for وا: كتبوه.
    Alef,
}

/// One way to read a word, in letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The conjunction before all, و or ف.
    pub conjunction: Option<char>,
    /// The preposition ب, ك or ل or the future س behind it.
    pub particle: Option<char>,
    /// The article.
    pub article: Article,
    /// How the stem ends.
    pub ending: Ending,
    /// The letters of the pronoun, 0 to 3.
    pub pronoun: u8,
    /// The letters of the word.
    len: u8,
}

/// Where a reading cuts a word: readings that differ only in what they restore share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cut {
    /// Whether there is a conjunction.
    pub conjunction: bool,
    /// Whether there is a preposition or the future.
    pub particle: bool,
    /// The letters of the pronoun.
    pub pronoun: u8,
}

/// The parts of a word under a reading, as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// The conjunction.
    pub conjunction: Range<usize>,
    /// The preposition or the future.
    pub particle: Range<usize>,
    /// The stem, with an article that has letters.
    pub stem: Range<usize>,
    /// The pronoun.
    pub pronoun: Range<usize>,
}

impl Reading {
    /// The whole word, which may have an article.
    fn whole(letters: usize) -> Self {
        Self {
            conjunction: None,
            particle: None,
            article: Article::None,
            ending: Ending::Same,
            pronoun: 0,
            len: letters as u8,
        }
    }

    /// Whether the word has clitics that are words of their own; the article is not.
    pub fn is_whole(&self) -> bool {
        self.conjunction.is_none() && self.particle.is_none() && self.pronoun == 0
    }

    /// Where it cuts the word.
    pub fn cut(&self) -> Cut {
        Cut {
            conjunction: self.conjunction.is_some(),
            particle: self.particle.is_some(),
            pronoun: self.pronoun,
        }
    }

    fn proclitics(&self) -> usize {
        usize::from(self.conjunction.is_some()) + usize::from(self.particle.is_some())
    }

    /// The letters of the stem without article, as it stands elsewhere.
    pub fn stem(&self, word: Letters) -> Letters {
        let article = match self.article {
            Article::None | Article::Merged => 0,
            Article::Written => 2,
            Article::Joined => 1,
        };
        let stem = word.part(
            self.proclitics() + article,
            word.len() - usize::from(self.pronoun),
        );
        match self.ending {
            Ending::Same => stem,
            Ending::TaMarbuta => stem.with_last('ة'),
            Ending::AlefMaqsura => stem.with_last('ى'),
            Ending::Hamza => stem.with_last('ء'),
            Ending::Alef => stem.with('ا'),
        }
    }

    /// The pronoun; none without one.
    pub fn pronoun_of(&self, word: Letters) -> Option<Letters> {
        let start = word.len() - usize::from(self.pronoun);
        (self.pronoun > 0).then(|| word.part(start, word.len()))
    }

    /// Where its parts lie in the word as written; put together they are the word.
    pub fn pieces(&self, word: &str) -> Pieces {
        let particle = place(word, usize::from(self.conjunction.is_some()));
        let stem = place(word, self.proclitics());
        let pronoun = match self.pronoun {
            0 => word.len(),
            n => place(word, usize::from(self.len - n)),
        };
        Pieces {
            conjunction: 0..particle,
            particle: particle..stem,
            stem: stem..pronoun,
            pronoun: pronoun..word.len(),
        }
    }

    /// Its parts as written: `و+ ب+ بيت +ه`.
    pub fn spelt(&self, word: &str) -> String {
        let pieces = self.pieces(word);
        let mut out = String::with_capacity(word.len() + 8);
        for piece in [pieces.conjunction, pieces.particle] {
            if !piece.is_empty() {
                out.push_str(&word[piece]);
                out.push_str("+ ");
            }
        }
        out.push_str(&word[pieces.stem]);
        if !pieces.pronoun.is_empty() {
            out.push_str(" +");
            out.push_str(&word[pieces.pronoun]);
        }
        out
    }

    /// The stem as it is written alone, with its article: what the letters beside it changed is
    /// put back. Marks stay except on a letter put back.
    pub fn restored<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let written = &word[self.pieces(word).stem];
        let article = match self.article {
            Article::None | Article::Written => "",
            Article::Joined => "ا",
            Article::Merged => "ال",
        };
        let end = match self.ending {
            Ending::Same if article.is_empty() => return Cow::Borrowed(written),
            Ending::Same => "",
            Ending::TaMarbuta => "ة",
            Ending::AlefMaqsura => "ى",
            Ending::Hamza => "ء",
            Ending::Alef => "ا",
        };
        let kept = match self.ending {
            Ending::Same | Ending::Alef => written,
            _ => {
                let letters = usize::from(self.len - self.pronoun) - self.proclitics();
                &written[..place(written, letters - 1)]
            }
        };
        Cow::Owned([article, kept, end].concat())
    }
}

/// All readings of a word, the whole word first. A stem has two letters at least, or is one of
/// the prepositions ب and ل before a pronoun.
pub fn readings(word: Letters) -> Vec<Reading> {
    let mut found = Vec::new();
    each(word, |reading| found.push(reading));
    found
}

/// Shows every reading of a word, in the order of [`readings`].
pub(super) fn each(word: Letters, mut show: impl FnMut(Reading)) {
    let whole = Reading::whole(word.len());
    let ends = Ends::of(word);
    let mut from = |start: Reading| ends.each(word, start, &mut show);
    if !word.among(0, BEGINS) {
        return from(whole);
    }
    let conjunction = ['و', 'ف'].into_iter().find(|c| word.is(0, *c));
    for conjunction in [None].into_iter().chain(conjunction.map(Some)) {
        let bare = Reading {
            conjunction,
            ..whole
        };
        let at = bare.proclitics();
        let written = |at| word.is(at, 'ا') && !word.has_hamza(at) && word.is(at + 1, 'ل');
        from(bare);
        if written(at) {
            let article = Article::Written;
            from(Reading { article, ..bare });
        }
        let Some(particle) = ['ب', 'ك', 'ل', 'س'].into_iter().find(|p| word.is(at, *p)) else {
            continue;
        };
        // The future stands before the prefixes of the imperfect.
        if particle == 'س' && !word.among(at + 1, IMPERFECT) {
            continue;
        }
        let behind = |article| Reading {
            particle: Some(particle),
            article,
            ..bare
        };
        from(behind(Article::None));
        if particle != 'س' && written(at + 1) {
            from(behind(Article::Written));
        }
        if particle == 'ل' && word.is(at + 1, 'ل') {
            from(behind(Article::Joined));
            from(behind(Article::Merged));
        }
    }
}

/// The pronouns that may stand behind the stem, each with the endings before it.
struct Ends {
    /// The letters of the pronoun, or 0.
    pronouns: [u8; 2],
    endings: [[Option<Ending>; 2]; 2],
}

impl Ends {
    fn of(word: Letters) -> Self {
        let pronouns = pronouns(word);
        if pronouns == [0, 0] {
            let endings = [[None; 2]; 2];
            return Self { pronouns, endings };
        }
        let endings = pronouns.map(|n| match word.len().checked_sub(usize::from(n)) {
            Some(stem @ 1..) if n > 0 => endings(word, stem),
            _ => [None; 2],
        });
        Self { pronouns, endings }
    }

    fn each(&self, word: Letters, start: Reading, show: &mut impl FnMut(Reading)) {
        if fits(word, &start) {
            show(start);
        }
        for (pronoun, endings) in self.pronouns.into_iter().zip(self.endings) {
            for ending in endings.into_iter().flatten() {
                let reading = Reading {
                    ending,
                    pronoun,
                    ..start
                };
                if fits(word, &reading) {
                    show(reading);
                }
            }
        }
    }
}

/// The letters of the pronouns that a word may end in, the longer first; 0 for none.
fn pronouns(word: Letters) -> [u8; 2] {
    if !word.among(word.len() - 1, ENDS) {
        return [0, 0];
    }
    let of = |n: usize, c| word.len() > n && word.is(word.len() - n, c);
    if of(1, 'ه') || of(1, 'ك') {
        [1, 0]
    } else if of(1, 'ي') {
        [if of(2, 'ن') { 2 } else { 0 }, 1]
    } else if of(1, 'ا') && (of(2, 'ه') || of(2, 'ن')) {
        [2, 0]
    } else if of(1, 'ا') && of(2, 'م') && (of(3, 'ه') || of(3, 'ك')) {
        [3, 0]
    } else if (of(1, 'م') || of(1, 'ن')) && (of(2, 'ه') || of(2, 'ك')) {
        [2, 0]
    } else {
        [0, 0]
    }
}

/// What the stem's last letter may stand for, the stem ending before `stem`.
fn endings(word: Letters, stem: usize) -> [Option<Ending>; 2] {
    let last = |c| word.is(stem - 1, c);
    let ends = |p: &[char; 3]| stem >= 3 && (0..3).all(|i| word.is(stem - 3 + i, p[i]));
    // These two stand at the end of a word only.
    let same = !last('ة') && !last('ى');
    let restored = if last('ت') {
        Some(Ending::TaMarbuta)
    } else if last('ا') || PREPOSITIONS.iter().any(ends) {
        Some(Ending::AlefMaqsura)
    } else if last('ئ') || last('ؤ') {
        Some(Ending::Hamza)
    } else if last('و') && word.len() < Letters::MOST {
        Some(Ending::Alef)
    } else {
        None
    };
    [same.then_some(Ending::Same), restored]
}

/// Whether what is left is a stem.
fn fits(word: Letters, reading: &Reading) -> bool {
    let start = reading.proclitics()
        + match reading.article {
            Article::Written => 2,
            Article::Joined => 1,
            Article::None | Article::Merged => 0,
        };
    let pronoun = word.len() - usize::from(reading.pronoun);
    let bare = reading.article == Article::None;
    // «بعيدًا»: the accusative excludes the article, a pronoun and a preposition.
    let alone = bare && reading.pronoun == 0 && reading.particle.is_none();
    if word.has_tanwin() && !alone {
        return false;
    }
    // «لأغراض», «للأزمة»: ل before a hamza is the preposition, but in لآلئ and لألأ.
    let stem = reading.proclitics();
    let unread = word.is(stem, 'ل') && word.has_hamza(stem + 1) && !word.is(stem + 2, 'ل');
    let merged = matches!(reading.article, Article::None | Article::Merged);
    if unread && merged && pronoun > stem + 2 && !reading.is_whole() {
        return false;
    }
    match pronoun.saturating_sub(start) {
        0 => false,
        1 if reading.is_whole() => bare,
        1 => {
            reading.pronoun > 0
                && reading.particle.is_none()
                && bare
                && reading.ending == Ending::Same
                && (word.is(start, 'ب') || word.is(start, 'ل'))
        }
        // The article and a pronoun exclude each other; what else begins so is إلى, and verbs as
        // التقى, which the news says in the third person.
        n => {
            reading.pronoun == 0
                || bare
                    && (!(word.is(start, 'ا') && word.is(start + 1, 'ل'))
                        || n == 3 && word.is(start + 2, 'ي')
                        || n > 3 && word.is(pronoun, 'ه'))
        }
    }
}
