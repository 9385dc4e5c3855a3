//! People by the last part of their name, once the article has the whole of it.

use std::cell::OnceCell;

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::again::again;
use super::bearers::{Alone, Bearers, Who};
use super::extractor::{Found, Page};
use super::linking::Registry;
use super::mention::FoundBy;
use super::names::{Name, given};
use super::titles::title_of;
use crate::lexicon::{EntityType, WordClass};

/// Links short names of people to the full ones.
pub(super) fn surnames(
    page: &Page<'_>,
    registry: &mut Registry,
    found: &mut Vec<Found>,
    names: &mut Vec<Name>,
    taken: &mut [bool],
) {
    let mut bearers = Bearers::default();
    bearers.gather(page, registry, found, names);
    if bearers.all.is_empty() {
        return;
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let mut lost = vec![false; found.len()];
    let mut next = 0;
    // «السيد رينهارت»: a name by its title alone.
    let mut titled: HashMap<usize, usize, RandomState> = HashMap::default();
    for (n, name) in names.iter().enumerate() {
        let single = name.end == name.first + 1 && name.entity_type == EntityType::Per;
        if single && name.of.is_none() {
            titled.insert(name.first, n);
        }
    }
    let mut linked = vec![false; names.len()];
    for i in 0..page.cells.len() {
        if !(taken[i] || bearers.may_have(page, i)) || !page.cells[i].is_word() || page.skipped(i) {
            continue;
        }
        while found.get(next).is_some_and(|f| f.first < i) {
            next += 1;
        }
        let title = titled.get(&i).copied().filter(|_| taken[i]);
        let (of, cut) = if let Some(n) = title {
            let Some((of, _)) = bearers.of(page, i) else {
                continue;
            };
            (of, names[n].cut)
        } else if taken[i] {
            let Some(f) = found.get(next).filter(|f| f.first == i) else {
                continue;
            };
            let Some(of) = bearers.rivals(page, registry, f) else {
                continue;
            };
            (of, f.cut)
        } else {
            let Some(of) = alone(page, &bearers, taken, i) else {
                continue;
            };
            of
        };
        let Some(b) = bearers.decide(page, found, i, &of) else {
            if title.is_none() && taken[i] && stranger(page, found, next) {
                lost[next] = true;
                unknown.push(Name {
                    first: i,
                    end: i + 1,
                    cut,
                    entity_type: EntityType::Per,
                    subtype: String::new(),
                    found_by: FoundBy::Title,
                    of: None,
                    key: OnceCell::new(),
                });
            }
            continue;
        };
        let (first, cut) = match bearers.begin(page, b, (i, cut), taken) {
            Some(begin) if title.is_none() && !taken[i] => begin,
            None if title.is_none() && !taken[i] => continue,
            _ => (i, cut),
        };
        bearers.told(page, found, first, b);
        if let Some(n) = title {
            linked[n] = true;
        }
        match bearers.all[b].who {
            Who::Known(entity) if title.is_none() && taken[i] => found_again(found, next, entity),
            Who::Known(entity) => known.push(Found {
                first,
                end: i + 1,
                cut,
                entity,
                entity_type: EntityType::Per,
                by: FoundBy::Short,
            }),
            Who::Unknown(n) => {
                if title.is_none() && taken[i] {
                    lost[next] = true;
                }
                unknown.push(again(page, &names[n], (first, i + 1, cut), FoundBy::Short));
            }
        }
        taken[first..=i].fill(true);
    }
    let mut lost = lost.into_iter();
    found.retain(|_| !lost.next().unwrap_or(false));
    found.extend(known);
    found.sort_unstable_by_key(|f| f.first);
    let mut linked = linked.into_iter();
    names.retain(|_| !linked.next().unwrap_or(false));
    names.extend(unknown);
}

/// Who may be meant by a token that nothing has taken yet.
fn alone(
    page: &Page<'_>,
    bearers: &Bearers<'_>,
    taken: &[bool],
    i: usize,
) -> Option<(Vec<usize>, usize)> {
    let (mut of, cut) = bearers.of(page, i)?;
    let before = page.before(i).filter(|_| cut == 0);
    if before.is_some_and(|b| given(page, b) && !taken[b]) {
        return None;
    }
    let said = before.is_some_and(|b| page.is(b, WordClass::SAYS));
    of.retain(|&b| match bearers.all[b].alone {
        Alone::Name => true,
        Alone::Said => said,
        Alone::Listed => false,
    });
    Some((of, cut))
}

/// Whether a short name of the lexicon, told of nobody in the article, is told of a woman or man
/// whom the article has not in full: «السيدة كلينتون» where it has Bill alone.
fn stranger(page: &Page<'_>, found: &[Found], at: usize) -> bool {
    let f = &found[at];
    f.by == FoundBy::Short && title_of(page, found, f.first).is_some_and(|t| t.honorific)
}

/// A short name of the lexicon turns out to be another's.
fn found_again(found: &mut [Found], at: usize, entity: u32) {
    let f = &mut found[at];
    if f.entity != entity {
        f.entity = entity;
        f.by = FoundBy::Short;
    }
}
