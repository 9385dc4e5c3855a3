use super::TokenKind;
use super::source::Source;
use crate::text::letters::{is_arabic_letter, is_invisible};

const SCHEMES: [&str; 4] = ["http://", "https://", "ftp://", "www."];

/// The longest part of a mail address before its @ (RFC 5321).
const LONGEST_LOCAL: usize = 64;

/// Last labels that make a web address of a name without a scheme. Those that are English words
/// (in, is, it, so, to ...) are left out: they follow a stop without a blank.
const TOP_LABELS: [&str; 61] = [
    "com", "net", "org", "info", "edu", "gov", "mil", "int", "biz", "news", "online", "app", "tv",
    "io", "ly", "sa", "ae", "eg", "kw", "qa", "bh", "om", "ye", "jo", "lb", "sy", "iq", "ps", "tn",
    "dz", "ma", "mr", "sd", "dj", "km", "ir", "tr", "il", "uk", "us", "fr", "de", "ru", "cn", "jp",
    "eu", "es", "nl", "ch", "se", "ca", "au", "br", "za", "pk", "kr", "pl", "gr", "ng", "ke", "et",
];

/// Reads addresses, and remembers what the run of characters of an address being read leads to,
/// so that no run is read again from each of its words.
#[derive(Default)]
pub(super) struct Addresses {
    /// The end of a run of what may stand before an @, and of the mail address it makes.
    local_end: usize,
    mail_end: Option<usize>,
    /// The end of a run of labels and stops, and where its host ends and its last label begins.
    labels_end: usize,
    host: Option<Host>,
}

#[derive(Clone, Copy)]
struct Host {
    top: usize,
    end: usize,
}

impl Addresses {
    /// The end of the address that begins at `at`, and its kind.
    pub(super) fn read(&mut self, source: &Source<'_>, at: usize) -> Option<(usize, TokenKind)> {
        if let Some(end) = url(source, at) {
            return Some((end, TokenKind::Url));
        }
        if at >= self.local_end {
            self.local_end = source.ascii_run(at, |b| {
                b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-')
            });
            self.mail_end = mail(source, self.local_end);
        }
        if let Some(end) = self.mail_end
            && self.local_end - at <= LONGEST_LOCAL
        {
            return Some((end, TokenKind::Email));
        }
        if at >= self.labels_end {
            self.labels_end = labels(source, at);
            self.host = host(source, at, self.labels_end);
        }
        let host = self.host.filter(|host| at < host.top)?;
        Some((path(source, host.end), TokenKind::Url))
    }
}

/// The end of labels with single stops between them.
fn labels(source: &Source<'_>, at: usize) -> usize {
    let mut end = at;
    while let Some(b) = source.byte(end) {
        let stops = b == b'.' && source.byte(end + 1) == Some(b'.');
        if stops || !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')) {
            break;
        }
        end += 1;
    }
    end
}

/// The end of a mail address whose @ stands at `at`.
fn mail(source: &Source<'_>, at: usize) -> Option<usize> {
    if source.byte(at) != Some(b'@') {
        return None;
    }
    let end = labels(source, at + 1);
    let domain = source.text[at + 1..end].trim_end_matches(['.', '-']);
    let top = domain.rsplit_once('.')?.1;
    (top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic()))
        .then_some(at + 1 + domain.len())
}

/// The host that labels make, if the last is known for one.
fn host(source: &Source<'_>, at: usize, end: usize) -> Option<Host> {
    let name = source.text[at..end].trim_end_matches(['.', '-']);
    let (_, top) = name.rsplit_once('.')?;
    let known = TOP_LABELS.iter().any(|t| t.eq_ignore_ascii_case(top));
    let end = at + name.len();
    known.then_some(Host {
        top: end - top.len(),
        end,
    })
}

/// The end of what may follow a host: a port, a path, a question.
fn path(source: &Source<'_>, at: usize) -> usize {
    match source.bytes[at..] {
        [b'/', ..] | [b':', b'0'..=b'9', ..] => tail(source, at),
        _ => at,
    }
}

fn url(source: &Source<'_>, at: usize) -> Option<usize> {
    let bytes = &source.bytes[at..];
    let scheme = SCHEMES.iter().find(|scheme| {
        bytes
            .get(..scheme.len())
            .is_some_and(|b| b.eq_ignore_ascii_case(scheme.as_bytes()))
    })?;
    let start = at + scheme.len();
    let end = tail(source, start);
    (end > start).then_some(end)
}

/// The end of an address that is sure up to `at`: at what cannot stand in one, at an Arabic letter
/// right behind a Latin letter or digit (a word that lost its blank), and before the punctuation
/// that closes the sentence around it. A bracket stays where the address opened it.
fn tail(source: &Source<'_>, at: usize) -> usize {
    let mut kept = at;
    let mut open = 0_usize;
    let mut latin = false;
    for (i, c) in source.rest(at).char_indices() {
        let quote = matches!(c, '"' | '«' | '»' | '“' | '”' | '<' | '>' | '،' | '؛');
        let glued = latin && is_arabic_letter(c);
        if quote || glued || c.is_whitespace() || c.is_control() || is_invisible(c) {
            break;
        }
        latin = c.is_ascii_alphanumeric();
        let closing = match c {
            '(' => {
                open += 1;
                false
            }
            ')' if open > 0 => {
                open -= 1;
                false
            }
            '.' | ',' | ')' | ']' | '!' | '?' | '؟' | ':' | ';' | '\'' | '…' => true,
            _ => false,
        };
        if !closing {
            kept = at + i + c.len_utf8();
        }
    }
    kept
}
