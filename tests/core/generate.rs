//! Text for the laws: everything that news carries and much that it should not.

use nasij::lexicon::Lexicon;
use proptest::prelude::*;

/// Whether a character may lie between tokens.
pub(crate) fn unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || nasij::text::letters::is_invisible(c)
}

/// What is repeated to make texts that tempt quadratic work.
pub(crate) const HOSTILE: [&str; 28] = [
    "\u{64B}",
    "\u{640}",
    "\u{200F}",
    "\u{200D}",
    "😀\u{200D}",
    "\"",
    "«»",
    "“",
    "«",
    "<",
    ">",
    "<b",
    "&",
    ";",
    "&#59",
    "&amp",
    "\u{301}&#x301;",
    "\u{301}<b>",
    ".",
    " .",
    "…",
    "؟»",
    "www.",
    "www.!",
    "a.",
    "a@",
    "\n",
    "ب\u{200C}",
];

const PIECES: &[&str] = &[
    "ا",
    "ب",
    "ل",
    "و",
    "ف",
    "ك",
    "س",
    "م",
    "ن",
    "ي",
    "ى",
    "ة",
    "ه",
    "ء",
    "أ",
    "إ",
    "آ",
    "ؤ",
    "ئ",
    "ٱ",
    "لا",
    "ال",
    "لل",
    "قال",
    "بوتين",
    "الصين",
    "موسكو",
    "د",
    "کی",
    "\u{6C1}",
    "\u{6CC}",
    "\u{64B}",
    "\u{64E}",
    "\u{651}",
    "\u{652}",
    "\u{670}",
    "\u{6E1}",
    "\u{8F0}",
    "ـ",
    "ــــ",
    "\u{FEFB}",
    "\u{FEF5}",
    "\u{FE8D}",
    "\u{FEDF}\u{FEDE}",
    "\u{FDF2}",
    "\u{FDFA}",
    "\u{FC5E}",
    "\u{FE70}",
    "\u{FDFD}",
    "\u{FBB2}",
    "😀",
    "👩\u{200D}👩\u{200D}👧",
    "👍🏽",
    "🇸🇦",
    "❤\u{FE0F}",
    "1\u{FE0F}\u{20E3}",
    "\u{200E}",
    "\u{200F}",
    "\u{61C}",
    "\u{202B}",
    "\u{202C}",
    "\u{2067}",
    "\u{2069}",
    "\u{200B}",
    "\u{200C}",
    "\u{200D}",
    "\u{FEFF}",
    "\u{AD}",
    " ",
    " ",
    " ",
    "  ",
    "\t",
    "\u{A0}",
    "\u{3000}",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{B}",
    "\0",
    "\u{7F}",
    "a",
    "B",
    "é",
    "e\u{301}",
    "USA",
    "MM.",
    "Dr.",
    "7",
    "٣",
    "۴",
    "1.5",
    "٫",
    "٪",
    "2024",
    ".",
    ".",
    "..",
    "...",
    "…",
    "!",
    "؟",
    "،",
    "؛",
    ":",
    "(",
    ")",
    "[",
    "]",
    "«",
    "»",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "-",
    "–",
    "&amp;",
    "&lt;",
    "&#1605;",
    "&#x59;",
    "&#59;",
    "&nbsp;",
    "&zwnj;",
    "&",
    ";",
    "&amp",
    "#",
    "<b>",
    "</p>",
    "<br/>",
    "<!--",
    "-->",
    "<a href=\"x\">",
    "<",
    ">",
    "@",
    "#وسم",
    "@nasij",
    "https://example.com/a?b=1",
    "www.",
    "x@y.org",
    "د. ",
    "أ.د. ",
    "مم. ",
    "ق.م.",
    "هـ.",
    "بي.بي.سي",
    "\u{10FFFF}",
    "\u{E000}",
    "𐤀",
];

/// Pieces in any order, now and then an arbitrary character.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Names that come again and again, with clitics, and words that show the unknown ones.
const NAMES: &[&str] = &[
    "فلاديمير بوتين",
    "وبوتين",
    "شي جين بينغ",
    "لشي",
    "روسيا",
    "والصين",
    "للصين",
    "الروسي",
    "الصينية",
    "وزارة الخارجية الصينية",
    "الأمم المتحدة",
    "وللأمم المتحدة",
    "بالقاهرة",
    "موسكو",
    "الرئيس الروسي فلاديمير بوتين",
    "وزير الخارجية الصيني وانغ يي",
    "وكالة رويترز",
    "صحيفة «فيلت»",
    "الدكتور خالد الدوسري",
    "الدكتور خَالد الدوسري",
    "المهندس أحمد الهاشمي",
    "المهندس احمد الهاشمي",
    "والهاشمي",
    "قال الأستاذ تيانج بون",
    "جامعة نانيانغ التكنولوجية",
    "أنطونيو غوتيريش",
    "غوتيريش",
];

const WORDS: &[&str] = &[
    "قال",
    "إن",
    "في",
    "من",
    "إلى",
    "على",
    "زار",
    "أمس",
    "و",
    "أن",
    "الرئيس",
    "وزير",
    "صحيفة",
    "مدينة",
    "بين",
    "اقرأ أيضا",
    "(",
    ")",
    "«",
    "»",
    "،",
    ":",
];

const BREAKS: &[&str] = &[
    " ", " ", " ", " ", " ", ". ", ".\n", "\n\n", "\r\n", "، ", "؟ ", " - ",
];

/// A text of names, words and breaks; `wild` mixes in pieces that no article should have.
pub(crate) fn article(wild: bool) -> impl Strategy<Value = String> {
    let shipped: Vec<&str> = Lexicon::shipped()
        .entries()
        .iter()
        .step_by(7)
        .map(|e| e.name.as_str())
        .collect();
    let clitic = proptest::sample::select(&["", "", "", "و", "ب", "ل", "وب", "فل", "ك"][..]);
    let listed = (clitic, proptest::sample::select(shipped)).prop_map(|(c, n)| format!("{c}{n}"));
    let word = prop_oneof![
        4 => proptest::sample::select(NAMES).prop_map(str::to_owned),
        1 => listed,
        3 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        u32::from(wild) * 2 => proptest::sample::select(PIECES).prop_map(str::to_owned),
    ];
    let unit = (word, proptest::sample::select(BREAKS)).prop_map(|(w, b)| w + b);
    proptest::collection::vec(unit, 0..30).prop_map(|units| units.concat())
}

/// Articles of one corpus.
pub(crate) fn articles() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(article(false), 1..8)
}

/// The same text with characters that folding takes away behind some of its Arabic letters.
pub(crate) fn disguise(text: &str, noise: &[u8]) -> String {
    const NOISE: [&str; 8] = [
        "\u{64E}", "\u{651}", "\u{652}", "ـ", "ــ", "\u{200C}", "\u{200D}", "\u{61C}",
    ];
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    let mut dice = noise.iter().cycle();
    while let Some(c) = chars.next() {
        out.push(c);
        // Between letters only: behind the last one a tatweel or ى would be read by what it is.
        let inside = |c: &char| nasij::text::letters::is_arabic_letter(*c);
        if inside(&c) && chars.peek().is_some_and(inside) {
            let roll = usize::from(*dice.next().unwrap_or(&255));
            out.push_str(NOISE.get(roll).copied().unwrap_or_default());
        }
    }
    out
}
