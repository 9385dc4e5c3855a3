//! Spellings of one name: a phonetic key, and a distance.
//!
//! A foreign name is written by its sound, and newspapers hear it differently: غريغوري and
//! جريجوري, بوتين and بوتن. Words written so share a key (`sound`): letters that stand for one
//! foreign sound are one, doubled letters are single, and a word with three consonants or more
//! loses its long vowels, save those at its ends. Shorter words keep them, for جون and جين are
//! two names.
//!
//! Arab names differ in just such letters (حسن and حسين, سالم and سليم): a name in which any word
//! is a known Arabic given name, has the article, or a letter that no transcription needs
//! (ح ع ض ظ) is compared exactly, but for parts that are written joined or apart (عبد الله).
//!
//! The key is made as Soundex is (Russell 1918; for Arabic script Aqeel et al. 2006, *On the
//! Development of Name Search Techniques for Arabic*), with classes of letters taken from pairs
//! of spellings of one foreign name. The distance is Editex (Zobel and Dart 1996, *Phonetic
//! String Matching: Lessons from Information Retrieval*): an edit distance in which letters of
//! one class are half a step apart.

use std::sync::OnceLock;

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::builder::{Strength, spellings};
use super::entries::Entry;
use super::matcher::Matcher;
use super::words::WordClass;

/// The letter that stands for all that write one foreign sound.
fn class_of(letter: char) -> char {
    match letter {
        'پ' => 'ب',
        'ط' | 'ث' => 'ت',
        'ذ' | 'ض' => 'د',
        'ص' | 'ز' | 'ظ' => 'س',
        'چ' => 'ش',
        'غ' | 'ق' | 'گ' | 'ژ' => 'ج',
        'ڤ' => 'ف',
        'ؤ' => 'و',
        'ئ' => 'ي',
        other => other,
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'ا' | 'و' | 'ي' | 'ء')
}

/// Whether the letters of a folded word allow that it is foreign.
fn may_be_foreign(word: &str) -> bool {
    !word.starts_with("ال") && !word.contains(['ح', 'ع', 'ض', 'ظ'])
}

/// Appends the sound of one foreign word, folded.
fn sound(word: &str, out: &mut String) {
    // The last of these is what it is written as after a vowel; é is يه as well as ي.
    let word = match word.strip_suffix("يه") {
        Some(stem) if stem.chars().nth(1).is_some() => &word[..stem.len() + 'ي'.len_utf8()],
        _ => word,
    };
    let mut letters: Vec<(char, bool)> = Vec::with_capacity(word.len() / 2);
    let mut raw = '\0';
    let mut rest = word.chars().peekable();
    while let Some(letter) = rest.next() {
        let first = letters.is_empty() && raw == '\0';
        let before = std::mem::replace(&mut raw, letter);
        let next = rest.peek().copied();
        // One sound in two letters: ch, dj, ts and z.
        match (letter, next) {
            ('ت', Some('ش' | 'س' | 'ز')) => continue,
            ('د', Some('ج')) if first => continue,
            _ => {}
        }
        let made = match class_of(letter) {
            // W and v.
            'و' if first => ('ف', false),
            'ه' if next.is_none() && !first => ('ا', true),
            // The vowel a word begins with is written onto its alef: إي, أو.
            'و' | 'ي' if letters.len() == 1 && before == 'ا' => continue,
            c => (c, is_vowel(c) && !first),
        };
        if letters
            .last()
            .is_some_and(|l| l.0 == made.0 && before == letter)
        {
            continue;
        }
        letters.push(made);
    }
    // The ng of Asian names is one: جونغ has two consonants.
    let ng = letters.ends_with(&[('ن', false), ('ج', false)]);
    let consonants = letters.iter().filter(|l| !l.1).count() - usize::from(ng);
    let end = letters.len();
    let mut last = '\0';
    for (i, (letter, vowel)) in letters.into_iter().enumerate() {
        let dropped = vowel && consonants >= 3 && i + 1 < end;
        if !(dropped || vowel && last == letter) {
            out.push(letter);
            last = letter;
        }
    }
}

/// A word of one syllable, as the parts of Chinese and Korean names are.
fn is_syllable(word: &str) -> bool {
    let vowels = |c: &char| is_vowel(*c);
    let mut letters = word.chars().skip(1).skip_while(|c| !vowels(c));
    let rest = letters.by_ref().skip_while(vowels);
    word.chars().count() <= 5 && !rest.into_iter().any(|c| vowels(&c))
}

/// Whether a name is written by its sound: of its words, no list has one but as a foreign name.
/// A short one behind the first may also be a word: ون بين.
pub fn is_foreign(words: &[&str], matcher: &Matcher) -> bool {
    let given = WordClass::GIVEN
        .or(WordClass::GIVEN_OR_WORD)
        .or(WordClass::PARTICLE);
    words.len() > 1
        && words.iter().enumerate().all(|(i, word)| {
            let class = class(word, matcher);
            let listed = class != WordClass::default();
            let short = i > 0 && !class.any(given) && word.chars().count() <= 3;
            class.any(WordClass::FOREIGN)
                || is_particle(word)
                || (!listed || short) && may_be_foreign(word)
        })
}

/// What the word lists say of a folded word.
fn class(word: &str, matcher: &Matcher) -> WordClass {
    matcher
        .word(word)
        .map_or(WordClass::default(), |id| matcher.class(id))
}

/// A particle of foreign names, written to the next word or apart.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "ماك"
            | "مك"
            | "دي"
            | "دو"
            | "دا"
            | "ديل"
            | "دل"
            | "لو"
            | "فان"
            | "فون"
            | "او"
            | "سان"
    )
}

/// The key under which all spellings of a name meet: its folded words, those of a foreign name by
/// their sound. One word by itself is its own key.
pub fn key(words: &[&str], matcher: &Matcher) -> String {
    let hyphen = |word: &&str| matches!(*word, "-" | "–" | "‐" | "‑");
    let words: Vec<&str> = words.iter().copied().filter(|w| !hyphen(w)).collect();
    if is_foreign(&words, matcher) {
        by_sound(&words)
    } else {
        exact(&words)
    }
}

/// The sound of a foreign word that is long enough to be told by it: with three consonants.
pub fn part(word: &str) -> Option<String> {
    if !may_be_foreign(word) {
        return None;
    }
    let mut key = String::new();
    sound(word, &mut key);
    let consonants = key.chars().filter(|c| !is_vowel(*c)).count();
    (consonants >= 3).then_some(key)
}

/// Whether two letters may write one sound.
pub fn near(a: char, b: char) -> bool {
    step(a, b) < 2
}

fn by_sound(words: &[&str]) -> String {
    let mut key = String::new();
    let mut joined = String::new();
    let mut i = 0;
    while i < words.len() {
        joined.clear();
        joined.push_str(words[i]);
        // ون بين and ونبين, ماك دونالد and ماكدونالد.
        while i > 0
            && i + 1 < words.len()
            && (is_particle(words[i]) || is_syllable(words[i]) && is_syllable(words[i + 1]))
        {
            i += 1;
            joined.push_str(words[i]);
        }
        if !key.is_empty() {
            key.push(' ');
        }
        sound(&joined, &mut key);
        i += 1;
    }
    key
}

/// The words as they are, those that are written joined or apart joined: عبد الله, نور الدين.
fn exact(words: &[&str]) -> String {
    let mut key = String::new();
    let mut opens = false;
    for word in words {
        let closes = matches!(*word, "الله" | "الدين" | "الرحمن");
        if !(key.is_empty() || opens || closes) {
            key.push(' ');
        }
        let mut last = '\0';
        for letter in word.chars() {
            // داوود and داود.
            if !(letter == last && letter == 'و') {
                key.push(letter);
            }
            last = letter;
        }
        opens = matches!(*word, "عبد" | "ابو" | "ابا" | "ابي");
    }
    key
}

/// The length in bytes beyond which a name is not compared, for the work is its square.
pub const LONGEST: usize = 256;

/// How far apart two folded names are: 0 for the same sound, half a step for letters of one
/// class, a long vowel, an article or a blank more or less, one for any other letter.
///
/// ```
/// use nasij::lexicon::phonetic::distance;
/// assert_eq!(distance("غريغوري", "جريجوري"), 1.0);
/// assert_eq!(distance("نتنياهو", "نتانياهو"), 0.5);
/// assert_eq!(distance("بوتين", "لافروف"), 4.5);
/// ```
pub fn distance(a: &str, b: &str) -> f32 {
    let (a, b) = (letters(a), letters(b));
    // In half steps, as Editex counts.
    let alone = |s: &[char], i: usize| -> u32 {
        let doubled = i > 0 && s[i - 1] == s[i];
        let light = matches!(s[i], ARTICLE | ' ' | '-' | 'ه') || is_vowel(class_of(s[i]));
        if doubled || light { 1 } else { 2 }
    };
    let mut row: Vec<u32> = std::iter::once(0)
        .chain((0..b.len()).scan(0, |sum, j| {
            *sum += alone(&b, j);
            Some(*sum)
        }))
        .collect();
    for i in 0..a.len() {
        let mut diagonal = row[0];
        row[0] += alone(&a, i);
        for j in 0..b.len() {
            let best = (diagonal + step(a[i], b[j]))
                .min(row[j + 1] + alone(&a, i))
                .min(row[j] + alone(&b, j));
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()] as f32 / 2.0
}

/// How far apart two names are that may be one; none if they are too far, or if a word of each
/// is a given name of its own. Arab names may differ by half a step, foreign ones by more.
pub fn near_names(a: &str, b: &str, matcher: &Matcher) -> Option<f32> {
    if a.len().max(b.len()) > LONGEST {
        return None;
    }
    let (first, second) = (words(a), words(b));
    let given = WordClass::GIVEN.or(WordClass::GIVEN_OR_WORD);
    let sounds = |word: &str| {
        let mut key = String::new();
        sound(word, &mut key);
        key
    };
    let other = |x: &str, y: &str| {
        let (p, q) = (class(x, matcher), class(y, matcher));
        let foreign = p.any(WordClass::FOREIGN) && q.any(WordClass::FOREIGN);
        x != y && p.any(given) && q.any(given) && !(foreign && sounds(x) == sounds(y))
    };
    let aligned = first.len() == second.len();
    if aligned && first.iter().zip(&second).any(|(x, y)| other(x, y)) {
        return None;
    }
    let foreign = is_foreign(&first, matcher) && is_foreign(&second, matcher);
    let letters = a.chars().count().min(b.chars().count()) as f32;
    let most = if foreign { 1.5 } else { 0.5 };
    let distance = distance(a, b);
    (distance <= most && distance <= letters / 8.0).then_some(distance)
}

/// The consonants of a folded name, one for each sound.
pub fn skeleton(name: &str) -> String {
    let mut out = String::new();
    for word in words(name) {
        for letter in word.strip_prefix("ال").unwrap_or(word).chars() {
            let letter = match class_of(letter) {
                'ك' => 'ج',
                c => c,
            };
            if !is_vowel(letter) && letter != 'ه' && !out.ends_with(letter) {
                out.push(letter);
            }
        }
    }
    out
}

/// The spellings that name an entity wherever they stand, folded.
pub fn full_names(entry: &Entry) -> Vec<String> {
    let full = spellings(entry)
        .into_iter()
        .filter(|s| s.1 == Strength::Full);
    full.map(|s| s.0).collect()
}

/// Stands for ال at the beginning of a word.
const ARTICLE: char = 'ٱ';

/// The letters of a name, the article of each word as one.
fn letters(name: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(name.len() / 2);
    for (i, word) in name.split(' ').enumerate() {
        if i > 0 {
            letters.push(' ');
        }
        match word.strip_prefix("ال") {
            Some(rest) if rest.chars().nth(2).is_some() => {
                letters.push(ARTICLE);
                letters.extend(rest.chars());
            }
            _ => letters.extend(word.chars()),
        }
    }
    letters
}

/// Half steps from a letter to another.
fn step(a: char, b: char) -> u32 {
    let near = |x: char| match class_of(x) {
        // What ك and ج write may be one g; و and ف one v.
        'ك' => 'ج',
        c if is_vowel(c) => 'ا',
        c => c,
    };
    match (a, b) {
        _ if a == b => 0,
        _ if near(a) == near(b) => 1,
        ('و', 'ف' | 'ڤ') | ('ف' | 'ڤ', 'و') | ('خ', 'ه' | 'ك' | 'ش') | ('ه' | 'ك' | 'ش', 'خ') => {
            1
        }
        _ => 2,
    }
}

/// The words of a folded name.
pub fn words(name: &str) -> Vec<&str> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '‐' | '‑'))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The people of a lexicon by the keys of their full names; made when first asked for.
#[derive(Debug, Default)]
pub struct Sounds {
    names: Vec<(String, u32)>,
    people: OnceLock<HashMap<String, Option<u32>, RandomState>>,
}

impl Sounds {
    /// Takes the names that [`Matcher::compile`] gives.
    pub fn new(names: Vec<(String, u32)>) -> Self {
        Self {
            names,
            people: OnceLock::new(),
        }
    }

    /// The person of a key. One that two people share names neither.
    pub fn person(&self, key: &str, matcher: &Matcher) -> Option<u32> {
        let people = self.people.get_or_init(|| {
            let mut people = HashMap::default();
            for (name, person) in &self.names {
                people
                    .entry(self::key(&words(name), matcher))
                    .and_modify(|known: &mut Option<u32>| *known = known.filter(|p| p == person))
                    .or_insert(Some(*person));
            }
            people
        });
        people.get(key).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, fold};

    fn matcher() -> &'static Matcher {
        static MATCHER: OnceLock<Matcher> = OnceLock::new();
        MATCHER.get_or_init(|| Matcher::new(Lexicon::shipped()))
    }

    fn same(a: &str, b: &str) -> bool {
        let key = |name: &str| key(&words(&fold(name)), matcher());
        key(a) == key(b)
    }

    #[test]
    fn spellings_of_a_foreign_name_meet() {
        for (a, b) in [
            ("غريغوري كيربي", "جريجوري كيربي"),
            ("قريقوري كيربي", "گريگوري كيربي"),
            ("فلاديمير بوتين", "فلاديمر بوتن"),
            ("بنيامين زوهار نتنياهو", "بنيامين زوهار نتانياهو"),
            ("ويلفريد شتراوس", "فيلفريد شتراوس"),
            ("ڤيكتور أوربان", "فيكتور اوربان"),
            ("پاتريك لامبرت", "باتريك لامبيرت"),
            ("أنطوني بلينكن", "أنتوني بلينكين"),
            ("روبرت زوليك", "روبرت سوليك"),
            ("تشارلز شومر", "شارلز شومر"),
            ("إيف كوبر", "ايف كوبر"),
            ("خوسيه مورينيو", "خوسي مورينيو"),
            ("وانغ ون بين", "وانغ ونبين"),
            ("شي جين بينغ", "شي جينبينغ"),
            ("رونالد ماك دونالد", "رونالد ماكدونالد"),
            ("ستيفان دي ميستورا", "ستيفان ديميستورا"),
            ("جان-كلود يونكر", "جان كلود يونكر"),
            ("جيسيكا مور", "جيسّيكا موور"),
        ] {
            assert!(same(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn other_names_stay_apart() {
        for (a, b) in [
            ("محمد حسن", "محمد حسين"),
            ("محمد سالم", "محمد سليم"),
            ("عمر السالم", "عامر السالم"),
            ("فهد بن سلطان", "فهيد بن سلطان"),
            ("خالد كريري", "خالد كرار"),
            ("جون كيري", "جين كيري"),
            ("جوليان مارتن", "جوليا مارتن"),
            ("فرانسيسكو رويس", "فرانسيسكا رويس"),
            ("كارلو بانشي", "كارلا بانشي"),
            ("بيل كلينتون", "بول كلينتون"),
            ("وانغ يي", "وانغ يو"),
            ("لي كه", "لي كو"),
            ("نيكول باشي", "نيكولا باشي"),
        ] {
            assert!(!same(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn parts_of_arabic_names_are_joined_or_apart() {
        assert!(same("عبد الله السالم", "عبدالله السالم"));
        assert!(same("أبو بكر البغدادي", "أبوبكر البغدادي"));
        assert!(same("نور الدين فرح", "نورالدين فرح"));
        assert!(same("أحمد داوود أوغلو", "أحمد داود أوغلو"));
        assert!(!same("عبد الله السالم", "عبد الإله السالم"));
    }

    #[test]
    fn a_known_person_is_found_by_sound() {
        let lexicon = Lexicon::shipped();
        let (matcher, people) = Matcher::compile(lexicon);
        let sounds = Sounds::new(people);
        let find = |name: &str| {
            let person = sounds.person(&key(&words(&fold(name)), &matcher), &matcher);
            person.map(|e| lexicon.entries()[e as usize].id.as_str())
        };
        assert_eq!(find("فلادمير بوتن"), Some("per:vladimir-putin"));
        assert_eq!(find("دميتري بوتين"), None);
    }

    #[test]
    fn distance_is_symmetric_and_zero_for_one_name() {
        let names = [
            "بوتين",
            "بوتن",
            "نتانياهو",
            "السيسي",
            "سيسي",
            "",
            "كيري",
            "غيري",
        ];
        for a in names {
            assert!(distance(a, a) < 0.1);
            for b in names {
                assert!((distance(a, b) - distance(b, a)).abs() < 0.1, "{a} {b}");
            }
        }
        assert!(distance("السيسي", "سيسي") <= 0.5);
        assert!(distance("كيري", "غيري") <= 0.5);
    }
}
