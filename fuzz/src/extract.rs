use std::sync::{Arc, OnceLock};

use nasij::entities::{Extractor, Scratch};
use nasij::lexicon::{Lexicon, fold};

/// Mentions lie in their sentences, apart and on boundaries; none is of an entity unheard of.
pub fn extract(data: &[u8]) {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    let extractor = EXTRACTOR.get_or_init(|| Extractor::new(Arc::new(Lexicon::shipped().clone())));
    let text = &*String::from_utf8_lossy(data);
    let mut scratch = Scratch::default();
    let document = extractor.extract(text, &mut scratch).expect("short");
    let mut seen = vec![false; document.entities.len()];
    let (mut at, mut token) = (0, 0);
    for mention in &document.mentions {
        let surface = text.get(mention.span.range()).expect("on boundaries");
        assert!(!surface.trim().is_empty());
        assert_eq!(mention.prefix.end, mention.span.start);
        assert!(at <= mention.prefix.start, "mentions overlap");
        let prefix = text.get(mention.prefix.range()).expect("on boundaries");
        assert!(fold(prefix).chars().all(|c| "وفبكلس".contains(c)));
        let sentence = document.sentences[mention.sentence as usize].span;
        assert!(sentence.start <= mention.prefix.start && mention.span.end <= sentence.end);
        assert!(token <= mention.tokens.0 && mention.tokens.0 < mention.tokens.1);
        assert!(mention.tokens.1 <= document.tokens);
        if let Some(role) = mention.role.map(|r| r.span) {
            let words = text.get(role.range()).expect("on boundaries");
            assert!(!words.trim().is_empty());
            assert!(role.end <= mention.prefix.start || mention.span.end <= role.start);
            assert!(sentence.start <= role.start && role.end <= sentence.end);
        }
        seen[mention.entity as usize] = true;
        (at, token) = (mention.span.end, mention.tokens.1);
    }
    assert!(seen.iter().all(|s| *s), "an entity without a mention");
    let again = extractor.extract(text, &mut scratch).expect("short");
    assert_eq!(again, document, "a scratch used before");
}
