//! The co-occurrence stage against tables worked outside it, and its laws.

#![expect(clippy::float_cmp, reason = "results are meant to be equal to the bit")]
#![expect(clippy::cast_sign_loss, reason = "counts are drawn as fractions")]

use std::collections::{BTreeMap, BTreeSet};

use nasij::cooccurrence::{
    Column, Contingency, Counter, Counts, Measure, Pruned, Scoring, Units, benjamini_hochberg,
    false_discovery, fisher_exact, fisher_greater, pairs_among, pairs_table,
};
use proptest::prelude::*;

fn table(both: u64, a: u64, b: u64, total: u64) -> Contingency {
    Contingency::new(both, a, b, total).expect("a possible table")
}

fn assert_close(what: &str, found: f64, expected: f64) {
    let equal = found == expected || (found - expected).abs() <= 1e-9 * expected.abs();
    assert!(equal, "{what}: found {found:e}, expected {expected:e}");
}

mod golden {
    use super::*;

    fn tables() -> Vec<toml::Table> {
        let file = include_str!("../golden/contingency.toml");
        let file: toml::Table = file.parse().expect("TOML");
        let tables = file["table"].as_array().expect("tables");
        tables
            .iter()
            .map(|t| t.as_table().expect("a table").clone())
            .collect()
    }

    #[test]
    fn every_table_has_its_measures_and_p() {
        let tables = tables();
        assert!(tables.len() >= 25);
        for row in &tables {
            let name = row["name"].as_str().expect("a name");
            let count = |key: &str| u64::try_from(row[key].as_integer().unwrap()).unwrap();
            let table = table(count("both"), count("a"), count("b"), count("total"));
            for measure in Measure::ALL.iter().filter(|&&m| m != Measure::Count) {
                let what = format!("{measure} of {name}");
                let value = row[measure.name()].as_float().expect(&what);
                assert_close(&what, measure.of(&table), value);
            }
        }
    }
}

mod edges {
    use super::*;

    #[test]
    fn impossible_tables_are_refused() {
        for (both, a, b, total) in [
            (3, 2, 3, 10),
            (3, 3, 2, 10),
            (1, 11, 1, 10),
            (0, 6, 6, 10),
            (0, u64::MAX, 1, u64::MAX),
            (u64::MAX, 1, 1, 1),
        ] {
            let error = Contingency::new(both, a, b, total).expect_err("impossible");
            assert!(error.to_string().contains(&both.to_string()), "{error}");
        }
    }

    #[test]
    fn the_largest_tables_are_finite() {
        let half = u64::MAX / 2;
        for table in [
            table(u64::MAX, u64::MAX, u64::MAX, u64::MAX),
            table(u64::MAX - 2, u64::MAX - 1, u64::MAX - 1, u64::MAX),
            table(half / 2, half, half, u64::MAX),
            table(1, half, half, u64::MAX),
            table(0, half, half, u64::MAX),
            table(1, 1, u64::MAX - 1, u64::MAX),
        ] {
            for measure in Measure::ALL {
                assert!(!measure.of(&table).is_nan(), "{measure} of {table:?}");
            }
            let p = fisher_exact(&table);
            assert!((0.0..=1.0).contains(&p), "{p} of {table:?}");
        }
    }

    #[test]
    fn independence_is_exactly_zero() {
        let table = table(
            12_345 * 67_891,
            12_345 * 1_000_003,
            67_891 * 1_000_003,
            1_000_003 * 1_000_003,
        );
        assert_eq!(Measure::Pmi.of(&table), 0.0);
        assert_eq!(Measure::Npmi.of(&table), 0.0);
        assert_eq!(Measure::Llr.of(&table), 0.0);
    }

    #[test]
    fn measures_are_found_by_name() {
        for measure in Measure::ALL {
            assert_eq!(measure.name().parse::<Measure>().unwrap(), *measure);
        }
        let error = "chi".parse::<Measure>().expect_err("unknown");
        assert!(error.to_string().contains("npmi"), "{error}");
    }
}

mod exact_test {
    use super::*;

    /// The number of ways to choose k of n, in exact integers.
    fn choose(n: u64, k: u64) -> u128 {
        (0..k).fold(1, |ways, i| ways * u128::from(n - i) / u128::from(i + 1))
    }

    #[test]
    fn every_table_of_up_to_24_units() {
        for total in 0..=24_u64 {
            for a in 0..=total {
                for b in 0..=total {
                    let range = (a + b).saturating_sub(total)..=a.min(b);
                    let ways = |k| choose(a, k) * choose(total - a, b - k);
                    for both in range.clone() {
                        let rare: u128 = range.clone().map(ways).filter(|&w| w <= ways(both)).sum();
                        let p = rare as f64 / choose(total, b) as f64;
                        let found = fisher_exact(&table(both, a, b, total));
                        let what = format!("{both} {a} {b} {total}");
                        assert!((found - p).abs() <= 1e-13 * p, "{what}: {found:e} {p:e}");
                    }
                }
            }
        }
    }

    #[test]
    fn one_side_of_every_table_of_up_to_24_units() {
        for total in 0..=24_u64 {
            for a in 0..=total {
                for b in 0..=total {
                    let range = (a + b).saturating_sub(total)..=a.min(b);
                    let ways = |k| choose(a, k) * choose(total - a, b - k);
                    let mut more = 0;
                    for both in range.rev() {
                        more += ways(both);
                        let p = more as f64 / choose(total, b) as f64;
                        let found = fisher_greater(&table(both, a, b, total));
                        let what = format!("{both} {a} {b} {total}");
                        assert!((found - p).abs() <= 1e-13 * p, "{what}: {found:e} {p:e}");
                    }
                }
            }
        }
    }

    proptest! {
        /// This many or more, and fewer, which is more of one with the other's absence.
        #[test]
        fn sides_complete_each_other(total in 2..1_u64 << 40, x in 0.0..1.0_f64, y in 0.0..1.0_f64, z in -3.0..3.0_f64) {
            let a = (total as f64 * x) as u64;
            let b = (total as f64 * y) as u64;
            let expected = a as f64 * b as f64 / total as f64;
            let spread = (expected * (1.0 - x) * (1.0 - y)).sqrt();
            let least = (a + b).saturating_sub(total);
            let both = ((expected + z * spread) as u64).clamp(least, a.min(b));
            prop_assume!(both > least);
            let more = fisher_greater(&table(both, a, b, total));
            let fewer = fisher_greater(&table(a - (both - 1), a, total - b, total));
            prop_assert!((more + fewer - 1.0).abs() <= 1e-9, "{more:e} {fewer:e}");
        }

        /// Exchanging the ids, or either id with its absence, leaves p as it is. At larger totals
        /// this crosses from summed to integrated tails and between the sides of the mode.
        #[test]
        fn symmetric(total in 1..1_u64 << 40, x in 0.0..1.0_f64, y in 0.0..1.0_f64, z in -6.0..6.0_f64) {
            let a = (total as f64 * x) as u64;
            let b = (total as f64 * y) as u64;
            let expected = a as f64 * b as f64 / total as f64;
            let spread = (expected * (1.0 - x) * (1.0 - y)).sqrt();
            let least = (a + b).saturating_sub(total);
            let both = ((expected + z * spread) as u64).clamp(least, a.min(b));
            let p = fisher_exact(&table(both, a, b, total));
            prop_assert!(p > 0.0 && p <= 1.0);
            for other in [
                table(both, b, a, total),
                table(a - both, a, total - b, total),
                table(b - both, total - a, b, total),
                table(total - b - (a - both), total - a, total - b, total),
            ] {
                let q = fisher_exact(&other);
                prop_assert!((p - q).abs() <= 1e-9 * p, "{p:e} {q:e}");
            }
        }
    }
}

mod false_discovery {
    use super::*;

    #[test]
    fn as_scipy_adjusts() {
        // scipy.stats.false_discovery_control of the same p.
        let mut p = [
            0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.9, 1.0,
        ];
        benjamini_hochberg(&mut p);
        let q = [
            0.012,
            0.048,
            0.1008,
            0.1008,
            0.1008,
            0.12,
            0.126_857_142_857_142_86,
            0.2592,
            0.2592,
            0.2592,
            0.981_818_181_818_181_8,
            1.0,
        ];
        for (found, expected) in p.into_iter().zip(q) {
            assert_close("q", found, expected);
        }
    }

    #[test]
    fn of_none_and_one() {
        benjamini_hochberg(&mut []);
        let mut p = [0.3];
        benjamini_hochberg(&mut p);
        assert_eq!(p, [0.3]);
    }

    /// Ids that know nothing of each other, most of them rare: none of their pairs is a discovery.
    #[test]
    fn pairs_never_seen_are_of_the_family() {
        let mut counter = Counter::default();
        let mut state = 1_u64;
        let mut draw = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % below) as u32
        };
        for _ in 0..20_000 {
            let rare = 20 + draw(5000);
            counter.add(&[draw(20), rare, 20 + draw(5000)]);
        }
        let table = pairs_table(&counter.finish(), &Pruned::default(), Scoring::default());
        let found = |values: &[f64]| values.iter().filter(|&&x| x < 0.05).count();
        assert_eq!(found(table.column(Column::Q).unwrap()), 0);
        // Among the pairs seen alone, chance would have made many.
        let mut seen = table.column(Column::Measure(Measure::P)).unwrap().to_vec();
        benjamini_hochberg(&mut seen);
        assert!(found(&seen) > 100, "{}", found(&seen));
    }

    #[test]
    fn tests_unknown_count_as_if_p_were_1() {
        let mut some = [0.001, 0.2, 0.03];
        false_discovery(&mut some, 10);
        let mut all = [0.001, 0.2, 0.03, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        benjamini_hochberg(&mut all);
        assert_eq!(some, all[..3]);
    }

    proptest! {
        #[test]
        fn by_definition_in_any_order(p in prop::collection::vec((0..20_u32).prop_map(|i| f64::from(i) / 19.0), 1..40), turn in 0..40_usize) {
            let mut q = p.clone();
            benjamini_hochberg(&mut q);
            for (i, &own) in p.iter().enumerate() {
                // The least, over thresholds t from p up, of t · tests / discoveries at t.
                let least = p.iter().filter(|&&t| t >= own).map(|&t| {
                    t * p.len() as f64 / p.iter().filter(|&&x| x <= t).count() as f64
                }).fold(1.0, f64::min);
                prop_assert!((q[i] - least).abs() <= 1e-12);
            }
            let by = turn % p.len();
            let mut turned = p.clone();
            turned.rotate_left(by);
            benjamini_hochberg(&mut turned);
            q.rotate_left(by);
            prop_assert_eq!(q, turned);
        }
    }
}

/// Units with few ids, so that pairs recur, and each some times.
fn units() -> impl Strategy<Value = Vec<(Vec<u32>, u64)>> {
    let id = prop_oneof![0..12_u32, Just(u32::MAX), Just(1 << 31)];
    let times = prop_oneof![4 => Just(1_u64), 1 => 0..5_u64];
    prop::collection::vec((prop::collection::vec(id, 0..7), times), 0..40)
}

fn count(units: &[(Vec<u32>, u64)]) -> Counts {
    counter(units).finish()
}

fn counter(units: &[(Vec<u32>, u64)]) -> Counter {
    let mut counter = Counter::default();
    for (unit, times) in units {
        counter.add_times(unit, *times);
    }
    counter
}

fn bytes(counts: &Counts) -> Vec<u8> {
    postcard::to_allocvec(counts).expect("bytes")
}

mod counting {
    use super::*;

    proptest! {
        #[test]
        fn as_a_map_counts(units in units()) {
            let mut total = 0;
            let mut singles = BTreeMap::new();
            let mut pairs = BTreeMap::new();
            for (unit, times) in units.iter().filter(|(_, times)| *times > 0) {
                total += times;
                let unit: BTreeSet<u32> = unit.iter().copied().collect();
                for &a in &unit {
                    *singles.entry(a).or_insert(0) += times;
                    for &b in unit.iter().filter(|&&b| a < b) {
                        *pairs.entry((a, b)).or_insert(0) += times;
                    }
                }
            }
            let counts = count(&units);
            prop_assert_eq!(counts.total(), total);
            prop_assert_eq!(counts.singles(), singles.into_iter().collect::<Vec<_>>());
            let pairs: Vec<_> = pairs.into_iter().map(|((a, b), n)| (a, b, n)).collect();
            prop_assert_eq!(counts.pairs(), &pairs[..]);
            for (a, b, n) in pairs {
                prop_assert_eq!(counts.pair(b, a), n);
                prop_assert_eq!(counts.contingency(a, b).a(), counts.single(a));
            }
        }

        #[test]
        fn times_is_repetition(units in units()) {
            let mut repeated = Counter::default();
            for (unit, times) in &units {
                for _ in 0..*times {
                    repeated.add(unit);
                }
            }
            prop_assert_eq!(bytes(&repeated.finish()), bytes(&count(&units)));
        }
    }

    proptest! {
        #[test]
        fn a_group_counts_once(units in prop::collection::vec((prop::collection::vec(0..9_u32, 0..5), 0..6_u32), 0..40)) {
            let mut held = Units::default();
            let (mut groups, mut singles, mut pairs) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
            for (unit, group) in &units {
                held.push_in_group(unit, *group);
                groups.insert(*group);
                for &a in unit {
                    singles.insert((a, *group));
                    pairs.extend(unit.iter().filter(|&&b| a < b).map(|&b| (a, b, *group)));
                }
            }
            let (counts, _) = held.count(1);
            prop_assert_eq!(counts.total(), groups.len() as u64);
            prop_assert_eq!(counts.pairs().len(), pairs.iter().map(|p| (p.0, p.1)).collect::<BTreeSet<_>>().len());
            for &(id, n) in counts.singles() {
                prop_assert_eq!(n, singles.iter().filter(|s| s.0 == id).count() as u64);
            }
            for &(a, b, n) in counts.pairs() {
                prop_assert_eq!(n, pairs.iter().filter(|p| (p.0, p.1) == (a, b)).count() as u64);
                let has = |id, group: u32| singles.contains(&(id, group));
                let [both, only_a, only_b, neither] = counts.contingency(a, b).cells();
                prop_assert_eq!([both, both + only_a, both + only_b], [n, counts.single(a), counts.single(b)]);
                prop_assert_eq!(neither, groups.iter().filter(|&&g| !has(a, g) && !has(b, g)).count() as u64);
            }
            let read: Counts = postcard::from_bytes(&bytes(&counts)).unwrap();
            prop_assert_eq!(&read, &counts);
            let ids: Vec<u32> = (0..9).map(|id| (id * 4 + 1) % 9).collect();
            let moved = counts.remap(&ids).unwrap();
            let table = |t: Contingency| (t.both(), t.a().min(t.b()), t.a().max(t.b()), t.total());
            for &(a, b, _) in counts.pairs() {
                let there = moved.contingency(ids[a as usize], ids[b as usize]);
                prop_assert_eq!(table(there), table(counts.contingency(a, b)));
            }
        }
    }

    /// Enough of them to be shared among threads.
    #[test]
    fn threads_change_nothing() {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| {
                let mut units = Units::default();
                for i in 0..60_000_u32 {
                    units.push(
                        &[i % 83, 100 + i % 97, 200 + (i * i) % 61, i % 7],
                        1 + u64::from(i % 2),
                    );
                }
                units.count(2)
            })
        };
        assert_eq!(with(1), with(4));
    }

    /// More pairs than several buffers hold, within one unit and over units.
    #[test]
    fn past_the_buffer() {
        let long: Vec<u32> = (0..1500).rev().collect();
        let mut counter = Counter::default();
        counter.add(&long);
        counter.add_times(&long, 3);
        counter.add(&long[..1000]);
        let counts = counter.finish();
        assert_eq!(counts.total(), 5);
        assert_eq!(counts.pairs().len(), 1500 * 1499 / 2);
        for &(a, b, n) in counts.pairs() {
            assert_eq!(n, if a >= 500 { 5 } else { 4 }, "{a} {b}");
        }
        assert!(
            counts
                .singles()
                .iter()
                .all(|&(id, n)| n == if id >= 500 { 5 } else { 4 })
        );
    }
}

mod merging {
    use super::*;

    proptest! {
        #[test]
        fn any_sharding_gives_the_same_bytes(units in units(), shards in prop::collection::vec(0..4_usize, 40)) {
            let mut parts = vec![Vec::new(); 4];
            for (unit, shard) in units.iter().zip(shards) {
                parts[shard].push(unit.clone());
            }
            let whole = bytes(&count(&units));
            let counters = parts.iter().map(|part| counter(part));
            let merged = counters.fold(Counter::default(), Counter::merge).finish();
            prop_assert_eq!(&bytes(&merged), &whole);
            let counted = parts.iter().rev().map(|part| count(part));
            let merged = counted.fold(Counts::default(), Counts::merge);
            prop_assert_eq!(&bytes(&merged), &whole);
        }

        #[test]
        fn associative_and_commutative(x in units(), y in units(), z in units()) {
            let [x, y, z] = [x, y, z].map(|units| counter(&units));
            let left = x.clone().merge(y.clone()).merge(z.clone()).finish();
            let right = x.clone().merge(y.clone().merge(z.clone())).finish();
            let turned = z.clone().merge(y.clone()).merge(x.clone()).finish();
            prop_assert_eq!(bytes(&left), bytes(&right));
            prop_assert_eq!(bytes(&left), bytes(&turned));

            let [x, y, z] = [x, y, z].map(Counter::finish);
            let counts = z.merge(x.clone()).merge(y.clone());
            prop_assert_eq!(bytes(&left), bytes(&counts));
            prop_assert_eq!(bytes(&x.clone().merge(y.clone())), bytes(&y.merge(x.clone())));
            prop_assert_eq!(bytes(&x.clone().merge(Counts::default())), bytes(&x));
        }
    }

    #[test]
    fn past_the_buffer() {
        let unit = |i: u32| [i % 911, 1000 + i % 1013, 3000 + i % 7];
        let counter = |range: std::ops::Range<u32>| {
            let mut counter = Counter::default();
            for i in range {
                counter.add_times(&unit(i), 1 + u64::from(i % 3));
            }
            counter
        };
        let whole = counter(0..600_000).finish();
        let [x, y, z] = [0..1000, 1000..400_000, 400_000..600_000].map(counter);
        assert_eq!(z.clone().merge(x.clone()).merge(y.clone()).finish(), whole);
        assert_eq!(y.finish().merge(z.finish()).merge(x.finish()), whole);
    }
}

mod vocabularies {
    use super::*;

    proptest! {
        #[test]
        fn remapping_counts_is_remapping_units(
            units in prop::collection::vec(prop::collection::vec(0..10_u32, 0..6), 0..30),
            ids in Just((0..10_u32).map(|i| i * 7).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let once = |units: &[Vec<u32>]| -> Vec<_> { units.iter().map(|u| (u.clone(), 1)).collect() };
            let renamed: Vec<Vec<u32>> = units
                .iter()
                .map(|unit| unit.iter().map(|&id| ids[id as usize]).collect())
                .collect();
            let remapped = count(&once(&units)).remap(&ids).unwrap();
            prop_assert_eq!(bytes(&remapped), bytes(&count(&once(&renamed))));
        }

        #[test]
        fn restricting_counts_is_restricting_units(units in units()) {
            let keep = |id: u32| id % 3 != 1;
            let kept: Vec<_> = units
                .iter()
                .map(|(unit, times)| (unit.iter().copied().filter(|&id| keep(id)).collect(), *times))
                .collect();
            prop_assert_eq!(bytes(&count(&units).restrict(keep)), bytes(&count(&kept)));
        }
    }

    #[test]
    fn ids_without_or_with_one_new_id_are_refused() {
        let counts = count(&[(vec![0, 1, 2], 1)]);
        let error = counts.remap(&[5, 6]).expect_err("2 has no new id");
        assert!(error.to_string().contains("id 2"), "{error}");
        let error = counts.remap(&[5, 6, 5]).expect_err("5 twice");
        assert!(error.to_string().contains("id 5"), "{error}");
    }
}

mod bytes_of_counts {
    use super::*;

    proptest! {
        #[test]
        fn come_back(units in units()) {
            let counts = count(&units);
            let back: Counts = postcard::from_bytes(&bytes(&counts)).unwrap();
            prop_assert_eq!(back, counts);
        }
    }

    #[test]
    fn that_contradict_themselves_are_refused() {
        type Raw = (u64, Vec<(u32, u64)>, Vec<(u32, u32, u64)>);
        let read_apart = |(total, singles, pairs): Raw, apart: &[u64]| {
            let bytes = postcard::to_allocvec(&(total, singles, pairs, apart)).unwrap();
            postcard::from_bytes::<Counts>(&bytes)
        };
        let read = |raw: Raw| read_apart(raw, &[]);
        let singles = vec![(1, 2), (2, 2), (3, 1)];
        assert!(read((3, singles.clone(), vec![(1, 2, 1), (1, 3, 1)])).is_ok());
        for raw in [
            (3, vec![(2, 2), (1, 2)], vec![]),
            (3, vec![(1, 2), (1, 2)], vec![]),
            (3, vec![(1, 4)], vec![]),
            (3, vec![(1, 0)], vec![]),
            (3, singles.clone(), vec![(1, 3, 1), (1, 2, 1)]),
            (3, singles.clone(), vec![(2, 1, 1)]),
            (3, singles.clone(), vec![(1, 1, 1)]),
            (3, singles.clone(), vec![(1, 2, 0)]),
            (3, singles.clone(), vec![(1, 3, 2)]),
            (3, singles.clone(), vec![(1, 4, 1)]),
            (u64::MAX, singles, vec![(1, 2, 1)]),
        ] {
            assert!(read(raw.clone()).is_err(), "{raw:?}");
        }
        // Of two groups one holds both together, one apart; no unit can hold them so.
        let two = (2, vec![(1, 2), (2, 2)], vec![(1, 2, 1)]);
        assert!(read_apart(two.clone(), &[1]).is_ok());
        for apart in [&[][..], &[0], &[3], &[1, 1]] {
            assert!(read_apart(two.clone(), apart).is_err(), "{apart:?}");
        }
    }
}

mod tables {
    use super::*;
    use nasij::cooccurrence::PairTable;

    fn table(counts: &Counts, min_count: u64) -> PairTable {
        let scoring = Scoring {
            min_count,
            ..Scoring::default()
        };
        pairs_table(counts, &Pruned::default(), scoring)
    }

    proptest! {
        #[test]
        fn rows_are_those_of_their_tables(units in units()) {
            let counts = count(&units);
            let all = table(&counts, 1);
            prop_assert_eq!(all.len(), counts.pairs().len());
            prop_assert_eq!(all.tests, pairs_among(counts.singles().len()));
            let mut p = Vec::new();
            for i in 0..all.len() {
                let table = counts.contingency(all.a[i], all.b[i]);
                let counted = (all.count[i], all.a_count[i], all.b_count[i], all.total);
                prop_assert_eq!(counted, (table.both(), table.a(), table.b(), table.total()));
                for (column, values) in &all.columns {
                    match column {
                        Column::Measure(measure) => prop_assert_eq!(values[i], measure.of(&table)),
                        Column::Few => prop_assert_eq!(values[i] > 0.0, table.few()),
                        Column::Q => {}
                    }
                }
                p.push(fisher_exact(&table));
            }
            false_discovery(&mut p, all.tests);
            prop_assert_eq!(&p[..], all.column(Column::Q).unwrap());
            let llr = all.column(Column::Measure(Measure::Llr)).unwrap();
            let ordered = (1..all.len()).all(|i| {
                llr[i - 1] > llr[i]
                    || (llr[i - 1] == llr[i] && (all.a[i - 1], all.b[i - 1]) < (all.a[i], all.b[i]))
            });
            prop_assert!(ordered);

            // A larger minimum leaves rows out and changes none.
            let some = table(&counts, 3);
            let kept: Vec<usize> = (0..all.len()).filter(|&i| all.count[i] >= 3).collect();
            prop_assert_eq!(&some.a, &kept.iter().map(|&i| all.a[i]).collect::<Vec<_>>());
            let q = all.column(Column::Q).unwrap();
            prop_assert_eq!(some.column(Column::Q).unwrap(), &kept.iter().map(|&i| q[i]).collect::<Vec<_>>());
            prop_assert_eq!(some.tests, all.tests);
        }

        #[test]
        fn pairs_left_out_are_as_pairs_filtered(units in units(), min_count in 1..5_u64) {
            let mut held = Units::default();
            for (unit, times) in units.iter().filter(|(_, times)| *times > 0) {
                held.push(unit, *times);
            }
            let (counts, pruned) = held.count(min_count);
            let whole = count(&units);
            prop_assert_eq!(counts.singles(), whole.singles());
            prop_assert_eq!(counts.pairs().len() as u64 + pruned.pairs(), whole.pairs().len() as u64);
            let scoring = Scoring { min_count, ..Scoring::default() };
            prop_assert_eq!(pairs_table(&counts, &pruned, scoring), table(&whole, min_count));
        }

        #[test]
        fn a_column_is_the_same_whatever_is_asked_for_with_it(units in units(), n in 0..100_usize) {
            let counts = count(&units);
            let every: Vec<Column> = Column::all().collect();
            let with = |columns: &[Column]| {
                pairs_table(&counts, &Pruned::default(), Scoring { columns, strongest_first: false, min_count: 1 })
            };
            let one = every[n % every.len()];
            let (alone, among) = (with(&[one]), with(&every));
            prop_assert_eq!(alone.column(one), among.column(one));
        }
    }

    #[test]
    fn the_strongest_first_by_what_was_asked_for() {
        let counts = count(&[
            (vec![1, 2], 5),
            (vec![2, 3, 4], 2),
            (vec![4, 5], 1),
            (vec![1], 7),
        ]);
        let by = |columns: &[Column]| {
            let scoring = Scoring {
                columns,
                ..Scoring::default()
            };
            pairs_table(&counts, &Pruned::default(), scoring).columns[0]
                .1
                .clone()
        };
        assert!(by(&[Column::Measure(Measure::Pmi), Column::Q]).is_sorted_by(|x, y| x >= y));
        assert!(by(&[Column::Q, Column::Few]).is_sorted());
        assert!(by(&[Column::Measure(Measure::P)]).is_sorted());
    }

    #[test]
    fn threads_change_nothing() {
        let mut counter = Counter::default();
        for i in 0..20_000_u32 {
            counter.add(&[i % 83, 100 + i % 97, 200 + (i * i) % 61]);
        }
        let counts = counter.finish();
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| table(&counts, 1))
        };
        let one = with(1);
        assert!(one.len() > 5000);
        assert_eq!(one, with(4));
    }

    #[test]
    fn of_nothing() {
        let table = table(&Counts::default(), 0);
        assert!(table.is_empty());
        assert_eq!((table.total, table.tests), (0, 0));
    }
}
