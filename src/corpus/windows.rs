//! Windows of tokens: sliding over a document, and around each mention.

use super::analysis::MentionRow;

/// A mention and what it counts as: its entity, say.
pub(super) type Held<'m> = (&'m MentionRow, u32);

/// Slides a window over a document's tokens, one event at a time: `with(first, labels, times)` for
/// the windows from token `first` on that hold the same mentions.
pub(super) fn sliding(
    held: &[Held<'_>],
    tokens: u32,
    size: u32,
    mut with: impl FnMut(u32, &[u32], u64),
) {
    if tokens == 0 {
        return;
    }
    let size = size.min(tokens);
    let last = tokens - size;
    // A mention lies within the windows that begin from `end - size` to its first token.
    let mut events: Vec<(u32, bool, u32)> = Vec::new();
    for (m, label) in held
        .iter()
        .filter(|(m, _)| m.end_token - m.first_token <= size)
    {
        events.push((m.end_token.saturating_sub(size), true, *label));
        events.push((m.first_token.min(last) + 1, false, *label));
    }
    events.sort_unstable();
    let mut inside: Vec<u32> = Vec::new();
    let mut from = 0;
    for (at, enters, label) in events {
        if at > from {
            with(from, &inside, u64::from(at - from));
            from = at;
        }
        if enters {
            inside.push(label);
        } else if let Some(i) = inside.iter().position(|l| *l == label) {
            inside.swap_remove(i);
        }
    }
    if from <= last {
        with(from, &inside, u64::from(last + 1 - from));
    }
}

/// One window for each of the `centres`, mentions with their numbers: from `reach` tokens before
/// one to `reach` tokens after it. Centres and held mentions are in order of place.
pub(super) fn around<'m>(
    centres: impl Iterator<Item = (u32, &'m MentionRow)>,
    held: &[Held<'_>],
    reach: u32,
    labels: &mut Vec<u32>,
    mut with: impl FnMut(u32, &[u32], u64),
) {
    let (mut first, mut end) = (0, 0);
    for (number, centre) in centres {
        let from = centre.first_token.saturating_sub(reach);
        let to = centre.end_token.saturating_add(reach);
        while held.get(first).is_some_and(|h| h.0.first_token < from) {
            first += 1;
        }
        end = end.max(first);
        while held.get(end).is_some_and(|h| h.0.end_token <= to) {
            end += 1;
        }
        labels.clear();
        labels.extend(held[first..end].iter().map(|h| h.1));
        with(number, labels, 1);
    }
}
