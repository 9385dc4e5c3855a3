//! Classes of characters, as Arabic typography and Unicode draw them.

/// The doubling of a consonant, ّ.
pub const SHADDA: char = '\u{0651}';

/// The small alef above a letter, ٰ.
pub const SUPERSCRIPT_ALEF: char = '\u{0670}';

/// Harakat, tanwin and sukun, and the vowel signs of other languages in Arabic script.
pub fn is_haraka(c: char) -> bool {
    matches!(c, '\u{064B}'..='\u{0650}' | '\u{0652}' | '\u{0656}'..='\u{065F}')
}

/// Marks of Quranic orthography: signs of recitation, small letters, honorific signs, verse signs,
/// and a hamza or madda that stands on no letter that has it.
pub fn is_quranic(c: char) -> bool {
    matches!(c,
        '\u{0610}'..='\u{061A}' | '\u{0653}'..='\u{0655}' | '\u{06D6}'..='\u{06ED}'
        | '\u{0897}'..='\u{089F}' | '\u{08CA}'..='\u{08FF}')
}

/// Harakat, tanwin, shadda, sukun, the superscript alef, Quranic marks and other marks that sit
/// on Arabic letters (Unicode `Mn` of the Arabic blocks).
pub fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}'
        | '\u{06EA}'..='\u{06ED}' | '\u{0897}'..='\u{089F}' | '\u{08CA}'..='\u{08E1}'
        | '\u{08E3}'..='\u{08FF}')
}

/// Any combining mark that continues the word it follows: Arabic marks, the general blocks, and
/// those of other scripts that `char::is_alphanumeric` does not count as letters.
pub fn is_combining(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1ADD}' | '\u{1AE0}'..='\u{1AEB}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20F0}' | '\u{FE20}'..='\u{FE2F}')
        // Cyrillic, Hebrew, Syriac, Thaana, N'Ko
        || matches!(c, '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}'
            | '\u{05C4}' | '\u{05C5}' | '\u{05C7}' | '\u{0711}' | '\u{0730}'..='\u{074A}' | '\u{07A6}'..='\u{07B0}'
            | '\u{07EB}'..='\u{07F3}')
        // the signs of India that join or dot a letter, Thai and Lao tones, Japanese voicing
        || matches!(c, '\u{093C}' | '\u{094D}' | '\u{09BC}' | '\u{09CD}' | '\u{0A3C}' | '\u{0A4D}' | '\u{0ABC}'
            | '\u{0ACD}' | '\u{0B3C}' | '\u{0B4D}' | '\u{0BCD}' | '\u{0C4D}' | '\u{0CBC}' | '\u{0CCD}' | '\u{0D4D}'
            | '\u{0DCA}' | '\u{0E47}'..='\u{0E4E}' | '\u{0EC8}'..='\u{0ECD}' | '\u{3099}' | '\u{309A}')
}

/// The kashida, ـ.
pub const TATWEEL: char = '\u{0640}';

/// Characters that draw nothing: bidi controls, zero-width characters, the byte order mark, the
/// soft hyphen, variation selectors.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Of these, what joins and parts letters and emoji, or says how they are drawn: zero-width joiner
/// and non-joiner, variation selectors.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

/// A letter of the Arabic script, presentation forms included.
pub fn is_arabic_letter(c: char) -> bool {
    matches!(c,
        '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' | '\u{066E}' | '\u{066F}'
        | '\u{0671}'..='\u{06D3}' | '\u{06D5}' | '\u{06EE}' | '\u{06EF}' | '\u{06FA}'..='\u{06FC}'
        | '\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{0870}'..='\u{0887}' | '\u{0889}'..='\u{088E}'
        | '\u{08A0}'..='\u{08C9}'
        | '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FD3D}' | '\u{FD50}'..='\u{FD8F}'
        | '\u{FD92}'..='\u{FDC7}' | '\u{FDF0}'..='\u{FDFB}' | '\u{FE70}'..='\u{FE74}'
        | '\u{FE76}'..='\u{FEFC}')
}

/// Ends a sentence when nothing says otherwise.
pub fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '…' | '۔')
}

/// Closes a quotation or a bracket (straight quotes count: they close as well as open).
pub fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '“'
    )
}

/// A line end in any convention; `\r\n` is one break made of two of these.
pub fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}'
    )
}

/// `char::is_alphanumeric`, which is slow beyond ASCII, with Arabic letters and digits answered
/// first.
pub fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (!c.is_ascii()
            && (is_arabic_letter(c)
                || matches!(c, '٠'..='٩' | '۰'..='۹')
                || (!matches!(c, '\u{600}'..='\u{6FF}' | '\u{2000}'..='\u{206F}')
                    && c.is_alphanumeric())))
}
