use nasij::segment::{clitics, sentences, tokens};
use nasij::text::letters::is_invisible;

/// Sentences partition the text, tokens do with gaps that no reader sees, clitics keep the word.
pub fn segment(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    let mut found = Vec::new();
    sentences(text, &mut found);
    let (mut at, mut paragraph) = (0, 0);
    for sentence in &found {
        let range = sentence.span.range();
        assert_eq!(range.start, at, "sentences leave nothing out");
        assert!(text.get(range.clone()).is_some_and(|s| !s.is_empty()));
        assert!(sentence.paragraph == paragraph || sentence.paragraph == paragraph + 1);
        (at, paragraph) = (range.end, sentence.paragraph);
    }
    assert_eq!(at, text.len());
    assert!(found.first().is_none_or(|s| s.paragraph == 0));

    let mut found = Vec::new();
    tokens(text, &mut found);
    let mut at = 0;
    for token in &found {
        let range = token.span.range();
        let word = text.get(range.clone()).expect("on boundaries");
        assert!(!word.is_empty() && at <= range.start);
        assert!(text[at..range.start].chars().all(unseen), "a gap shows");
        at = range.end;
        readings(word);
    }
    assert!(text[at..].chars().all(unseen), "the last gap shows");
}

fn readings(word: &str) {
    let all: Vec<_> = clitics::analyses(word).collect();
    for (i, one) in all.iter().enumerate() {
        let prefix = word.get(..one.prefix).expect("on boundaries");
        assert!(one.prefix < word.len(), "a stem is left");
        assert!(prefix.chars().all(|c| "وفبكلس".contains(c)));
        assert!(!all[..i].contains(one), "twice");
    }
}

fn unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c)
}
