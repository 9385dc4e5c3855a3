use super::forms::{Begins, Forms};
use super::names::LISTED;
use crate::lexicon::{WordClass, WordId};
use crate::normalize::Normalized;
use crate::segment::{Sentence, Token, TokenKind};
use crate::text::Span;

/// A token with what its word can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// In the original text.
    pub(super) span: Span,
    /// In the folded text.
    pub(super) folded: Span,
    pub(super) kind: TokenKind,
    /// Behind proclitics with the article (وال, بال, لل): what is left is a noun.
    pub(super) definite: bool,
    /// A word that no list has: nothing speaks against its being part of a name.
    pub(super) strange: bool,
    /// What may begin here.
    pub(super) begins: Begins,
    pub(super) sentence: u32,
    /// The number of its word's form.
    pub(super) form: u32,
    /// What the whole word can be.
    pub(super) class: WordClass,
    /// What the word can be behind its proclitics.
    pub(super) stem_class: WordClass,
    pub(super) word: Option<WordId>,
}

impl Cell {
    /// Whether the word, with or without proclitics, is of a class.
    pub(super) fn is(&self, class: WordClass) -> bool {
        self.class.or(self.stem_class).any(class)
    }

    /// Whether a name may begin or end with it.
    pub(super) fn is_named(&self) -> bool {
        self.kind.is_spelled() || self.kind.is_numeric()
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }
}

/// Lays beside every token what its word can be.
pub(super) fn annotate(
    forms: &mut Forms,
    text: &str,
    normalized: &Normalized,
    tokens: &[Token],
    sentences: &[Sentence],
    cells: &mut Vec<Cell>,
) {
    let folded = normalized.text.as_str();
    let mut alignment = normalized.alignment.forward();
    cells.clear();
    let mut sentence = 0;
    cells.extend(tokens.iter().map(|token| {
        while sentences
            .get(sentence)
            .is_some_and(|s| s.span.end <= token.span.start)
        {
            sentence += 1;
        }
        let span = alignment.to_normalized(token.span);
        let kind = token.kind;
        let looked_up = kind.is_spelled() || kind.is_numeric() || token.span.len() == 1;
        let number = if looked_up {
            forms.number_in(folded, span)
        } else {
            0
        };
        let form = forms.form(number);
        let mut cell = Cell {
            span: token.span,
            folded: span,
            kind,
            definite: form.definite,
            strange: form.strange && kind == TokenKind::Word,
            begins: form.begins,
            sentence: sentence as u32,
            form: number,
            class: form.class,
            stem_class: form.stem_class,
            word: form.word,
        };
        if form.ambiguous {
            // As written the two part.
            let raw = token.span.of(text);
            cell.class = if raw.ends_with('ي') || raw.starts_with('آ') {
                WordClass::GIVEN
            } else {
                cell.class
                    .without(WordClass::GIVEN.or(WordClass::GIVEN_OR_WORD))
            };
            cell.strange &= !cell.is(LISTED);
        }
        cell
    }));
}
