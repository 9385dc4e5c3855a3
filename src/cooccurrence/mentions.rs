//! Counts of a table of mentions, whoever made it.

use std::mem;

use hashbrown::HashMap;

use super::counter::Counter;
use super::counts::Counts;
use crate::error::{ErrorKind, Result};

/// Counts `rows` mentions, of each its unit, told by numbers in one column or several, and its
/// entity. Of units without mentions nothing is known but their number: `total` is that of all
/// units, or none if all have a mention. Rows in order of their units are counted faster.
pub(super) fn count(
    units: &[&[i64]],
    rows: usize,
    entity: impl Fn(usize) -> u32,
    total: Option<u64>,
) -> Result<Counts> {
    let order = order(units, rows);
    let row = |k: usize| order.as_ref().map_or(k, |order| order[k]);
    let ends_before = |k: usize| {
        let (before, row) = (row(k - 1), row(k));
        units.iter().any(|u| u[before] != u[row])
    };
    let (mut counter, mut found, mut start) = (Counter::default(), 0, 0);
    for end in 1..=rows {
        if end == rows || ends_before(end) {
            counter.add_each(end - start, |k| entity(row(start + k)), 1);
            found += 1;
            start = end;
        }
    }
    let total = total.unwrap_or(found);
    if total < found {
        let message = format!("total is {total}, but mentions are in {found} units");
        return Err(ErrorKind::Argument(message).into());
    }
    counter.add_times(&[], total - found);
    Ok(counter.finish())
}

/// The rows by unit; none where they are so already.
fn order(units: &[&[i64]], rows: usize) -> Option<Vec<usize>> {
    let ascend = |row: usize| {
        let columns = units.iter().map(|u| u[row - 1].cmp(&u[row]));
        columns.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    };
    let ascending = match units {
        [one] => one.is_sorted(),
        _ => (1..rows).all(|row| ascend(row).is_le()),
    };
    if ascending {
        return None;
    }
    // A number for each unit, by its first row; then rows are put where their number has its place.
    let mut numbers = vec![0_u32; rows];
    let mut last = 0;
    for column in units {
        let mut known = HashMap::new();
        for (number, &value) in numbers.iter_mut().zip(*column) {
            let next = known.len() as u32;
            *number = *known.entry((*number, value)).or_insert(next);
        }
        last = known.len();
    }
    let mut heads = vec![0; last + 1];
    for &number in &numbers {
        heads[number as usize + 1] += 1;
    }
    for number in 0..last {
        heads[number + 1] += heads[number];
    }
    let mut order = vec![0; rows];
    for (row, &number) in numbers.iter().enumerate() {
        order[heads[number as usize]] = row;
        heads[number as usize] += 1;
    }
    Some(order)
}

/// Numbers from 0 for the different values of a column, in their order, and those values.
pub fn numbered(values: &[i64]) -> (Vec<i64>, Vec<i64>) {
    let (least, most) = values
        .iter()
        .fold((i64::MAX, i64::MIN), |(least, most), &value| {
            (least.min(value), most.max(value))
        });
    let width = most.wrapping_sub(least).cast_unsigned();
    if values.is_empty() || width > 4 * values.len() as u64 {
        let mut distinct = values.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let places: HashMap<i64, i64> = distinct.iter().copied().zip(0..).collect();
        return (values.iter().map(|value| places[value]).collect(), distinct);
    }
    let place = |value: i64| value.wrapping_sub(least).cast_unsigned() as usize;
    let mut numbers = vec![0; width as usize + 1];
    for &value in values {
        numbers[place(value)] = 1;
    }
    let (mut distinct, mut value) = (Vec::new(), least);
    for number in &mut numbers {
        if mem::replace(number, (distinct.len() as u64).cast_signed()) == 1 {
            distinct.push(value);
        }
        value = value.wrapping_add(1);
    }
    (
        values.iter().map(|&value| numbers[place(value)]).collect(),
        distinct,
    )
}
