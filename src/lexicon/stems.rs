use std::sync::OnceLock;

use hashbrown::{HashMap, HashSet};

use super::entries::{EntityType, Entry, Table, broken};
use super::spelling::Spelling;
use super::store::Lexicon;
use crate::error::Result;
use crate::segment::clitics::{Article, Cut, Evidence, Letters, Reading, readings};

const FILES: [(&str, &str); 3] = [
    ("stems.tsv", include_str!("../../seeds/clitics/stems.tsv")),
    (
        "affixes.tsv",
        include_str!("../../seeds/clitics/affixes.tsv"),
    ),
    (
        "readings.tsv",
        include_str!("../../seeds/clitics/readings.tsv"),
    ),
];

const CONJUNCTIONS: [&str; 3] = Slots::CONJUNCTIONS;
const PROCLITICS: [&str; 10] = Slots::PROCLITICS;
const PRONOUNS: [&str; 13] = Slots::PRONOUNS;
/// The first letters of a stem that proclitics mind: those of the imperfect. Others are context 0.
const FIRST: [char; 4] = ['ي', 'ت', 'ن', 'ا'];
/// The contexts of pronouns are the codes of the stem's last letter, and two more.
const LAST: usize = 64;
const ONE_LETTER: usize = 0;
const AS_ARTICLE: usize = 60;

/// Costs are natural logarithms times this, in whole numbers that are the same everywhere.
const UNIT: f32 = 256.0;
/// What the stems that are not listed count together.
const UNSEEN: f32 = 1000.0;
/// What a word counts that is part of a person's or place's name.
const NAME: f32 = 8.0;
/// What it costs in addition, in [`UNIT`]s, to read no article into الصين or للغة, or one into
/// للبنان: of what begins with ل, names have none.
const ODD_ARTICLE: u32 = 1024;
/// What clitics cost in addition, in nats, on a stem that is not listed: most such words are
/// foreign names and carry none.
const STRANGE_WA: f32 = 1.0;
const STRANGE_PROCLITIC: f32 = 4.0;
const STRANGE_PRONOUN: f32 = 1.0;

/// Where a reading stands in the tables of affixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slots {
    /// The conjunction.
    pub conjunction: usize,
    /// The preposition or future and the article, by the stem's first letter.
    pub proclitic: (usize, usize),
    /// The pronoun, by the stem's last letter.
    pub pronoun: (usize, usize),
}

impl Slots {
    /// The conjunctions, `-` for none.
    pub const CONJUNCTIONS: [&str; 3] = ["-", "و", "ف"];
    /// The prepositions and the future, each with and without the article.
    pub const PROCLITICS: [&str; 10] = ["-", "ال", "ب", "بال", "ك", "كال", "ل", "لل", "س", "سال"];
    /// The pronouns.
    pub const PRONOUNS: [&str; 13] = [
        "-", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "كما", "ي", "ني", "نا",
    ];
    /// How many first letters of stems are told apart.
    pub const FIRST: usize = FIRST.len() + 1;
    /// How many last letters of stems are told apart.
    pub const LAST: usize = LAST;

    /// The first letter of stems that a context is of, `-` for all others.
    pub fn first(context: usize) -> String {
        context
            .checked_sub(1)
            .map_or_else(|| "-".to_owned(), |i| FIRST[i].to_string())
    }

    /// The last letter of stems that a context is of, `-` for stems of one letter and ال for those
    /// that begin so.
    pub fn last(context: usize) -> String {
        match context {
            ONE_LETTER => "-".to_owned(),
            AS_ARTICLE => "ال".to_owned(),
            code => Letters::letter(code).map_or_else(String::new, String::from),
        }
    }

    /// Those of a reading with this stem.
    pub fn of(word: Letters, stem: Letters, reading: &Reading) -> Self {
        let conjunction = match reading.conjunction {
            None => 0,
            Some('و') => 1,
            Some(_) => 2,
        };
        let particle = match reading.particle {
            None => 0,
            Some('ب') => 1,
            Some('ك') => 2,
            Some('ل') => 3,
            Some(_) => 4,
        };
        let article = usize::from(reading.article != Article::None);
        let first = FIRST.iter().position(|c| stem.is(0, *c));
        // What begins so without an article is of a verb as التزم, with its ت.
        let as_article = stem.len() > 3 && stem.is(0, 'ا') && stem.is(1, 'ل') && !stem.is(2, 'ت');
        let last = if as_article {
            AS_ARTICLE
        } else if stem.len() > 1 {
            stem.code(stem.len() - 1)
        } else {
            ONE_LETTER
        };
        Self {
            conjunction,
            proclitic: (first.map_or(0, |i| i + 1), particle * 2 + article),
            pronoun: (last, pronoun(word, reading)),
        }
    }
}

fn pronoun(word: Letters, reading: &Reading) -> usize {
    if reading.pronoun == 0 {
        return 0;
    }
    let at = word.len() - usize::from(reading.pronoun);
    let is = |i: usize, c| word.is(at + i, c);
    match (reading.pronoun, is(0, 'ه'), is(0, 'ك')) {
        (1, true, _) => 1,
        (2, true, _) if is(1, 'ا') => 2,
        (2, true, _) if is(1, 'م') => 3,
        (2, true, _) => 4,
        (_, true, _) => 5,
        (1, _, true) => 6,
        (2, _, true) if is(1, 'م') => 7,
        (2, _, true) => 8,
        (_, _, true) => 9,
        (1, ..) => 10,
        _ if is(1, 'ي') => 11,
        _ => 12,
    }
}

/// How often stems and clitics occur: a unigram model of the parts of words, in which a reading
/// is as likely as its stem, times each clitic in its place beside that stem's letters.
///
/// The model is of the kind of Goldwater, Griffiths and Johnson (2009): stems that are not listed
/// share some mass by their spelling. Words of the closed classes, and those that would be read
/// wrong, are read as a list says.
#[derive(Debug, Clone)]
pub struct Stems {
    costs: HashMap<u128, u16, foldhash::fast::FixedState>,
    conjunctions: [u16; CONJUNCTIONS.len()],
    proclitics: [[u16; PROCLITICS.len()]; Slots::FIRST],
    pronouns: [[u16; PRONOUNS.len()]; LAST],
    readings: HashMap<u128, Cut, foldhash::fast::FixedState>,
    /// Names that begin with ل.
    bare_names: HashSet<Letters>,
    spelling: Spelling,
    unseen: f32,
}

impl Stems {
    /// The counts that ship with nasij, and the names of its lexicon.
    ///
    /// # Panics
    /// If the shipped files are broken, which the tests rule out.
    pub fn shipped() -> &'static Self {
        static STEMS: OnceLock<Stems> = OnceLock::new();
        STEMS.get_or_init(|| Self::of(Lexicon::shipped()))
    }

    /// The counts that ship, with the words of the names in a lexicon.
    ///
    /// # Panics
    /// As [`Stems::shipped`].
    pub fn of(lexicon: &Lexicon) -> Self {
        Self::read(FILES, lexicon).expect("the shipped counts are well formed")
    }

    fn read(files: [(&str, &str); 3], lexicon: &Lexicon) -> Result<Self> {
        let [stems, affixes, listed] = files.map(|(file, content)| Table::parse(file, content));
        let mut counts: HashMap<_, f32, _> =
            HashMap::with_hasher(foldhash::fast::FixedState::default());
        let stems = stems?;
        for (row, cells) in stems.rows() {
            let count: f32 = number(&stems, row, cells[1])?;
            counts.insert(letters(&stems, row, cells[0])?, count);
        }
        let spelling = Spelling::of(counts.iter().map(|(stem, _)| (*stem, 1.0)));
        let mut bare_names = HashSet::new();
        for (stem, bare) in names(lexicon) {
            if bare && stem.is(0, 'ل') && stem.len() > 2 {
                bare_names.insert(stem);
            }
            let count = counts.entry(stem).or_insert(0.0);
            *count = count.max(NAME);
        }
        let total = counts.values().sum::<f32>() + UNSEEN;
        let share = (total / UNSEEN).ln() * UNIT;
        let costs = counts.iter().map(|(stem, count)| {
            let unseen = UNSEEN * (-spelling.cost(*stem)).exp();
            (stem.bits(), cost((count + unseen) / total))
        });
        let mut this = Self {
            costs: costs.collect(),
            conjunctions: [0; CONJUNCTIONS.len()],
            proclitics: [[0; PROCLITICS.len()]; Slots::FIRST],
            pronouns: [[0; PRONOUNS.len()]; LAST],
            readings: HashMap::default(),
            bare_names,
            spelling,
            unseen: share,
        };
        this.read_affixes(&affixes?)?;
        this.read_readings(&listed?)?;
        Ok(this)
    }

    fn read_affixes(&mut self, table: &Table<'_>) -> Result<()> {
        let mut conjunctions = [1.0_f32; CONJUNCTIONS.len()];
        let mut proclitics = [[0.05_f32; PROCLITICS.len()]; Slots::FIRST];
        let mut pronouns = [[0.0_f32; PRONOUNS.len()]; LAST];
        for (row, cells) in table.rows() {
            let count = number(table, row, cells[3])?;
            let unknown = |column| broken(table.file, row, column, "not known");
            let place = |list: &[&str]| list.iter().position(|c| *c == cells[1]);
            let slot = match cells[0] {
                "conjunction" => place(&CONJUNCTIONS).map(|i| &mut conjunctions[i]),
                "proclitic" => {
                    let first = FIRST.iter().position(|c| cells[2].starts_with(*c));
                    let row = &mut proclitics[first.map_or(0, |i| i + 1)];
                    place(&PROCLITICS).map(|i| &mut row[i])
                }
                "pronoun" => {
                    let last = match cells[2] {
                        "-" => ONE_LETTER,
                        "ال" => AS_ARTICLE,
                        letter => letters(table, row, letter)?.code(0),
                    };
                    place(&PRONOUNS).map(|i| &mut pronouns[last][i])
                }
                _ => return Err(unknown("kind")),
            };
            *slot.ok_or_else(|| unknown("clitic"))? = count;
        }
        let total: f32 = conjunctions.iter().sum();
        self.conjunctions = conjunctions.map(|n| cost(n / total));
        self.proclitics = proclitics.map(|row| {
            let total: f32 = row.iter().sum();
            row.map(|n| cost(n / total))
        });
        // Rare last letters lean on all others.
        let mut all = [1.0_f32; PRONOUNS.len()];
        for row in &pronouns {
            all.iter_mut().zip(row).for_each(|(a, n)| *a += n);
        }
        let total: f32 = all.iter().sum();
        let trust = total / 2000.0;
        self.pronouns = pronouns.map(|row| {
            let sum: f32 = row.iter().sum::<f32>() + trust;
            let mut costs = [0; PRONOUNS.len()];
            for (i, n) in row.iter().enumerate() {
                costs[i] = cost((n + trust * all[i] / total) / sum);
            }
            costs
        });
        Ok(())
    }

    fn read_readings(&mut self, table: &Table<'_>) -> Result<()> {
        for (row, cells) in table.rows() {
            let word = letters(table, row, cells[0])?;
            let found = readings(word)
                .into_iter()
                .find(|reading| reading.spelt(cells[0]) == cells[1])
                .ok_or_else(|| broken(table.file, row, "reading", "not one of the word's"))?;
            self.readings.insert(word.bits(), found.cut());
        }
        Ok(())
    }

    /// Whether a stem is listed.
    pub fn knows(&self, stem: Letters) -> bool {
        self.costs.contains_key(&stem.bits())
    }
}

impl Evidence for Stems {
    #[allow(clippy::cast_sign_loss)] // Costs are positive.
    fn cost(&self, word: Letters, reading: &Reading) -> u32 {
        let stem = reading.stem(word);
        let slots = Slots::of(word, stem, reading);
        let odd = match reading.article {
            Article::Merged => self.bare_names.contains(&stem),
            // «لأغراض»: see the readings, of which this one is always there.
            Article::None if reading.is_whole() && word.len() > 2 && word.is(0, 'ل') => {
                word.has_hamza(1) && !word.is(2, 'ل')
            }
            Article::None if reading.particle == Some('ل') && stem.is(0, 'ل') => {
                !self.bare_names.contains(&stem)
            }
            Article::None => slots.pronoun.0 == AS_ARTICLE,
            _ => false,
        };
        let affixes = u32::from(odd) * ODD_ARTICLE
            + u32::from(self.conjunctions[slots.conjunction])
            + u32::from(self.proclitics[slots.proclitic.0][slots.proclitic.1])
            + u32::from(self.pronouns[slots.pronoun.0][slots.pronoun.1]);
        let cost = if let Some(&cost) = self.costs.get(&stem.bits()) {
            u32::from(cost)
        } else {
            let mut strange = 0.0;
            if reading.article == Article::None {
                strange += match reading.conjunction {
                    None => 0.0,
                    Some('و') => STRANGE_WA,
                    Some(_) => STRANGE_PROCLITIC,
                };
                strange += f32::from(u8::from(reading.particle.is_some())) * STRANGE_PROCLITIC;
                strange += f32::from(u8::from(reading.pronoun > 0)) * STRANGE_PRONOUN;
            }
            ((self.spelling.cost(stem) + strange) * UNIT + self.unseen) as u32
        };
        cost + affixes
    }

    fn settled(&self, word: Letters) -> Option<Cut> {
        self.readings.get(&word.bits()).copied()
    }
}

/// A probability, at most 1, as a cost.
#[allow(clippy::cast_sign_loss)] // Minus a logarithm of what is at most 1.
fn cost(probability: f32) -> u16 {
    (-probability.ln() * UNIT).round().min(f32::from(u16::MAX)) as u16
}

fn number(table: &Table<'_>, row: usize, cell: &str) -> Result<f32> {
    cell.parse()
        .map_err(|_| broken(table.file, row, "count", "not a number"))
}

fn letters(table: &Table<'_>, row: usize, cell: &str) -> Result<Letters> {
    Letters::of(cell)
        .map(Letters::bare)
        .ok_or_else(|| broken(table.file, row, table.header[0], "not Arabic letters"))
}

/// The words of the names of persons, and the first ones of places, without the article; and
/// whether they have none.
fn names(lexicon: &Lexicon) -> impl Iterator<Item = (Letters, bool)> {
    let words = |of: &'_ Entry| match of.entity_type {
        EntityType::Per => usize::MAX,
        EntityType::Loc => 1,
        _ => 0,
    };
    lexicon
        .entries()
        .iter()
        .flat_map(move |entry| {
            let most = words(entry);
            let name = entry.name.split(' ').take(most);
            // Other spellings of a family name: وانج beside وانغ.
            let short = entry
                .short
                .iter()
                .filter(move |short| most > 1 && !short.contains([' ', '{', '?', '~']));
            name.chain(short.map(String::as_str))
        })
        .filter_map(|word| {
            let rest = word.strip_prefix("ال");
            Some((Letters::of(rest.unwrap_or(word))?.bare(), rest.is_none()))
        })
        .filter(|(stem, _)| stem.len() > 1)
}
