//! Bursts: runs of periods in which a share was raised.

use crate::error::{Error, ErrorKind, Result};

/// More levels than this no share of a corpus has room for.
const MOST_LEVELS: u32 = 64;

/// Kleinberg's automaton for batches (2002, section 4).
///
/// State 0 emits an item with its share p₀ in the whole series, state j with p₀·s^j; a period of d
/// documents of which r are relevant costs -ln C(d, r) pⁱ(1 - p)^(d - r) in a state; to rise by
/// one level costs γ ln n of n periods, to fall is free, and before the first period the state is
/// 0. The cheapest sequence of states is found exactly (Viterbi), in time linear in the periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Automaton {
    scale: f64,
    gamma: f64,
    levels: u32,
}

/// A longest run of periods in which the state is at least `level`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Burst {
    /// The first period.
    pub first: usize,
    /// The last period, within the burst.
    pub last: usize,
    /// From 1; a burst of level 2 lies within one of level 1.
    pub level: u32,
    /// What the periods cost less in state `level` than one level lower, in nats.
    pub weight: f64,
    /// What is relevant in these periods.
    pub count: u64,
    /// What there is in these periods.
    pub total: u64,
}

/// A period that holds something.
#[derive(Clone, Copy)]
struct Batch {
    period: usize,
    relevant: u64,
    total: u64,
}

impl Automaton {
    /// An automaton of `levels` raised states, each `scale` (s) times the share of the one below;
    /// `gamma` (γ) times ln n is the cost of rising by one. The usual is 2, 1 and 1 level.
    ///
    /// # Errors
    /// A scale not over 1, a gamma under 0, levels not from 1 to 64.
    pub fn new(scale: f64, gamma: f64, levels: u32) -> Result<Self> {
        let refuse = |what: String| Err(Error::from(ErrorKind::Argument(what)));
        if !(scale > 1.0 && scale.is_finite()) {
            return refuse(format!("s is a number over 1, not {scale}"));
        }
        if !(gamma >= 0.0 && gamma.is_finite()) {
            return refuse(format!("gamma is a number from 0, not {gamma}"));
        }
        if !(1..=MOST_LEVELS).contains(&levels) {
            return refuse(format!(
                "levels is a whole number from 1 to {MOST_LEVELS}, not {levels}"
            ));
        }
        Ok(Self {
            scale,
            gamma,
            levels,
        })
    }

    /// The bursts of a series of `relevant` of `total`, by their first period and level.
    ///
    /// Periods with a total of 0 tell nothing: they are passed over, and a burst may reach across
    /// them. Levels whose share would reach 1 do not exist, so what is in over half of everything
    /// has no bursts at a scale of 2.
    ///
    /// # Errors
    /// When the two are of different lengths, or more is relevant than there is.
    ///
    /// ```
    /// use nasij::trends::Automaton;
    /// let found = Automaton::new(2.0, 1.0, 1)?.bursts(&[1, 1, 9, 8, 1], &[20; 5])?;
    /// assert_eq!((found.len(), found[0].first, found[0].last, found[0].count), (1, 2, 3, 17));
    /// # Ok::<(), nasij::error::Error>(())
    /// ```
    pub fn bursts(self, relevant: &[u64], total: &[u64]) -> Result<Vec<Burst>> {
        if relevant.len() != total.len() || relevant.iter().zip(total).any(|(r, d)| r > d) {
            let message = "a series has as many counts as totals, and no count over its total";
            return Err(ErrorKind::Argument(message.to_owned()).into());
        }
        let batches: Vec<Batch> = (0..total.len())
            .filter(|&period| total[period] > 0)
            .map(|period| Batch {
                period,
                relevant: relevant[period],
                total: total[period],
            })
            .collect();
        let costs = self.costs(&batches);
        let states = self.cheapest(&batches, &costs);
        Ok(bursts(&batches, &costs, &states))
    }

    /// How much more a relevant item, and another, costs in each state than in state 0.
    fn costs(self, batches: &[Batch]) -> Vec<(f64, f64)> {
        let all: u64 = batches.iter().map(|b| b.total).sum();
        let relevant: u64 = batches.iter().map(|b| b.relevant).sum();
        let base = relevant as f64 / all.max(1) as f64;
        let mut costs = vec![(0.0, 0.0)];
        for level in 1..=self.levels {
            let share = base * self.scale.powf(f64::from(level));
            if share <= 0.0 || share >= 1.0 {
                break;
            }
            let relevant = -f64::from(level) * self.scale.ln();
            costs.push((relevant, (-base).ln_1p() - (-share).ln_1p()));
        }
        costs
    }

    /// The state of each batch in the cheapest sequence; of equals, one that stays low.
    fn cheapest(self, batches: &[Batch], costs: &[(f64, f64)]) -> Vec<u32> {
        let states = costs.len();
        if states == 1 {
            return vec![0; batches.len()];
        }
        let rise = self.gamma * (batches.len() as f64).ln();
        let mut spent = vec![f64::INFINITY; states];
        spent[0] = 0.0;
        let mut came_from: Vec<u32> = Vec::with_capacity(states * batches.len());
        let mut arrived = vec![(0.0, 0); states];
        for batch in batches {
            let mut below = (f64::INFINITY, 0);
            for (state, &here) in spent.iter().enumerate() {
                below.0 += rise;
                if here < below.0 {
                    below = (here, state);
                }
                arrived[state] = below;
            }
            let mut above = (f64::INFINITY, 0);
            for (state, &here) in spent.iter().enumerate().rev() {
                if here <= above.0 {
                    above = (here, state);
                }
                if above.0 < arrived[state].0 {
                    arrived[state] = above;
                }
            }
            for (state, &(before, from)) in arrived.iter().enumerate() {
                spent[state] = before + batch.cost(costs[state]);
                came_from.push(from as u32);
            }
        }
        let mut state = 0;
        for (candidate, &cost) in spent.iter().enumerate() {
            if cost < spent[state] {
                state = candidate;
            }
        }
        let mut path = vec![0; batches.len()];
        for (i, at) in path.iter_mut().enumerate().rev() {
            *at = state as u32;
            state = came_from[i * states + state] as usize;
        }
        path
    }
}

impl Batch {
    fn cost(self, (relevant, other): (f64, f64)) -> f64 {
        self.relevant as f64 * relevant + (self.total - self.relevant) as f64 * other
    }
}

fn bursts(batches: &[Batch], costs: &[(f64, f64)], states: &[u32]) -> Vec<Burst> {
    let mut found: Vec<Burst> = Vec::new();
    for level in 1..costs.len() as u32 {
        let [lower, higher] = [level - 1, level].map(|l| costs[l as usize]);
        let mut open: Option<Burst> = None;
        for (batch, &state) in batches.iter().zip(states) {
            if state < level {
                found.extend(open.take());
                continue;
            }
            let burst = open.get_or_insert(Burst {
                first: batch.period,
                last: batch.period,
                level,
                weight: 0.0,
                count: 0,
                total: 0,
            });
            burst.last = batch.period;
            burst.weight += batch.cost(lower) - batch.cost(higher);
            burst.count += batch.relevant;
            burst.total += batch.total;
        }
        found.extend(open);
    }
    found.sort_by_key(|burst| (burst.first, burst.level));
    found
}
