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
    let mut found = [None; 7];
    let mut n = 0;
    let mut push = |prefix: usize, article: bool| {
        let enough = usize::from(prefix > 0);
        if word[prefix..].chars().nth(enough).is_some() && n < found.len() {
            found[n] = Some(Analysis { prefix, article });
            n += 1;
        }
    };
    let conjunction = word.chars().next().filter(|c| matches!(c, 'و' | 'ف'));
    for start in [Some(0), conjunction.map(char::len_utf8)]
        .into_iter()
        .flatten()
    {
        push(start, false);
        let rest = &word[start..];
        if rest.starts_with(['ب', 'ك', 'ل', 'س']) {
            let prefix = start + 'ل'.len_utf8();
            if rest.starts_with("لل") {
                push(prefix, true);
            }
            push(prefix, false);
        }
    }
    found.into_iter().flatten()
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
