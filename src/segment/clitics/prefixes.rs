//! The proclitics a folded word may carry.

/// One way to read a folded word: the first `prefix` bytes are proclitics.
///
/// `article` says that the stem's ال lost its alef to the ل before it: in للصين the prefix is ل
/// and the stem, as written, is لصين, which stands for الصين.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Analysis {
    /// Bytes of proclitics.
    pub prefix: usize,
    /// Whether the stem's first letter ل stands for ال.
    pub article: bool,
}

/// The analyses of a word folded without marks or tatweel, the longest stem first.
///
/// At most one conjunction, then at most one preposition; at least two letters of stem remain.
pub fn analyses(word: &str) -> impl Iterator<Item = Analysis> {
    const LETTER: usize = 'ل'.len_utf8();
    const WHOLE: Analysis = Analysis {
        prefix: 0,
        article: false,
    };
    let mut found = [WHOLE; 7];
    let mut n = usize::from(!word.is_empty());
    let mut push = |prefix: usize, article: bool| {
        if has_two_letters(&word[prefix..]) {
            found[n] = Analysis { prefix, article };
            n += 1;
        }
    };
    let preposition = |start: usize, push: &mut dyn FnMut(usize, bool)| {
        let rest = &word[start..];
        if rest.starts_with(['ب', 'ك', 'ل', 'س']) {
            if rest.starts_with("لل") {
                push(start + LETTER, true);
            }
            push(start + LETTER, false);
        }
    };
    preposition(0, &mut push);
    if word.starts_with(['و', 'ف']) {
        push(LETTER, false);
        preposition(LETTER, &mut push);
    }
    found.into_iter().take(n)
}

fn has_two_letters(stem: &str) -> bool {
    let first = stem.chars().next();
    first.is_some_and(|c| c.len_utf8() < stem.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(word: &str) -> Vec<String> {
        analyses(word)
            .map(|a| {
                let (p, s) = word.split_at(a.prefix);
                let article = if a.article { "(ا)" } else { "" };
                format!("{p}+{article}{s}")
            })
            .collect()
    }

    #[test]
    fn every_reading_keeps_the_letters() {
        assert_eq!(read("بوتين"), ["+بوتين", "ب+وتين"]);
        assert_eq!(read("وبوتين"), ["+وبوتين", "و+بوتين", "وب+وتين"]);
        assert_eq!(read("للصين"), ["+للصين", "ل+(ا)لصين", "ل+لصين"]);
        assert_eq!(
            read("وللصين"),
            ["+وللصين", "و+للصين", "ول+(ا)لصين", "ول+لصين"]
        );
        assert_eq!(read("شي"), ["+شي"]);
        assert_eq!(read("لشي"), ["+لشي", "ل+شي"]);
        assert_eq!(read(""), Vec::<String>::new());
    }
}
