//! Tokens beside the word boundaries of Unicode Standard Annex 29: the lines of its test file, and
//! generated text with the crate `unicode-segmentation` for an oracle. Every place where only one
//! of the two parts must be one of the deliberate differences named here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use nasij::segment::{Token, TokenKind, tokens};
use nasij::text::classes::Class;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::{generate, tables};

/// A deliberate difference: its name, and whether it explains a pair.
type Difference = (&'static str, fn(&Pair<'_>) -> bool);

/// Where we join and the annex parts.
const JOINED: [Difference; 10] = [
    // 10:30, 21/7/2015, 21-7-2015, 6ر935, 5%: the annex knows points and commas alone.
    ("numbers keep their marks", |p| p.before.kind.is_numeric()),
    // https://example.com/a, news@example.org, #قمة_بكين, @nasij
    ("addresses and tags are whole", |p| address(p.before)),
    // د. and U.S.: the annex keeps the stops between letters, but not the last.
    ("abbreviations keep their last stop", |p| {
        p.before.kind == TokenKind::Abbreviation
    }),
    // G20’s: the annex asks for a letter before the apostrophe.
    ("apostrophes join behind digits", |p| {
        apostrophe(p.base) || apostrophe(p.right)
    }),
    // m², 7½
    ("superscripts and fractions are letters", |p| {
        fraction(p.base) || fraction(p.right)
    }),
    // «...» is one mark of punctuation.
    ("a run of stops is one mark", |p| {
        (p.base, p.right) == ('.', '.')
    }),
    // The annex gives a mark to the blank before it, unless our tables of marks are too wide.
    ("a mark that lost its letter begins a word", |p| {
        mark(p.base) || extends(p.base) || [p.left, p.right].into_iter().any(rough)
    }),
    // The annex parts ideographs and kana, and leaves the others to a dictionary; we have none.
    ("scripts without blanks are not parted", |p| {
        p.before_text().contains(unspaced)
    }),
    // The blocks of symbols stand for the property Extended_Pictographic, so that ✁ is one too,
    // and flags may be joined.
    ("emoji by their blocks", |p| {
        p.before.kind == TokenKind::Emoji
    }),
    // Web pages put zero-width spaces inside words; one that parts has a blank beside it.
    ("zero-width spaces do not part", |p| {
        p.before_text().contains('\u{200B}')
    }),
];

/// Where we part and the annex joins.
const PARTED: [Difference; 10] = [
    // خليجي22, 5كم, وMD: proclitics and units stand on numbers and on Latin words.
    ("Arabic letters stand apart", |p| {
        arabic(p.base) != arabic(p.right)
    }),
    // «قال:نعم», end.The, 1'200: in news a blank is forgotten behind these far more often than
    // they stand in a word. Apostrophes between letters and points between digits do not part.
    ("signs inside words part", |p| {
        inner(p.base) || inner(p.right)
    }),
    ("an address or tag ends where it ends", |p| {
        address(p.before) || address(p.after)
    }),
    // _نعم_ is emphasis.
    ("a low line begins no word", |p| {
        p.base == '_' && p.before_text().starts_with('_')
            || p.right == '_' && p.before.kind != TokenKind::Word
    }),
    // 4K and 2.5D are words; ٤K, 10:30am and 5%a are not.
    ("letters join plain numbers alone", |p| {
        p.before.kind.is_numeric() && Class::of(p.right) == Class::Letter
    }),
    ("a mark ends a number", |p| {
        p.before.kind.is_numeric() && p.left != p.base
    }),
    ("a narrow no-break space is a blank", |p| {
        p.between().contains('\u{202F}')
    }),
    ("zero-width characters join letters alone", |p| {
        let mut ends = [Class::of(p.base), Class::of(p.right)].into_iter();
        !p.between().is_empty() && !ends.all(|c| c == Class::Letter) || mark(p.base)
    }),
    // To the annex a joiner joins an emoji to anything.
    ("a joiner joins emoji alone", |p| {
        p.before.kind == TokenKind::Emoji || p.after.kind == TokenKind::Emoji
    }),
    // ۝, which encloses digits; marks of distant scripts, which ours begin a word with.
    ("the tables of marks are rough", |p| {
        let sign = |c| Class::of(c) == Class::Symbol;
        [p.base, p.right].into_iter().any(|c| sign(c) || rough(c))
    }),
];

/// Scripts that write no blanks between words, as far as the annex parts their letters.
fn unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{1950}'..='\u{19DF}' | '\u{1A20}'..='\u{1AAF}' | '\u{11700}'..='\u{1174F}'
        | '\u{2E80}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFDC}' | '\u{16FE0}'..='\u{1B2FF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// `MidLetter`, `MidNum`, `MidNumLet` and the quotes of the annex.
fn inner(c: char) -> bool {
    matches!(
        c,
        ':' | '.'
            | ','
            | ';'
            | '\''
            | '"'
            | '·'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{2024}'
            | '\u{2027}'
            | '\u{2044}'
            | '\u{037E}'
            | '\u{0387}'
            | '\u{055F}'
            | '\u{0589}'
            | '\u{05F4}'
            | '،'
            | '؍'
            | '٫'
            | '٬'
            | '\u{07F8}'
            | '\u{FE10}'
            | '\u{FE13}'
            | '\u{FE14}'
            | '\u{FE50}'
            | '\u{FE52}'
            | '\u{FE54}'
            | '\u{FE55}'
            | '\u{FF07}'
            | '\u{FF0C}'
            | '\u{FF0E}'
            | '\u{FF1A}'
            | '\u{FF1B}'
    )
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn fraction(c: char) -> bool {
    Class::of(c) == Class::Letter && c.is_numeric()
}

/// Whether the annex lets a character continue anything.
fn extends(c: char) -> bool {
    format!(".{c}").split_word_bounds().count() == 1
}

fn address(token: Token) -> bool {
    use TokenKind::{Email, Handle, Hashtag, Url};
    matches!(token.kind, Url | Email | Hashtag | Handle)
}

fn arabic(c: char) -> bool {
    matches!(Class::of(c), Class::Arabic | Class::Mark)
}

fn mark(c: char) -> bool {
    matches!(Class::of(c), Class::Mark | Class::Combining)
}

/// Whether the annex takes for a mark what we do not, or the other way round.
fn rough(c: char) -> bool {
    mark(c) != extends(c)
}

/// Two neighbouring characters that a reader sees, and the tokens they belong to.
struct Pair<'t> {
    text: &'t str,
    left: char,
    /// The left one, or what it sits on if it is a mark.
    base: char,
    right: char,
    /// Where the left one ends and the right one begins.
    gap: (usize, usize),
    before: Token,
    after: Token,
}

impl Pair<'_> {
    fn between(&self) -> &str {
        &self.text[self.gap.0..self.gap.1]
    }

    fn before_text(&self) -> &str {
        self.before.span.of(self.text)
    }

    fn joined(&self) -> bool {
        self.before == self.after
    }

    fn why(&self) -> Option<&'static str> {
        let known: &[Difference] = if self.joined() { &JOINED } else { &PARTED };
        known.iter().find(|(_, holds)| holds(self)).map(|d| d.0)
    }
}

fn pairs(text: &str) -> Vec<Pair<'_>> {
    let mut cut = Vec::new();
    tokens(text, &mut cut);
    let mut all: Vec<Pair<'_>> = Vec::new();
    let mut token = 0;
    let mut last: Option<(usize, char, char, Token)> = None;
    for (at, c) in text.char_indices().filter(|(_, c)| !generate::unseen(*c)) {
        while cut[token].span.range().end <= at {
            token += 1;
        }
        let after = cut[token];
        let mut base = c;
        if let Some((end, left, below, before)) = last {
            all.push(Pair {
                text,
                left,
                base: below,
                right: c,
                gap: (end, at),
                before,
                after,
            });
            if mark(c) && before == after {
                base = below;
            }
        }
        last = Some((at + c.len_utf8(), c, base, after));
    }
    all
}

/// The pairs that one side alone parts; `words` are the annex's. What a blank or a zero-width
/// character belongs to is no matter.
fn differences<'t, 'w>(text: &'t str, words: impl Iterator<Item = &'w str>) -> Vec<Pair<'t>> {
    let mut cuts = vec![0];
    cuts.extend(words.scan(0, |at, word| {
        *at += word.len();
        Some(*at)
    }));
    let mut found = pairs(text);
    found.retain(|pair| {
        let first = cuts.partition_point(|cut| *cut < pair.gap.0);
        let parted = cuts.get(first).is_some_and(|cut| *cut <= pair.gap.1);
        parted == pair.joined()
    });
    found
}

/// Fails for a pair that nothing explains.
fn explain(pair: &Pair<'_>) -> &'static str {
    pair.why().unwrap_or_else(|| {
        let verb = if pair.joined() { "joined" } else { "parted" };
        panic!(
            "{verb} in {:?}: {:?} ({:?}) and {:?} ({:?})",
            pair.text, pair.left, pair.before.kind, pair.right, pair.after.kind
        )
    })
}

/// The lines of the annex's test file, as lists of words. The package `unicode-segmentation`
/// carries them as a table in Rust: `("text", &["word", "word"]), ...`.
fn lines() -> Vec<Vec<String>> {
    let path = package("unicode-segmentation").join("tests/testdata/mod.rs");
    let file = fs::read_to_string(&path).expect("the test data");
    let table = file.split("TEST_WORD").nth(1).expect("the words");
    let table = table.split("];").next().unwrap_or_default();
    let mut lines: Vec<Vec<String>> = Vec::new();
    for (i, piece) in table.split('"').enumerate() {
        if i % 2 == 1 {
            lines.last_mut().expect("a line").push(unescaped(piece));
        } else if piece.ends_with('(') {
            lines.push(Vec::new());
        }
    }
    for line in &mut lines {
        let text = line.remove(0);
        assert_eq!(line.concat(), text);
    }
    lines
}

/// The characters of `\u{61}\u{308}`.
fn unescaped(escapes: &str) -> String {
    let points = escapes.split("\\u{").skip(1);
    points
        .map(|hex| {
            let point = u32::from_str_radix(hex.trim_end_matches('}'), 16).expect("hexadecimal");
            char::from_u32(point).expect("a character")
        })
        .collect()
}

/// Where Cargo keeps the sources of a dependency.
fn package(name: &str) -> PathBuf {
    let rustc = Command::new(env::var_os("RUSTC").unwrap_or("rustc".into()))
        .arg("-vV")
        .output();
    let about = stdout(rustc);
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let metadata = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["metadata", "--format-version=1", "--locked"])
        .args(["--filter-platform", host.expect("a platform")])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    let metadata = stdout(metadata);
    let manifests = metadata.split("\"manifest_path\":\"").skip(1);
    manifests
        .filter_map(|rest| rest.split('"').next())
        .map(|path| path.replace("\\\\", "\\"))
        .filter_map(|path| Path::new(&path).parent().map(Path::to_owned))
        .find(|folder| {
            let folder = folder.file_name().and_then(|f| f.to_str());
            folder.is_some_and(|f| f.starts_with(name))
        })
        .expect("a dependency")
}

fn stdout(output: std::io::Result<Output>) -> String {
    let output = output.expect("a toolchain");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// How many places of the lines each difference explains; in 1,719 lines there is none.
const COUNTS: [(&str, usize); 12] = [
    ("a joiner joins emoji alone", 1),
    ("a low line begins no word", 31),
    ("a mark ends a number", 5),
    ("a run of stops is one mark", 13),
    ("apostrophes join behind digits", 2),
    ("emoji by their blocks", 2),
    ("letters join plain numbers alone", 8),
    ("numbers keep their marks", 10),
    ("scripts without blanks are not parted", 35),
    ("signs inside words part", 186),
    ("the tables of marks are rough", 4),
    ("zero-width characters join letters alone", 15),
];

#[test]
fn lines_of_the_annex() {
    let lines = lines();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut alike = 0;
    for line in &lines {
        let text = line.concat();
        let words = || line.iter().map(String::as_str);
        assert!(text.split_word_bounds().eq(words()), "{line:?}");
        let found = differences(&text, words());
        alike += usize::from(found.is_empty());
        for pair in &found {
            *counts.entry(explain(pair)).or_default() += 1;
        }
    }
    assert_eq!((alike, lines.len()), (1719, 1944));
    assert_eq!(counts, COUNTS.into());
}

#[test]
fn differences_of_the_golden_table_are_deliberate() {
    for case in tables::cases(include_str!("../golden/tokens.toml")) {
        let text = tables::text(&case, "text");
        for pair in differences(text, text.split_word_bounds()) {
            explain(&pair);
        }
    }
}

proptest! {
    #[test]
    fn differences_are_deliberate(text in generate::text()) {
        for pair in differences(&text, text.split_word_bounds()) {
            explain(&pair);
        }
    }
}
