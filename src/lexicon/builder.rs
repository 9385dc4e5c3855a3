use std::sync::OnceLock;

use super::entries::{EntityType, Entry};
use crate::normalize::{Normalizer, Rule, Rules};
use crate::text::letters::is_arabic_letter;

/// The folding under which names meet: marks, tatweel, hamza on alef, final ى and ة, presentation
/// forms, Persian letters and digits do not part spellings. No rule of it looks back, so its
/// alignment stays cheap.
pub fn folding() -> &'static Normalizer {
    static FOLDING: OnceLock<Normalizer> = OnceLock::new();
    FOLDING.get_or_init(|| {
        let rules = Rules::of(&[
            Rule::Tatweel,
            Rule::Alef,
            Rule::AlefMaqsura,
            Rule::TaMarbuta,
            Rule::PresentationForms,
            Rule::WordLigatures,
            Rule::Persian,
            Rule::Digits,
            Rule::NumberMarks,
            Rule::Invisible,
            Rule::Joiners,
        ]);
        Normalizer::new(rules.with_all(Rules::of(&Rule::MARKS.1), true))
    })
}

/// Whether a text is of nothing but Arabic letters that the folding keeps, and blanks.
pub(super) fn is_plain(text: &str) -> bool {
    const BLOCK: u32 = 0x600;
    static KEPT: OnceLock<[bool; 256]> = OnceLock::new();
    let kept = KEPT.get_or_init(|| {
        let mut kept = [false; 256];
        for (c, kept) in (BLOCK..).filter_map(char::from_u32).zip(&mut kept) {
            let letter = c.to_string();
            *kept = is_arabic_letter(c) && folding().fold(&letter) == letter;
        }
        kept
    });
    text.chars().all(|c| {
        let place = (c as usize).checked_sub(BLOCK as usize);
        c == ' ' || place.is_some_and(|at| kept.get(at) == Some(&true))
    })
}

/// A name or word as the matcher knows it.
pub fn fold(text: &str) -> String {
    if is_plain(text) {
        return text.trim_matches(' ').to_owned();
    }
    let mut folded = folding().fold(text).trim().to_owned();
    folded.make_ascii_lowercase();
    folded
}

/// How firmly a spelling stands for its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Wherever it stands.
    Full,
    /// Where its context supports it.
    Weak,
    /// Where the article has the full name.
    Short,
}

/// All spellings of an entry, folded, each with its strength. A name that is itself among the
/// short forms, «صور», asks for a fuller alias in the article.
pub(super) fn spellings(entry: &Entry) -> Vec<(String, Strength)> {
    let mut all = Vec::new();
    let norp = entry.entity_type == EntityType::Norp;
    for alias in &entry.aliases {
        let (rest, strength) = match alias.strip_prefix('?') {
            Some(rest) => (rest, Strength::Weak),
            None => (alias.as_str(), Strength::Full),
        };
        match rest.strip_prefix('~') {
            Some(stem) => inflect(&fold(stem), strength, &mut all),
            None => all.extend(braces(rest).iter().map(|s| (fold(s), strength))),
        }
    }
    if norp {
        inflect(&fold(&entry.name), Strength::Full, &mut all);
    } else if !entry.short.contains(&entry.name) {
        all.push((fold(&entry.name), Strength::Full));
    }
    for short in &entry.short {
        all.extend(braces(short).iter().map(|s| (fold(s), Strength::Short)));
    }
    let other: Vec<_> = all
        .iter()
        .filter_map(|(s, strength)| Some((joined_or_apart(s)?, *strength)))
        .collect();
    all.extend(other);
    // A form said to be weak stays weak though the name or a stem gives it again.
    all.sort_by(|a, b| {
        a.0.cmp(&b.0)
            .then((b.1 == Strength::Weak).cmp(&(a.1 == Strength::Weak)))
            .then(a.1.cmp(&b.1))
    });
    all.dedup_by(|later, first| later.0 == first.0);
    all.retain(|(s, _)| !s.is_empty());
    all
}

/// عبد الله where the spelling has عبدالله, and the other way round: both are written.
fn joined_or_apart(spelling: &str) -> Option<String> {
    let padded = format!(" {spelling}");
    let (from, to) = if padded.contains(" عبد ال") {
        (" عبد ال", " عبدال")
    } else {
        (" عبدال", " عبد ال")
    };
    let other = padded.replace(from, to);
    (other != padded).then(|| other[1..].to_owned())
}

/// The forms of a nationality adjective: gender, number, article. The accusative روسياً is left
/// to the extractor, for folded it is the country.
fn inflect(stem: &str, strength: Strength, out: &mut Vec<(String, Strength)>) {
    let endings: &[&str] = if stem.ends_with('ي') {
        &["", "ه", "ان", "ين", "ون", "ات", "تان", "تين"]
    } else {
        &[""]
    };
    for ending in endings {
        out.push((format!("{stem}{ending}"), strength));
        out.push((format!("ال{stem}{ending}"), strength));
    }
}

/// `شي جين بين{غ,ج}` as both of its spellings.
pub(super) fn braces(pattern: &str) -> Vec<String> {
    let Some(open) = pattern.find('{') else {
        return vec![pattern.to_owned()];
    };
    let Some(close) = pattern[open..].find('}').map(|i| open + i) else {
        return vec![pattern.to_owned()];
    };
    let tails = braces(&pattern[close + 1..]);
    pattern[open + 1..close]
        .split(',')
        .flat_map(|choice| tails.iter().map(move |tail| (choice, tail)))
        .map(|(choice, tail)| format!("{}{choice}{tail}", &pattern[..open]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_stand_for_every_choice() {
        assert_eq!(braces("ا"), ["ا"]);
        assert_eq!(braces("{ال,}ناتو"), ["الناتو", "ناتو"]);
        assert_eq!(braces("{ا,ب}ج{د,ه}").len(), 4);
        assert_eq!(braces("{ا"), ["{ا"]);
    }

    #[test]
    fn abd_is_joined_and_apart() {
        assert_eq!(
            joined_or_apart("عبد الله بن عبد العزيز").as_deref(),
            Some("عبدالله بن عبدالعزيز")
        );
        assert_eq!(
            joined_or_apart("ماجد عبدالله").as_deref(),
            Some("ماجد عبد الله")
        );
        assert_eq!(joined_or_apart("عبدو ضيوف"), None);
    }

    #[test]
    fn a_form_said_to_be_weak_stays_weak() {
        let entry = Entry {
            name: "مالي".into(),
            aliases: vec!["?مالي".into(), "جمهورية مالي".into()],
            entity_type: EntityType::Loc,
            ..Entry::default()
        };
        assert_eq!(
            spellings(&entry),
            [
                ("جمهوريه مالي".to_owned(), Strength::Full),
                ("مالي".to_owned(), Strength::Weak)
            ]
        );
    }
}
