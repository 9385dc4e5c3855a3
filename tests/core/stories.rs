//! Stories: what a copy is, and that nothing but the texts decides it.

use nasij::corpus::{Job, Texts};
use nasij::stories::{ALONE, Copy, LEAST_SHARED, NO_DATE, THRESHOLD, compare, stories};
use proptest::prelude::*;

const DAY: i64 = 24 * 60 * 60;

fn found_with(texts: &[String], dates: &[i64], threads: usize) -> Vec<Copy> {
    let mut read = Texts::default();
    for text in texts {
        read.push(text);
    }
    let mut job = Job {
        threads: Some(threads),
        progress: &mut |_, _| true,
    };
    stories(&read, dates, THRESHOLD, &mut job).unwrap()
}

fn found(texts: &[String], dates: &[i64]) -> Vec<Copy> {
    found_with(texts, dates, 2)
}

fn firsts(copies: &[Copy]) -> Vec<u32> {
    copies.iter().map(|c| c.first).collect()
}

/// So many words from a number on, no run of which is in another range.
fn words(from: usize, count: usize) -> String {
    let words = (from..from + count).map(|n| format!("كلمة{n}"));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_article_cut_short_or_added_to_is_a_copy() {
    let whole = words(0, 120);
    let texts = [
        whole.clone(),
        words(0, 40),
        format!("{whole} {}", words(1000, 100)),
        words(2000, 120),
    ];
    let copies = found(&texts, &[NO_DATE; 4]);
    assert_eq!(firsts(&copies), [0, 0, 0, 3]);
    assert!((copies[1].taken - 1.0).abs() < 1e-6);
    assert!((copies[1].kept - 38.0 / 118.0).abs() < 1e-6);
    assert_eq!(copies[3].nearest, ALONE);
}

#[test]
fn spelling_marks_and_digits_make_no_difference() {
    let one = "أكّد المسؤولون، في 20 من مايو، أنّ إعادة الإعمار ستبدأ قبل نهاية هذه السنة";
    let other = "اكد المسوولون في ٢٠ من مايو - ان اعاده الاعمار ستبدا قبل نهايه هذه السنه!";
    let all = compare(one, other);
    assert_eq!((all.a, all.b), (all.both, all.both));
    let apart = "و قال إنه سيعود و يبقى في المدينة حتى نهاية الأسبوع المقبل";
    let joined = "وقال إنه سيعود ويبقى في المدينة حتى نهاية الأسبوع المقبل";
    let all = compare(apart, joined);
    assert_eq!((all.a, all.b), (all.both, all.both));
}

#[test]
fn the_earliest_article_names_the_story() {
    let text = words(0, 50);
    let texts = [text.clone(), text.clone(), text.clone(), text];
    let copies = found(&texts, &[NO_DATE, 3 * DAY, DAY, DAY]);
    assert_eq!(firsts(&copies), [2; 4]);
}

#[test]
fn a_digest_does_not_tie_its_stories_together() {
    let parts: Vec<String> = (0..5).map(|n| words(n * 1000, 100)).collect();
    let mut texts = parts.clone();
    texts.push(parts.join(" "));
    let mut first = firsts(&found(&texts, &[0; 6]));
    first.truncate(5);
    first.dedup();
    assert_eq!(first.len(), 5);
}

#[test]
fn what_comes_back_on_many_days_makes_no_copies() {
    let bulletins: Vec<String> = (0..10)
        .map(|n| format!("{} {}", words(0, 60), words(1000 + 100 * n, 20)))
        .collect();
    let days: Vec<i64> = (0..10).map(|n| n * DAY).collect();
    let copies = found(&bulletins, &days);
    assert_eq!(firsts(&copies), (0..10).collect::<Vec<_>>());
    // On one day they are one story told ten times.
    assert_eq!(firsts(&found(&bulletins, &[0; 10])), [0; 10]);
}

#[test]
fn short_texts_are_one_story_only_where_they_are_equal() {
    let short = "بيان صحفي قصير جدا".to_owned();
    let other = "بيان صحفي قصير جدا الآن".to_owned();
    let empty = || String::from(" ... ");
    let texts = [short.clone(), other, short, empty(), empty()];
    let copies = found(&texts, &[NO_DATE; 5]);
    assert_eq!(firsts(&copies), [0, 1, 0, 3, 4]);
    assert!(compare(&texts[0], &texts[1]).both < LEAST_SHARED);
}

#[test]
fn hardly_a_pair_above_the_threshold_is_overlooked() {
    let mut found_pairs = 0;
    for n in 0..200 {
        let start = 10_000 * n;
        let shared = words(start, 46);
        let texts = [
            format!("{shared} {}", words(start + 1000, 56)),
            format!("{} {shared}", words(start + 2000, 56)),
        ];
        let similarity = f64::from(compare(&texts[0], &texts[1]).similarity());
        assert!((THRESHOLD..THRESHOLD + 0.05).contains(&similarity));
        found_pairs += usize::from(firsts(&found_with(&texts, &[0, 0], 1)) == [0, 0]);
    }
    assert!(found_pairs >= 199, "{found_pairs} of 200");
}

#[test]
fn a_threshold_is_between_zero_and_one() {
    let texts = Texts::default();
    for threshold in [0.0, -1.0, 1.1, f64::NAN] {
        let mut job = Job {
            threads: Some(1),
            progress: &mut |_, _| true,
        };
        assert!(stories(&texts, &[], threshold, &mut job).is_err());
    }
}

#[test]
fn work_that_is_stopped_says_so() {
    let mut read = Texts::default();
    read.push(&words(0, 50));
    let mut job = Job {
        threads: Some(1),
        progress: &mut |_, _| false,
    };
    let error = stories(&read, &[0], THRESHOLD, &mut job).unwrap_err();
    assert_eq!(*error.kind(), nasij::error::ErrorKind::Cancelled);
}

/// Articles made of passages: some are copies, some share a passage, some share nothing.
fn corpus() -> impl Strategy<Value = Vec<(String, i64)>> {
    let passage = (0..12_usize, 8..40_usize).prop_map(|(of, count)| words(of * 1000, count));
    let text = prop::collection::vec(passage, 0..4).prop_map(|parts| parts.join(" "));
    prop::collection::vec((text, (0..9_i64).prop_map(|day| day * DAY)), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn stories_do_not_depend_on_threads_or_on_the_order_of_texts(
        (articles, order) in corpus().prop_flat_map(|articles| {
            let order: Vec<usize> = (0..articles.len()).collect();
            (Just(articles), Just(order).prop_shuffle())
        })
    ) {
        let split = |order: &[usize]| -> (Vec<String>, Vec<i64>) {
            order.iter().map(|&i| articles[i].clone()).unzip()
        };
        let (texts, dates) = split(&(0..articles.len()).collect::<Vec<_>>());
        let copies = found(&texts, &dates);
        prop_assert_eq!(&copies, &found_with(&texts, &dates, 1));
        let (texts, dates) = split(&order);
        let shuffled = firsts(&found(&texts, &dates));
        for (i, &of) in order.iter().enumerate() {
            for (j, &other) in order.iter().enumerate() {
                let together = copies[of].first == copies[other].first;
                prop_assert_eq!(together, shuffled[i] == shuffled[j]);
            }
        }
    }

    #[test]
    fn the_nearest_is_of_the_same_story(articles in corpus()) {
        let (texts, dates): (Vec<_>, Vec<_>) = articles.into_iter().unzip();
        let copies = found(&texts, &dates);
        for (i, copy) in copies.iter().enumerate() {
            let alone = copies.iter().filter(|c| c.first == copy.first).count() == 1;
            prop_assert_eq!(copies[copy.first as usize].first, copy.first);
            if alone {
                prop_assert_eq!(copy.nearest, ALONE);
            } else if copy.nearest != ALONE {
                prop_assert!(copy.nearest as usize != i);
                prop_assert_eq!(copies[copy.nearest as usize].first, copy.first);
            }
            prop_assert!((0.0..=1.0).contains(&copy.similarity));
        }
    }
}
