//! Text for the laws: everything that news carries and much that it should not.

use proptest::prelude::*;

/// Whether a character may lie between tokens.
pub fn unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || nasij::text::letters::is_invisible(c)
}

/// What is repeated to make texts that tempt quadratic work.
pub const HOSTILE: [&str; 26] = [
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
    "ا", "ب", "ل", "و", "ف", "ك", "س", "م", "ن", "ي", "ى", "ة", "ه", "ء", "أ", "إ", "آ", "ؤ", "ئ",
    "ٱ", "لا", "ال", "لل", "قال", "بوتين", "الصين", "موسكو", "د", "کی", "\u{6C1}", "\u{6CC}",
    "\u{64B}", "\u{64E}", "\u{651}", "\u{652}", "\u{670}", "\u{6E1}", "\u{8F0}", "ـ", "ــــ",
    "\u{FEFB}", "\u{FEF5}", "\u{FE8D}", "\u{FEDF}\u{FEDE}", "\u{FDF2}", "\u{FDFA}", "\u{FC5E}",
    "\u{FE70}", "\u{FDFD}", "\u{FBB2}", "😀", "👩\u{200D}👩\u{200D}👧", "👍🏽", "🇸🇦", "❤\u{FE0F}",
    "1\u{FE0F}\u{20E3}", "\u{200E}", "\u{200F}", "\u{61C}", "\u{202B}", "\u{202C}", "\u{2067}",
    "\u{2069}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{FEFF}", "\u{AD}", " ", " ", " ", "  ",
    "\t", "\u{A0}", "\u{3000}", "\n", "\n\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}",
    "\u{B}", "\0", "\u{7F}", "a", "B", "é", "e\u{301}", "USA", "MM.", "Dr.", "7", "٣", "۴", "1.5",
    "٫", "٪", "2024", ".", ".", "..", "...", "…", "!", "؟", "،", "؛", ":", "(", ")", "[", "]", "«",
    "»", "“", "”", "\"", "'", "’", "-", "–", "&amp;", "&lt;", "&#1605;", "&#x59;", "&#59;",
    "&nbsp;", "&zwnj;", "&", ";", "&amp", "#", "<b>", "</p>", "<br/>", "<!--", "-->", "<a href=\"x\">",
    "<", ">", "@", "#وسم", "@nasij", "https://example.com/a?b=1", "www.", "x@y.org", "د. ", "أ.د. ",
    "مم. ", "ق.م.", "هـ.", "بي.بي.سي", "\u{10FFFF}", "\u{E000}", "𐤀",
];

/// Pieces in any order, now and then an arbitrary character.
pub fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
