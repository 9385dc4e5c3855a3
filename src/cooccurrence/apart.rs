//! Groups that hold both ids of a pair, but in no unit together.

use rayon::prelude::*;

use super::product::Pair;
use super::units::Units;

/// Of each pair how many groups hold both ids in different units alone; the units are in order of
/// their groups, the counts of ids and pairs those of groups.
///
/// Such a group is one with a and without b as well as one with b and without a: it speaks against
/// the pair twice, and stands in two cells of its table. Without that the cells would not add up,
/// and of sources, which all name what is frequent, neither would be fewer than none.
pub(super) fn apart(units: &Units, singles: &[u64], pairs: &[Pair]) -> Vec<u64> {
    let groups_of = Lists::of(units, singles);
    let apart = |&(a, b, together): &Pair| {
        let (a, b) = (groups_of.list(a), groups_of.list(b));
        common(a, b) - together
    };
    pairs.par_iter().map(apart).collect()
}

/// The groups that hold each id, in order.
struct Lists {
    starts: Vec<usize>,
    groups: Vec<u32>,
}

impl Lists {
    fn of(units: &Units, singles: &[u64]) -> Self {
        let mut starts = vec![0; singles.len() + 1];
        for (id, &groups) in singles.iter().enumerate() {
            starts[id + 1] = starts[id] + groups as usize;
        }
        let mut heads = starts.clone();
        let mut groups = vec![0; starts[singles.len()]];
        units.each_in_groups(singles.len(), |id, group| {
            groups[heads[id as usize]] = group;
            heads[id as usize] += 1;
        });
        Self { starts, groups }
    }

    fn list(&self, id: u32) -> &[u32] {
        &self.groups[self.starts[id as usize]..self.starts[id as usize + 1]]
    }
}

/// How many numbers two ascending lists have in common.
fn common(x: &[u32], y: &[u32]) -> u64 {
    let (few, mut many) = if x.len() < y.len() { (x, y) } else { (y, x) };
    let mut number = 0;
    for wanted in few {
        // The next is near where the lists are of one length.
        let mut reach = 1;
        while reach < many.len() && many[reach - 1] < *wanted {
            reach *= 2;
        }
        let reach = reach.min(many.len());
        many = &many[many[..reach].partition_point(|group| group < wanted)..];
        number += u64::from(many.first() == Some(wanted));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_numbers_are_those_of_both() {
        let every = |step: usize, most: u32| (0..most).step_by(step).collect::<Vec<u32>>();
        for (step_x, step_y, most) in [(1, 1, 0), (1, 1, 9), (2, 3, 100), (1, 17, 1000), (5, 7, 36)]
        {
            let (x, y) = (every(step_x, most), every(step_y, most));
            let naive = x.iter().filter(|n| y.contains(n)).count() as u64;
            assert_eq!(common(&x, &y), naive);
            assert_eq!(common(&y, &x), naive);
        }
    }
}
