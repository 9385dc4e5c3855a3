//! The stage of trends against cases worked by hand, brute force and its laws.

#![expect(clippy::float_cmp, reason = "results are meant to be equal to the bit")]

use nasij::cooccurrence::{Counter, Counts};
use nasij::trends::{
    Automaton, Burst, Compared, compare, log_odds, ratio_interval, smoothed, wilson,
};
use proptest::prelude::*;

const Z: f64 = 1.959_963_984_540_054;

mod bursts {
    use super::*;

    fn found(s: f64, gamma: f64, levels: u32, relevant: &[u64], total: &[u64]) -> Vec<Burst> {
        let automaton = Automaton::new(s, gamma, levels).unwrap();
        automaton.bursts(relevant, total).unwrap()
    }

    #[test]
    fn a_burst_worked_by_hand() {
        // p0 = 20/100; the third and fourth period are worth 9 ln 2 + 11 ln(0.6/0.8) and
        // 8 ln 2 + 12 ln(0.6/0.8), the others less than nothing; to rise costs ln 5.
        let series = [1, 1, 9, 8, 1];
        let [burst] = found(2.0, 1.0, 1, &series, &[20; 5])[..] else {
            panic!("one burst");
        };
        assert_eq!((burst.first, burst.last, burst.level), (2, 3, 1));
        assert_eq!((burst.count, burst.total), (17, 40));
        let weight = 17.0 * 2_f64.ln() + 23.0 * 0.75_f64.ln();
        assert!((burst.weight - weight).abs() < 1e-12);
        // It pays as long as the cost of rising is under its weight.
        let limit = weight / 5_f64.ln();
        assert_eq!(found(2.0, limit * 0.999, 1, &series, &[20; 5]).len(), 1);
        assert_eq!(found(2.0, limit * 1.001, 1, &series, &[20; 5]).len(), 0);
    }

    #[test]
    fn levels_lie_within_each_other() {
        let relevant = [1, 1, 5, 40, 5, 1, 1, 1, 1, 1];
        let found = found(2.0, 1.0, 2, &relevant, &[100; 10]);
        let runs: Vec<_> = found.iter().map(|b| (b.level, b.first, b.last)).collect();
        assert_eq!(runs, [(1, 3, 3), (2, 3, 3)]);
        // Level 2 is weighed against level 1: p0 = 57/1000.
        let other = ((1.0 - 4.0 * 0.057) / (1.0 - 2.0 * 0.057_f64)).ln();
        let weight = 40.0 * 2_f64.ln() + 60.0 * other;
        assert!((found[1].weight - weight).abs() < 1e-12);
    }

    #[test]
    fn what_never_or_always_stands_has_none() {
        assert!(found(2.0, 0.0, 3, &[0, 0, 0], &[5, 6, 7]).is_empty());
        assert!(found(2.0, 0.0, 3, &[5, 6, 7], &[5, 6, 7]).is_empty());
        assert!(found(2.0, 0.0, 3, &[], &[]).is_empty());
        assert!(found(2.0, 0.0, 3, &[0, 0], &[0, 0]).is_empty());
    }

    #[test]
    fn arguments_are_checked() {
        for (s, gamma, levels) in [
            (1.0, 1.0, 1),
            (f64::NAN, 1.0, 1),
            (f64::INFINITY, 1.0, 1),
            (2.0, -0.1, 1),
            (2.0, f64::NAN, 1),
            (2.0, 1.0, 0),
            (2.0, 1.0, 65),
        ] {
            assert!(Automaton::new(s, gamma, levels).is_err());
        }
        let automaton = Automaton::new(2.0, 1.0, 1).unwrap();
        assert!(automaton.bursts(&[3], &[2]).is_err());
        assert!(automaton.bursts(&[1, 1], &[2]).is_err());
    }

    /// What a sequence of states costs, by the formulas of the paper, binomial coefficients left
    /// out; infinite for a state that cannot be.
    fn cost(states: &[u32], s: f64, gamma: f64, relevant: &[u64], total: &[u64]) -> f64 {
        let base = relevant.iter().sum::<u64>() as f64 / total.iter().sum::<u64>() as f64;
        let rise = gamma * (states.len() as f64).ln();
        let (mut sum, mut before) = (0.0, 0);
        for (i, &state) in states.iter().enumerate() {
            let share = base * s.powi(i32::try_from(state).unwrap());
            if share >= 1.0 && state > 0 {
                return f64::INFINITY;
            }
            let other = total[i] - relevant[i];
            sum += f64::from(state.saturating_sub(before)) * rise;
            sum -= relevant[i] as f64 * share.ln() + other as f64 * (1.0 - share).ln();
            before = state;
        }
        sum
    }

    fn series() -> impl Strategy<Value = Vec<(u64, u64)>> {
        let batch = (1_u64..12, 0_u64..9).prop_map(|(d, r)| (r.min(d), d));
        prop::collection::vec(batch, 1..8)
    }

    proptest! {
        #[test]
        fn no_sequence_of_states_is_cheaper(
            batches in series(), s in 1.1_f64..4.0, gamma in 0.0_f64..2.0, levels in 1_u32..3
        ) {
            let (relevant, total): (Vec<_>, Vec<_>) = batches.into_iter().unzip();
            let sum: u64 = relevant.iter().sum();
            prop_assume!(sum > 0 && sum < total.iter().sum());
            let n = relevant.len();
            let mut states = vec![0; n];
            for burst in found(s, gamma, levels, &relevant, &total) {
                for state in &mut states[burst.first..=burst.last] {
                    *state = burst.level.max(*state);
                }
            }
            let mut cheapest = f64::INFINITY;
            for code in 0..(levels + 1).pow(u32::try_from(n).unwrap()) {
                let digit = |i| code / (levels + 1).pow(i) % (levels + 1);
                let path: Vec<u32> = (0..u32::try_from(n).unwrap()).map(digit).collect();
                cheapest = cheapest.min(cost(&path, s, gamma, &relevant, &total));
            }
            let found = cost(&states, s, gamma, &relevant, &total);
            prop_assert!((found - cheapest).abs() < 1e-9, "{states:?}: {found} {cheapest}");
        }

        #[test]
        fn periods_without_documents_tell_nothing(batches in series(), at in 0_usize..8) {
            let (mut relevant, mut total): (Vec<_>, Vec<_>) = batches.into_iter().unzip();
            let without = found(2.0, 0.5, 2, &relevant, &total);
            let at = at.min(total.len());
            relevant.insert(at, 0);
            total.insert(at, 0);
            let moved = |period: usize| period + usize::from(period >= at);
            let expected: Vec<Burst> = without
                .into_iter()
                .map(|b| Burst { first: moved(b.first), last: moved(b.last), ..b })
                .collect();
            prop_assert_eq!(found(2.0, 0.5, 2, &relevant, &total), expected);
        }
    }
}

mod shares {
    use super::*;

    #[test]
    fn an_interval_holds_what_the_score_test_does_not_refuse() {
        for (count, total) in [(1, 7), (30, 100), (999, 1000), (3, 1_000_000)] {
            let (low, high) = wilson(count, total, Z);
            let share = count as f64 / total as f64;
            for end in [low, high] {
                let score = (share - end) / (end * (1.0 - end) / total as f64).sqrt();
                assert!((score.abs() - Z).abs() < 1e-9, "{count}/{total}: {score}");
            }
        }
        assert_eq!(wilson(0, 9, Z).0, 0.0);
        assert_eq!(wilson(9, 9, Z).1, 1.0);
        assert!(wilson(0, 0, Z).0.is_nan());
    }

    #[test]
    fn smoothing_keeps_a_constant_and_passes_over_gaps() {
        let course = smoothed(&[1, 2, 0, 5], &[10, 20, 0, 50], 2);
        assert!(course[2].is_nan());
        for at in [0, 1, 3] {
            assert!((course[at] - 0.1).abs() < 1e-15);
        }
        // A reach of 0 is the share itself.
        assert_eq!(smoothed(&[1, 3], &[2, 4], 0), [0.5, 0.75]);
        assert!(smoothed(&[], &[], 3).is_empty());
        assert_eq!(smoothed(&[1], &[2], usize::MAX - 1), [0.5]);
    }
}

mod ratios {
    use super::*;

    #[test]
    fn the_ends_are_where_the_score_test_refuses() {
        // The constrained estimate is found here by search, not by its formula.
        for (one, other) in [
            ((36, 40), (16, 80)),
            ((3, 50), (9, 400)),
            ((7, 10), (7, 90)),
        ] {
            let (low, high) = ratio_interval(one, other, Z);
            for ratio in [low, high] {
                let likelihood = |share: f64| {
                    let of = |(x, n): (u64, u64), p: f64| {
                        x as f64 * p.ln() + (n - x) as f64 * (1.0 - p).ln()
                    };
                    of(one, ratio * share) + of(other, share)
                };
                let (mut from, mut to) = (1e-9, (1.0 / ratio).min(1.0) - 1e-9);
                for _ in 0..200 {
                    let [third, two_thirds] =
                        [1.0, 2.0].map(|part| from + part * (to - from) / 3.0);
                    if likelihood(third) < likelihood(two_thirds) {
                        from = third;
                    } else {
                        to = two_thirds;
                    }
                }
                let off = |(x, n): (u64, u64), p: f64| {
                    (x as f64 - n as f64 * p).powi(2) / (n as f64 * p * (1.0 - p))
                };
                let chi = off(one, ratio * from) + off(other, from);
                assert!(
                    (chi - Z * Z).abs() < 1e-4,
                    "{one:?} {other:?} {ratio}: {chi}"
                );
            }
        }
    }

    #[test]
    fn zero_counts_have_one_end() {
        let (low, high) = ratio_interval((5, 50), (0, 60), Z);
        assert!(low > 1.0 && high == f64::INFINITY);
        let (low, high) = ratio_interval((0, 60), (5, 50), Z);
        assert!(low == 0.0 && high < 1.0);
        assert_eq!(ratio_interval((0, 5), (0, 5), Z), (0.0, f64::INFINITY));
        assert_eq!(ratio_interval((1, 5), (0, 0), Z), (0.0, f64::INFINITY));
        let (low, high) = ratio_interval((9, 9), (7, 7), Z);
        assert!(low < 1.0 && high > 1.0);
    }

    #[test]
    fn intervals_cover_at_their_level() {
        fn binomial(n: u64, p: f64) -> Vec<f64> {
            let mut at = (n as f64 * (1.0 - p).ln()).exp();
            let mut mass = vec![at];
            for k in 0..n {
                at *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
                mass.push(at);
            }
            mass
        }
        // Exact, over all outcomes.
        for (n, p, m, q) in [
            (60, 0.1, 80, 0.2),
            (100, 0.05, 100, 0.05),
            (50, 0.5, 200, 0.1),
        ] {
            let (one, other) = (binomial(n, p), binomial(m, q));
            let mut covered = 0.0;
            for x in 0..=n {
                for y in 0..=m {
                    let (low, high) = ratio_interval((x, n), (y, m), Z);
                    if (low..=high).contains(&(p / q)) {
                        covered += one[x as usize] * other[y as usize];
                    }
                }
            }
            assert!(
                (0.94..0.97).contains(&covered),
                "{n} {p} {m} {q}: {covered}"
            );
        }
    }

    proptest! {
        #[test]
        fn exchanged_sides_turn_the_sign(
            n in 1_u64..300, m in 1_u64..300, x in 0_u64..300, y in 0_u64..300
        ) {
            let (one, other) = ((x.min(n), n), (y.min(m), m));
            let ((low, high), (back_low, back_high)) =
                (ratio_interval(one, other, Z), ratio_interval(other, one, Z));
            prop_assert!(low <= high);
            if one.0 > 0 && other.0 > 0 {
                prop_assert!((low * back_high - 1.0).abs() < 1e-6);
                prop_assert!((high * back_low - 1.0).abs() < 1e-6);
                let ratio = (one.0 * m) as f64 / (other.0 * n) as f64;
                prop_assert!((low..=high).contains(&ratio));
            }
            let ((odds, z), (back, back_z)) = (log_odds(one, other), log_odds(other, one));
            prop_assert!((odds + back).abs() < 1e-9 && (z + back_z).abs() < 1e-9);
            prop_assert!(odds.is_finite() && z.is_finite());
        }
    }
}

mod comparison {
    use super::*;

    /// Numbers that look drawn, from a seed.
    struct Draw(u64);

    impl Draw {
        fn unit(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }

        /// Documents with each of `shares` by chance.
        fn population(&mut self, documents: u32, shares: &[f64]) -> Counts {
            let mut counter = Counter::default();
            for _ in 0..documents {
                let unit: Vec<u32> = (0..)
                    .zip(shares)
                    .filter(|s| self.unit() < *s.1)
                    .map(|s| s.0)
                    .collect();
                counter.add(&unit);
            }
            counter.finish()
        }
    }

    fn shares() -> Vec<f64> {
        (1..=200)
            .map(|rank| 0.4 / f64::from(rank).powf(0.8))
            .collect()
    }

    #[test]
    fn where_nothing_changed_discoveries_are_false_at_the_rate_promised() {
        let mut draw = Draw(6);
        let (mut any, runs) = (0, 200);
        for _ in 0..runs {
            let couple = (
                draw.population(300, &shares()),
                draw.population(500, &shares()),
            );
            let rows = compare(&[couple], Compared::Entities, 5, Z);
            any += u32::from(rows.iter().any(|row| row.q <= 0.05));
        }
        // With nothing to find, the false discovery rate is the share of runs with a discovery.
        assert!(f64::from(any) / f64::from(runs) <= 0.05, "{any} of {runs}");
    }

    #[test]
    fn planted_changes_are_found_and_few_else() {
        let (mut draw, mut shares_after) = (Draw(7), shares());
        let planted = [3, 10, 30, 50];
        for &id in &planted {
            shares_after[id] *= 4.0;
        }
        let (mut hits, mut wrong) = (0, 0);
        for _ in 0..50 {
            let couple = (
                draw.population(600, &shares()),
                draw.population(600, &shares_after),
            );
            for row in compare(&[couple], Compared::Entities, 5, Z) {
                if row.q <= 0.05 {
                    let is_planted = planted.contains(&(row.a as usize));
                    hits += u32::from(is_planted && row.log_odds < 0.0);
                    wrong += u32::from(!is_planted);
                }
            }
        }
        assert!(hits >= 190, "{hits} of 200");
        assert!(
            f64::from(wrong) / f64::from(wrong + hits) <= 0.05,
            "{wrong} {hits}"
        );
    }

    #[test]
    fn pairs_are_compared_as_entities_are_and_q_is_over_all_couples() {
        let mut draw = Draw(8);
        let mut population = || draw.population(80, &[0.5, 0.4, 0.3]);
        let couples = [(population(), population()), (population(), population())];
        let rows = compare(&couples, Compared::Pairs, 1, Z);
        assert_eq!(rows.len(), 6);
        for row in &rows {
            let (one, other) = &couples[row.couple as usize];
            assert_eq!(row.one, (one.pair(row.a, row.b), 80));
            assert_eq!(row.other, (other.pair(row.a, row.b), 80));
        }
        let mut p: Vec<f64> = rows.iter().map(|row| row.p).collect();
        nasij::cooccurrence::benjamini_hochberg(&mut p);
        assert_eq!(p, rows.iter().map(|row| row.q).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_tested_depends_on_both_sides_together() {
        let side = |with: u64| {
            let mut counter = Counter::default();
            counter.add_times(&[1], with);
            counter.add_times(&[], 10 - with);
            counter.finish()
        };
        for (one, other) in [(0, 4), (4, 0), (2, 2)] {
            let couple = [(side(one), side(other))];
            assert_eq!(compare(&couple, Compared::Entities, 4, Z).len(), 1);
            assert!(compare(&couple, Compared::Entities, 5, Z).is_empty());
        }
    }

    #[test]
    fn exchanged_sides_give_the_same_rows_turned() {
        let mut draw = Draw(9);
        let one = draw.population(90, &shares());
        let other = draw.population(140, &shares());
        let there = compare(&[(one.clone(), other.clone())], Compared::Entities, 2, Z);
        let back = compare(&[(other, one)], Compared::Entities, 2, Z);
        let of = |row: &nasij::trends::Difference| (row.a, row.p.to_bits(), row.q.to_bits());
        let mut there: Vec<_> = there.iter().map(of).collect();
        let mut back: Vec<_> = back.iter().map(of).collect();
        there.sort_unstable();
        back.sort_unstable();
        assert_eq!(there, back);
    }
}
