//! The units behind a count: exactly those that [`Analysis::units`] gives to a counter.

use foldhash::fast::RandomState;
use hashbrown::HashSet;
use rayon::prelude::*;

use super::analysis::Analysis;
use super::units::{Place, Selection, Unit};
use crate::error::Result;
use crate::threads::on_pool;

/// Of which mentions one must stand in a unit.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// Of those of an entity.
    Entity(u32),
    /// Of these of an entity: places in [`Analysis::mentions`], in order.
    Mentions(u32, &'a [u32]),
}

impl Asked<'_> {
    /// The entity asked for.
    pub fn entity(self) -> u32 {
        match self {
            Self::Entity(entity) | Self::Mentions(entity, _) => entity,
        }
    }
}

impl Analysis {
    /// The units that hold `a`, and `b` if given, in order; with groups selected, the first of
    /// each group.
    pub fn evidence(
        &self,
        unit: Unit,
        a: Asked<'_>,
        b: Option<Asked<'_>>,
        selection: Selection<'_>,
    ) -> Vec<Place> {
        self.first_places(unit, a, b, selection, usize::MAX)
    }

    /// The first `limit` units of each pair, or of its `a` alone, as [`Analysis::evidence`] gives
    /// them: with each the number of its pair, in order of these.
    ///
    /// A pair costs a look at the documents of its rarer entity, until there is enough.
    ///
    /// # Errors
    /// Where no threads can be made.
    pub fn first_units(
        &self,
        unit: Unit,
        pairs: &[(u32, Option<u32>)],
        selection: Selection<'_>,
        limit: usize,
    ) -> Result<Vec<(u32, Place)>> {
        on_pool(None, || {
            let pairs = pairs.par_iter().enumerate();
            let found = pairs.flat_map_iter(|(n, &(a, b))| {
                let (a, b) = (Asked::Entity(a), b.map(Asked::Entity));
                let places = self.first_places(unit, a, b, selection, limit).into_iter();
                places.map(move |place| (n as u32, place))
            });
            found.collect()
        })
    }

    fn first_places(
        &self,
        unit: Unit,
        a: Asked<'_>,
        b: Option<Asked<'_>>,
        selection: Selection<'_>,
        limit: usize,
    ) -> Vec<Place> {
        let mut places = Vec::new();
        let selected = |asked: Asked<'_>| selection.has_entity(asked.entity());
        if !selected(a) || !b.is_none_or(selected) {
            return places;
        }
        // Label 0 is the rarer one, whose documents are looked at.
        let (mut rare, mut other) = (self.rows(&a), b.as_ref().map(|b| self.rows(b)));
        if let Some(b) = &mut other
            && b.len() < rare.len()
        {
            std::mem::swap(&mut rare, b);
        }
        let mut groups: HashSet<u32, RandomState> = HashSet::default();
        let (mut labels, mut held) = (Vec::new(), Vec::new());
        while let [next, ..] = rare
            && places.len() < limit
        {
            let document = self.mentions[*next as usize].document as usize;
            let end = self.first_mention[document + 1];
            held.clear();
            held.extend(upto(&mut rare, end).iter().map(|&m| (m, 0)));
            if let Some(other) = &mut other {
                upto(other, self.first_mention[document]);
                let own = upto(other, end);
                if own.is_empty() {
                    continue;
                }
                held.extend(own.iter().map(|&m| (m, 1)));
                held.sort_unstable();
            }
            if !selection.has_document(document) {
                continue;
            }
            let group = selection.groups.map(|_| selection.group(document));
            if group.is_some_and(|g| groups.contains(&g)) {
                continue;
            }
            let before = places.len();
            let most = if group.is_some() { 1 } else { limit - before };
            let rows = held
                .iter()
                .map(|&(m, label)| (&self.mentions[m as usize], label));
            self.units_of(
                document,
                unit,
                selection,
                rows,
                &mut labels,
                |index, inside, times| {
                    let all = inside.contains(&0) && (other.is_none() || inside.contains(&1));
                    if all {
                        let left = most - (places.len() - before);
                        places.extend((0..times as u32).take(left).map(|k| Place {
                            document: document as u32,
                            index: index + k,
                        }));
                    }
                },
            );
            if let Some(group) = group.filter(|_| places.len() > before) {
                groups.insert(group);
            }
        }
        places
    }

    /// The places of the mentions asked for.
    fn rows<'m>(&'m self, asked: &'m Asked<'_>) -> &'m [u32] {
        match asked {
            Asked::Entity(entity) => self.mentions_by(*entity),
            Asked::Mentions(_, mentions) => mentions,
        }
    }
}

/// Takes off the numbers below `end`, of which there are few.
fn upto<'n>(numbers: &mut &'n [u32], end: u32) -> &'n [u32] {
    let mut step = 1;
    while numbers.get(step - 1).is_some_and(|&n| n < end) {
        step *= 2;
    }
    let within = &numbers[..numbers.len().min(step)];
    let (below, rest) = numbers.split_at(within.partition_point(|&n| n < end));
    *numbers = rest;
    below
}
