"""Names inside names: found on request, within the mention around them, and nowhere else."""

import pandas as pd
import pytest

import nasij

INSIDE = [
    ("أعلنت وزارة الخارجية الصينية ذلك.", [("الصينية", "norp:chinese", "وزارة الخارجية الصينية")]),
    ("قالت وزارة خارجية الصين ذلك.", [("الصين", "loc:china", "وزارة خارجية الصين")]),
    (
        "درس في جامعة سنغافورة الوطنية.",
        [("سنغافورة", "loc:singapore", "جامعة سنغافورة الوطنية")],
    ),
    ("عبرت السفينة بحر اليابان ليلا.", [("اليابان", "loc:japan", "بحر اليابان")]),
    # What begins a name of its own type is cut from it, and names another.
    ("سيطر الجيش السوري الحر على البلدة.", [("السوري", "norp:syrian", "الجيش السوري الحر")]),
    ("زار الوفد روسيا البيضاء أمس.", []),
    ("حذرت الوكالة الدولية للطاقة الذرية من ذلك.", []),
    ("ارتفع سهم أرامكو السعودية.", [("السعودية", "loc:saudi-arabia", "أرامكو السعودية")]),
    # The whole name is not inside itself, a person's parts are no names, plain names hold none.
    ("زار فلاديمير بوتين موسكو.", []),
    ("رحب عبد الملك الحوثي بالوفد.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), INSIDE)
def test_what_stands_inside(text, expected):
    found = nasij.extract(text, nested=True)
    inner = found[found["outer"].notna()]
    around = found.loc[inner["outer"].astype(int), "text"]
    assert list(zip(inner["text"], inner["entity"], around, strict=True)) == expected


def test_outer_mentions_stay_as_they_are():
    text = " ".join(text for text, _ in INSIDE)
    both, plain = nasij.extract(text, nested=True), nasij.extract(text)
    outer = both[both["outer"].isna()].drop(columns="outer").reset_index(drop=True)
    pd.testing.assert_frame_equal(outer, plain)


def test_each_lies_within_its_outer_one():
    texts = pd.Series([text for text, _ in INSIDE] * 3)
    frame = texts.nasij.extract(nested=True)
    inner = frame[frame["outer"].notna()]
    around = frame.loc[inner["outer"].astype(int)].reset_index(drop=True)
    inner = inner.reset_index(drop=True)
    assert len(inner) == 3 * sum(len(names) for _, names in INSIDE)
    assert (inner["doc"] == around["doc"]).all()
    assert (inner["start"] >= around["start"]).all()
    assert (inner["end"] <= around["end"]).all()
    assert ((inner["end"] - inner["start"]) < (around["end"] - around["start"])).all()
    assert all(texts[row.doc][row.start : row.end] == row.text for row in frame.itertuples())


def test_of_an_analysis():
    texts = [text for text, _ in INSIDE if text]
    analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": texts})).analyze()
    inner = analysis.nested()
    around = analysis.mentions.loc[inner["outer"], "text"]
    expected = [row for _, rows in INSIDE for row in rows]
    assert list(zip(inner["text"], inner["entity"], around, strict=True)) == expected
    assert len(analysis.nested()) == len(inner)
    assert analysis.entities["mentions"].sum() == len(analysis.mentions)
