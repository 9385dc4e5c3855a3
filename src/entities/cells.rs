use crate::lexicon::{Matcher, WordClass, WordId};
use crate::normalize::Normalized;
use crate::segment::{Sentence, Token, TokenKind, clitics};
use crate::text::Span;

/// A token with what its word can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// In the original text.
    pub(super) span: Span,
    /// In the folded text.
    pub(super) folded: Span,
    pub(super) kind: TokenKind,
    pub(super) sentence: u32,
    /// What the whole word can be.
    pub(super) class: WordClass,
    /// What the word can be behind its proclitics.
    pub(super) stem_class: WordClass,
    /// Behind proclitics with the article (وال, بال, لل): what is left is a noun.
    pub(super) definite: bool,
    pub(super) word: Option<WordId>,
}

impl Cell {
    /// Whether the word, with or without proclitics, is of a class.
    pub(super) fn is(&self, class: WordClass) -> bool {
        self.class.any(class) || self.stem_class.any(class)
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }
}

/// Looks up every token once. `article` is scratch space for words that lost their article's alef.
pub(super) fn annotate(
    matcher: &Matcher,
    text: &str,
    normalized: &Normalized,
    tokens: &[Token],
    sentences: &[Sentence],
    article: &mut String,
    cells: &mut Vec<Cell>,
) {
    let folded = normalized.text.as_str();
    let mut alignment = normalized.alignment.forward();
    cells.clear();
    cells.reserve(tokens.len());
    let mut sentence = 0;
    for token in tokens {
        while sentences
            .get(sentence)
            .is_some_and(|s| s.span.end <= token.span.start)
        {
            sentence += 1;
        }
        let mut cell = Cell {
            span: token.span,
            folded: alignment.to_normalized(token.span),
            kind: token.kind,
            sentence: sentence as u32,
            class: WordClass::default(),
            stem_class: WordClass::default(),
            definite: false,
            word: None,
        };
        let kind = token.kind;
        if kind.is_spelled() || kind.is_numeric() || token.span.len() == 1 {
            look_up(matcher, cell.folded.of(folded), article, &mut cell);
            let name = WordClass::GIVEN.or(WordClass::GIVEN_OR_WORD);
            if cell.class.any(WordClass::STOP) && cell.class.any(name) {
                // Folded, على is علي and الآن is آلان; as written they part.
                let raw = token.span.of(text);
                cell.class = if raw.ends_with('ي') || raw.starts_with('آ') {
                    WordClass::GIVEN
                } else {
                    cell.class.without(name)
                };
            }
        }
        cells.push(cell);
    }
}

fn look_up(matcher: &Matcher, word: &str, scratch: &mut String, cell: &mut Cell) {
    cell.word = matcher.word(word);
    if let Some(id) = cell.word {
        cell.class = matcher.class(id);
    }
    cell.definite = word.starts_with("ال") && word.len() > 6;
    for analysis in clitics::analyses(word).filter(|a| a.prefix > 0) {
        let (stem, definite) = stem(word, analysis, scratch);
        cell.definite |= definite;
        if let Some(id) = matcher.word(stem) {
            let class = matcher.class(id);
            // Short ordinary words meet by chance: بيري is not ب + يري.
            let letters = stem.chars().take(4).count();
            let ordinary = letters >= 4 || definite;
            cell.stem_class = cell.stem_class.or(if ordinary {
                class
            } else {
                class.without(WordClass::COMMON)
            });
        }
    }
}

/// The stem of an analysis as the lexicon spells it, and whether it carries the article.
pub(super) fn stem<'w>(
    word: &'w str,
    analysis: clitics::Analysis,
    scratch: &'w mut String,
) -> (&'w str, bool) {
    let stem = &word[analysis.prefix..];
    if analysis.article {
        scratch.clear();
        scratch.push('ا');
        scratch.push_str(stem);
        (scratch, true)
    } else {
        (stem, stem.starts_with("ال") && stem.len() > 6)
    }
}
