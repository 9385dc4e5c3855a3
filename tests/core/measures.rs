//! Laws of the measures, over tables of any size with empty and full cells among them.

#![expect(clippy::float_cmp, reason = "the two are the same computation")]
#![expect(clippy::cast_sign_loss, reason = "counts are drawn as fractions")]

use nasij::cooccurrence::{Contingency, Measure};
use proptest::prelude::*;

/// A share of n: none, one, all, all but one, or any.
fn share(n: u64, of: f64) -> u64 {
    match of {
        x if x < 0.05 => 0,
        x if x < 0.15 => n.min(1),
        x if x > 0.95 => n,
        x if x > 0.85 => n.saturating_sub(1),
        x => (n as f64 * x.powi(4)) as u64,
    }
}

fn tables() -> impl Strategy<Value = Contingency> {
    let unit = || 0.0..1.0_f64;
    (0.0..53.0_f64, unit(), unit(), unit()).prop_map(|(bits, x, y, z)| {
        let total = bits.exp2() as u64;
        let (a, b) = (share(total, x), share(total, y));
        let least = (a + b).saturating_sub(total);
        let both = least + share(a.min(b) - least, z);
        Contingency::new(both, a, b, total).unwrap()
    })
}

fn turned(t: &Contingency) -> Contingency {
    Contingency::new(t.both(), t.b(), t.a(), t.total()).unwrap()
}

/// The measure of the pair read the other way.
fn other_way(measure: Measure) -> Measure {
    match measure {
        Measure::PBGivenA => Measure::PAGivenB,
        Measure::PAGivenB => Measure::PBGivenA,
        Measure::DeltaPBGivenA => Measure::DeltaPAGivenB,
        Measure::DeltaPAGivenB => Measure::DeltaPBGivenA,
        Measure::RelativeRiskBGivenA => Measure::RelativeRiskAGivenB,
        Measure::RelativeRiskAGivenB => Measure::RelativeRiskBGivenA,
        symmetric => symmetric,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn never_nan(table in tables()) {
        for measure in Measure::ALL {
            prop_assert!(!measure.of(&table).is_nan(), "{} of {:?}", measure, table);
        }
    }

    #[test]
    fn which_of_the_two_comes_first_plays_no_part(table in tables()) {
        for &measure in Measure::ALL {
            let (one, other) = (measure.of(&table), other_way(measure).of(&turned(&table)));
            let near = one == other || (one - other).abs() <= 1e-9 * one.abs();
            prop_assert!(near, "{} of {:?}: {:e} {:e}", measure, table, one, other);
        }
        prop_assert_eq!(table.few(), turned(&table).few());
    }

    /// One unit more with both, and as many with each: stronger by every measure of strength.
    #[test]
    fn more_together_is_more(table in tables()) {
        let [_, only_a, only_b, _] = table.cells();
        // There is no such table of more; half of those drawn are at this edge.
        if only_a == 0 || only_b == 0 {
            return Ok(());
        }
        let more = Contingency::new(table.both() + 1, table.a(), table.b(), table.total()).unwrap();
        for &measure in Measure::ALL {
            let (before, after) = (measure.of(&table), measure.of(&more));
            let slack = 1e-12 * before.abs();
            match measure {
                // Of either direction, or of an interval that an empty cell widens.
                Measure::Chi2
                | Measure::Chi2Yates
                | Measure::P
                | Measure::PoissonStirling
                | Measure::OddsRatioLow
                | Measure::OddsRatioHigh => {}
                Measure::PGreater => prop_assert!(after <= before + 1e-9 * before, "{table:?}"),
                _ => prop_assert!(after >= before - slack, "{measure} of {table:?}: {before:e} {after:e}"),
            }
        }
    }

    /// What is over chance by one measure is so by all.
    #[test]
    fn measures_agree_on_what_is_more_than_chance(table in tables()) {
        let llr = Measure::Llr.of(&table);
        let over = |measure: Measure, chance: f64| {
            let found = measure.of(&table) - chance;
            if found == 0.0 { 0.0 } else { found.signum() }
        };
        let sign = if llr == 0.0 { 0.0 } else { llr.signum() };
        for measure in [Measure::Phi, Measure::T, Measure::Z, Measure::DeltaPBGivenA, Measure::DeltaPAGivenB] {
            prop_assert_eq!(over(measure, 0.0), sign, "{} of {:?}", measure, table);
        }
        // Quotients may round to 1.
        for measure in [Measure::Lift, Measure::OddsRatio, Measure::RelativeRiskBGivenA] {
            let found = over(measure, 1.0);
            prop_assert!(found == sign || found == 0.0, "{} of {:?}", measure, table);
        }
    }

    #[test]
    fn the_interval_holds_the_odds_ratio(table in tables()) {
        let [low, ratio, high] = [Measure::OddsRatioLow, Measure::OddsRatio, Measure::OddsRatioHigh]
            .map(|measure| measure.of(&table));
        prop_assert!(low <= ratio && ratio <= high, "{low} {ratio} {high} of {table:?}");
    }

    #[test]
    fn measures_that_follow_from_others(table in tables()) {
        let of = |measure: Measure| measure.of(&table);
        let close = |x: f64, y: f64| x == y || (x - y).abs() <= 1e-12 * x.abs().max(y.abs());
        prop_assert!(close(of(Measure::Phi).powi(2) * table.total() as f64, of(Measure::Chi2)));
        prop_assert!(close(of(Measure::DeltaPBGivenA) * of(Measure::DeltaPAGivenB), of(Measure::Phi).powi(2)));
        prop_assert!(of(Measure::Chi2Yates) <= of(Measure::Chi2));
        let dice = of(Measure::Dice);
        prop_assert!(close(of(Measure::Jaccard), dice / (2.0 - dice)));
        prop_assert!(of(Measure::MinSensitivity) <= of(Measure::Cosine) * (1.0 + 1e-12));
        if table.both() > 0 {
            prop_assert!(close(of(Measure::Cosine).powi(2), of(Measure::PBGivenA) * of(Measure::PAGivenB)));
            prop_assert!((of(Measure::Pmi2) - 2.0 * of(Measure::Cosine).log2()).abs() < 1e-9);
            prop_assert!((of(Measure::LogDice) - 14.0 - dice.log2()).abs() < 1e-9);
            prop_assert!((of(Measure::Pmi) - of(Measure::Lift).log2()).abs() < 1e-9);
        }
    }
}
