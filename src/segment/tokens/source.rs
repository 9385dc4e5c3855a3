use crate::text::classes::{Class, Classes};

/// A text with the table of classes at hand. Every place is a byte at which a character begins.
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    classes: &'static Classes,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            classes: Classes::get(),
        }
    }

    /// The class of the character at a place, and its bytes.
    #[inline]
    pub(super) fn at(&self, at: usize) -> Option<(Class, usize)> {
        self.classes.at(self.text, at)
    }

    pub(super) fn class(&self, at: usize) -> Option<Class> {
        self.at(at).map(|(class, _)| class)
    }

    #[inline]
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    pub(super) fn rest(&self, at: usize) -> &'t str {
        &self.text[at..]
    }

    /// The end of the longest run of bytes that pass; none beyond ASCII may.
    #[inline]
    pub(super) fn ascii_run(&self, at: usize, pass: impl Fn(u8) -> bool) -> usize {
        let rest = &self.bytes[at..];
        at + rest.iter().position(|b| !pass(*b)).unwrap_or(rest.len())
    }

    /// The end of the longest run of characters that pass.
    #[inline]
    pub(super) fn run(&self, mut at: usize, pass: impl Fn(Class) -> bool) -> usize {
        while let Some((_, len)) = self.at(at).filter(|(class, _)| pass(*class)) {
            at += len;
        }
        at
    }

    /// Over zero-width characters at a place, if behind them stands what passes.
    pub(super) fn joiners(&self, at: usize, pass: impl Fn(Class) -> bool) -> Option<usize> {
        let end = self.run(at, |class| class == Class::Invisible);
        (end > at && self.class(end).is_some_and(pass)).then_some(end)
    }

    /// Over the marks that sit on what ends here.
    #[inline]
    pub(super) fn marks(&self, at: usize) -> usize {
        // No mark begins with a byte below.
        if self.byte(at).is_none_or(|b| b < 0xCC) {
            return at;
        }
        self.run(at, |class| matches!(class, Class::Mark | Class::Combining))
    }
}
