"""A lexicon of one's own: what it adds, what it changes, and what is said of its faults."""

import pandas as pd
import pytest

import nasij


def lexicon_of(*rows, **extra):
    frame = pd.DataFrame([dict(zip(("type", "name"), row, strict=True)) for row in rows])
    return frame.assign(**extra)


def found(text, lexicon):
    return nasij.extract(text, lexicon=lexicon)["entity"].tolist()


def test_the_wikidata_item_reaches_the_table_of_entities():
    mine = lexicon_of(("PER", "لينا هادي"), wikidata="Q42")
    corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": ["قالت لينا هادي في عمّان الجديدة."]}))
    entities = corpus.analyze(nasij.Lexicon.default().extend(mine)).entities
    assert entities.set_index("name")["wikidata"]["لينا هادي"] == "Q42"


def test_of_two_entities_with_one_spelling_the_higher_priority_wins():
    shipped = nasij.Lexicon.default()
    mine = lexicon_of(("MISC", "برلين"), id="misc:berlin-film")
    assert found("عرضوا برلين أمس.", shipped.extend(mine)) == ["misc:berlin-film"]
    low = shipped.extend(mine.assign(priority=-1))
    assert found("عرضوا برلين أمس.", low) == ["loc:berlin"]
    # Also among the rows of one table, and after a further extension.
    two = pd.concat([mine, lexicon_of(("ORG", "برلين"), id="org:berlin", priority=1)])
    assert found("عرضوا برلين أمس.", shipped.extend(two)) == ["org:berlin"]
    assert found("عرضوا برلين أمس.", shipped.extend(two).extend(mine)) == ["org:berlin"]
    assert low.entries.set_index("id")["priority"]["misc:berlin-film"] == -1


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("wikidata", "148", "no item such as Q148"),
        ("wikidata", "Q", "no item such as Q148"),
        ("priority", "high", "no whole number"),
    ],
)
def test_a_wrong_cell_is_named(column, value, fault):
    mine = lexicon_of(("PER", "لينا هادي"), **{column: value})
    with pytest.raises(nasij.LexiconError, match=f"{column}.*{fault}"):
        nasij.Lexicon.default().extend(mine)
