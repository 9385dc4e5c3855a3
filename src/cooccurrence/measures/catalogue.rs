//! Every measure in one place: what it is called, computed by, worth at the edges, and good for.

use super::{About, effect, evidence, information, overlap};
use crate::cooccurrence::contingency::Contingency;
use crate::cooccurrence::significance::{fisher_exact, fisher_greater};

/// The enum, its documentation and what is told of each, from one list.
macro_rules! measures {
    ($($variant:ident = $name:literal by $of:expr, {
        formula: $formula:literal,
        range: $range:literal,
        edge: $edge:literal,
        reading: $reading:literal,
        source: $source:literal,
    })*) => {
        /// A measure of association between two ids. None of them is ever NaN.
        ///
        /// Of an id that occurs in no unit or in every one nothing can be told: measures of
        /// association then have their value under independence, measures of overlap count what
        /// there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Measure {
            $(
                #[doc = concat!(
                    $reading, "\n\n", "`", $name, "` = `", $formula, "`, ", $range, "; ", $edge,
                    ". ", $source, "."
                )]
                $variant,
            )*
        }

        impl Measure {
            /// Every measure, in the order of the columns of a table of pairs.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// What is told of the measure.
            pub fn about(self) -> &'static About {
                match self {
                    $(Self::$variant => &About {
                        name: $name,
                        formula: $formula,
                        range: $range,
                        edge: $edge,
                        reading: $reading,
                        source: $source,
                    },)*
                }
            }

            /// The measure of a table.
            ///
            /// ```
            /// use nasij::cooccurrence::{Contingency, Measure};
            /// let table = Contingency::new(4, 4, 8, 16)?;
            /// assert_eq!(Measure::Pmi.of(&table), 1.0);
            /// assert_eq!(Measure::Npmi.of(&table), 0.5);
            /// # Ok::<(), nasij::error::Error>(())
            /// ```
            pub fn of(self, table: &Contingency) -> f64 {
                let of: fn(&Contingency) -> f64 = match self {
                    $(Self::$variant => $of,)*
                };
                of(table)
            }
        }
    };
}

measures! {
    Count = "count" by |table| table.both() as f64, {
        formula: "both",
        range: "0 to min(a, b)",
        edge: "always defined",
        reading: "The units with both. Says how much there is to read, nothing about chance: frequent names meet often.",
        source: "Counted",
    }
    Expected = "expected" by |table| table.expected(), {
        formula: "a * b / total",
        range: "0 to min(a, b)",
        edge: "0 of no units",
        reading: "The units with both if the two had nothing to do with each other.",
        source: "Pearson 1904",
    }
    PBGivenA = "p_b_given_a" by effect::p_b_given_a, {
        formula: "both / a",
        range: "0 to 1",
        edge: "b / total where a is 0",
        reading: "Of the units with a, the share that has b. Read it beside the share of all units that has b.",
        source: "Agrawal, Imieliński and Swami 1993 (confidence)",
    }
    PAGivenB = "p_a_given_b" by |table| effect::p_b_given_a(&effect::turned(table)), {
        formula: "both / b",
        range: "0 to 1",
        edge: "a / total where b is 0",
        reading: "Of the units with b, the share that has a.",
        source: "Agrawal, Imieliński and Swami 1993 (confidence)",
    }
    DeltaPBGivenA = "delta_p_b_given_a" by effect::delta_p_b_given_a, {
        formula: "both / a - b_only / (total - a)",
        range: "-1 to 1",
        edge: "0 where a is 0 or total",
        reading: "By how much more of the units have b where a is than where it is not. Tells which of the two calls for the other.",
        source: "Allan 1980; Gries 2013",
    }
    DeltaPAGivenB = "delta_p_a_given_b" by |table| effect::delta_p_b_given_a(&effect::turned(table)), {
        formula: "both / b - a_only / (total - b)",
        range: "-1 to 1",
        edge: "0 where b is 0 or total",
        reading: "By how much more of the units have a where b is than where it is not.",
        source: "Allan 1980; Gries 2013",
    }
    Lift = "lift" by information::lift, {
        formula: "both * total / (a * b)",
        range: "0 to total",
        edge: "1 where a or b is 0",
        reading: "How many times as often together as by chance: 3 is three times, 1 is chance, 0.5 half.",
        source: "Brin, Motwani, Ullman and Tsur 1997",
    }
    Pmi = "pmi" by information::pmi, {
        formula: "log2(both * total / (a * b))",
        range: "-inf to log2(total)",
        edge: "-inf where the two never meet, 0 where a or b is 0",
        reading: "Lift in doublings: 0 is chance, 1 twice as often, 3 eight times. High for rare names that meet once: not for ranking without a least count.",
        source: "Church and Hanks 1990",
    }
    Ppmi = "ppmi" by information::ppmi, {
        formula: "max(pmi, 0)",
        range: "0 to log2(total)",
        edge: "0 where pmi is -inf or 0",
        reading: "PMI where the two meet more than by chance, else 0: for vectors and matrices, which cannot have -inf.",
        source: "Niwa and Nitta 1994",
    }
    Pmi2 = "pmi2" by information::pmi2, {
        formula: "log2(both^2 / (a * b))",
        range: "-inf to 0",
        edge: "-inf where the two never meet",
        reading: "PMI with the joint probability squared: rare pairs weigh less. 0 is never apart; orders pairs as cosine does. Add log2(total) for the form over counts, both^2 / expected.",
        source: "Daille 1994",
    }
    Pmi3 = "pmi3" by information::pmi3, {
        formula: "log2(both^3 / (a * b * total))",
        range: "-inf to 0",
        edge: "-inf where the two never meet",
        reading: "PMI with the joint probability cubed: frequent pairs come first. Add 2 * log2(total) for the form over counts, both^3 / expected.",
        source: "Daille 1994",
    }
    Npmi = "npmi" by information::npmi, {
        formula: "pmi / -log2(both / total)",
        range: "-1 to 1",
        edge: "-1 where the two never meet, 0 where a or b is 0, 1 where both are in every unit",
        reading: "PMI on a scale: -1 never together, 0 chance, 1 never apart. Comparable across corpora of different size.",
        source: "Bouma 2009",
    }
    Llr = "llr" by evidence::llr, {
        formula: "sign(both - expected) * 2 * sum(O * ln(O / E)) over the four cells",
        range: "-2 * total * ln(2) to 2 * total * ln(2)",
        edge: "a cell of 0 adds 0; 0 where a or b is 0 or total",
        reading: "How strongly the counts speak against chance; negative where the two avoid each other. Grows with the corpus: it ranks evidence, not strength. Over 10.8 is about p < 0.001 for one pair by itself.",
        source: "Dunning 1993",
    }
    Chi2 = "chi2" by evidence::chi2, {
        formula: "total * (both * neither - a_only * b_only)^2 / (a * (total - a) * b * (total - b))",
        range: "0 to total",
        edge: "0 where a or b is 0 or total",
        reading: "Pearson's statistic, without a sign. Too large where few are expected; llr or p serve rare names better.",
        source: "Pearson 1900",
    }
    Chi2Yates = "chi2_yates" by evidence::chi2_yates, {
        formula: "total * max(0, |both * neither - a_only * b_only| - total / 2)^2 / (a * (total - a) * b * (total - b))",
        range: "0 to total",
        edge: "0 where a or b is 0 or total",
        reading: "Chi-squared moved half a unit towards chance: more careful with small counts.",
        source: "Yates 1934",
    }
    Phi = "phi" by evidence::phi, {
        formula: "(both * neither - a_only * b_only) / sqrt(a * (total - a) * b * (total - b))",
        range: "-1 to 1",
        edge: "0 where a or b is 0 or total",
        reading: "The correlation of the two over units: 1 never apart, 0 chance. Its square times total is chi2; between ids of unequal frequency it stays far from 1.",
        source: "Yule 1912",
    }
    T = "t" by evidence::t, {
        formula: "(both - expected) / sqrt(both)",
        range: "-inf to 0.385 * sqrt(total)",
        edge: "-inf where the two never meet though expected to, 0 where nothing is expected",
        reading: "How sure it is that the two meet more than by chance; near sqrt(count) for what is rare by chance, so frequent pairs come first.",
        source: "Church, Gale, Hanks and Hindle 1991",
    }
    Z = "z" by evidence::z, {
        formula: "(both - expected) / sqrt(expected)",
        range: "-sqrt(total) / 2 to sqrt(total)",
        edge: "0 where nothing is expected",
        reading: "The excess over chance in standard deviations of chance. Far too large where less than one unit is expected.",
        source: "Dennis 1965",
    }
    PoissonStirling = "poisson_stirling" by evidence::poisson_stirling, {
        formula: "both * (log2(both / expected) - 1)",
        range: "-total to 0.266 * total",
        edge: "0 where the two never meet",
        reading: "About how improbable so many meetings are, by Poisson's law; orders pairs much as llr does. Base 2 as NLTK has it, where its source has natural logarithms.",
        source: "Quasthoff and Wolff 2002",
    }
    Dice = "dice" by overlap::dice, {
        formula: "2 * both / (a + b)",
        range: "0 to 1",
        edge: "0 where the two never meet",
        reading: "The overlap of the two over their mean frequency; 1 is never apart.",
        source: "Dice 1945",
    }
    LogDice = "logdice" by overlap::log_dice, {
        formula: "14 + log2(2 * both / (a + b))",
        range: "-inf to 14",
        edge: "-inf where the two never meet",
        reading: "Dice in doublings: a point more is twice the overlap. The size of the corpus plays no part, so it compares corpora.",
        source: "Rychlý 2008",
    }
    Jaccard = "jaccard" by overlap::jaccard, {
        formula: "both / (a + b - both)",
        range: "0 to 1",
        edge: "0 where the two never meet",
        reading: "Of the units with either, the share that has both.",
        source: "Jaccard 1901",
    }
    Cosine = "cosine" by overlap::cosine, {
        formula: "both / sqrt(a * b)",
        range: "0 to 1",
        edge: "0 where the two never meet",
        reading: "The geometric mean of the two conditional probabilities; kinder than Jaccard to a rare name beside a frequent one.",
        source: "Ochiai 1957",
    }
    MinSensitivity = "min_sensitivity" by overlap::min_sensitivity, {
        formula: "min(both / a, both / b)",
        range: "0 to 1",
        edge: "0 where the two never meet",
        reading: "The smaller of the two conditional probabilities: 0.5 says that each is in half of the other's units at least.",
        source: "Pedersen and Bruce 1996",
    }
    OddsRatio = "odds_ratio" by effect::odds_ratio, {
        formula: "both * neither / (a_only * b_only)",
        range: "0 to inf",
        edge: "inf where one is never without the other, 1 where a or b is 0 or total",
        reading: "How many times the odds of b are higher where a is; the same from either side, and unchanged when one of the two is sampled more densely.",
        source: "Cornfield 1951",
    }
    OddsRatioLow = "odds_ratio_low" by effect::odds_ratio_low, {
        formula: "odds_ratio * exp(-1.96 * sqrt(1 / both + 1 / a_only + 1 / b_only + 1 / neither))",
        range: "0 to inf",
        edge: "0 where both or neither is 0; 0.5 more in each cell where a_only or b_only is",
        reading: "The lower end of the odds ratio's 95 % interval. Over 1: more together than by chance. Units that copy each other make it too narrow.",
        source: "Woolf 1955; Haldane 1956 and Agresti 1999 for cells of 0",
    }
    OddsRatioHigh = "odds_ratio_high" by effect::odds_ratio_high, {
        formula: "odds_ratio * exp(+1.96 * sqrt(1 / both + 1 / a_only + 1 / b_only + 1 / neither))",
        range: "0 to inf",
        edge: "inf where a_only or b_only is 0; 0.5 more in each cell where both or neither is",
        reading: "The upper end of the odds ratio's 95 % interval. Under 1: the two avoid each other.",
        source: "Woolf 1955; Haldane 1956 and Agresti 1999 for cells of 0",
    }
    RelativeRiskBGivenA = "relative_risk_b_given_a" by effect::relative_risk_b_given_a, {
        formula: "(both / a) / (b_only / (total - a))",
        range: "0 to inf",
        edge: "inf where b is never without a, 1 where a is 0 or total or b is 0",
        reading: "How many times as often a unit has b where a is as where it is not.",
        source: "Cornfield 1951",
    }
    RelativeRiskAGivenB = "relative_risk_a_given_b" by |table| effect::relative_risk_b_given_a(&effect::turned(table)), {
        formula: "(both / b) / (a_only / (total - b))",
        range: "0 to inf",
        edge: "inf where a is never without b, 1 where b is 0 or total or a is 0",
        reading: "How many times as often a unit has a where b is as where it is not.",
        source: "Cornfield 1951",
    }
    P = "p" by fisher_exact, {
        formula: "the hypergeometric probability, given a, b and total, of a count at most as probable as this one",
        range: "0 to 1",
        edge: "1 where a or b is 0 or total; 0 only under 5e-324",
        reading: "How often chance alone would give counts so odd, in either direction. For one pair chosen beforehand; of many pairs read q.",
        source: "Fisher 1922",
    }
    PGreater = "p_greater" by fisher_greater, {
        formula: "the hypergeometric probability, given a, b and total, of this count or a greater one",
        range: "0 to 1",
        edge: "1 where the two never meet, or a or b is total; 0 only under 5e-324",
        reading: "How often chance alone would bring the two together so often.",
        source: "Fisher 1922",
    }
}
