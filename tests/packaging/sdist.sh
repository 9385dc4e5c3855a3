#!/usr/bin/env bash
# Builds the source distribution, installs it with pip into a clean environment, and runs it on the
# sample away from the checkout, as a user would.
#   sdist.sh MATURIN ARTICLES
set -euo pipefail
maturin=$1
articles=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$maturin" sdist --out "$work/sdist"
sdist=$(echo "$work"/sdist/nasij-*.tar.gz)
tar -tzf "$sdist" | sed 's,^[^/]*/,,' >"$work/files"
for needed in LICENSE README.md Cargo.lock seeds/lexicon/people.tsv seeds/model/tagger.bin python/nasij/py.typed; do
    grep -qx "$needed" "$work/files" || { echo "the sdist lacks $needed" >&2; exit 1; }
done
if grep -E '\.(so|pyd|pyc)$' "$work/files"; then
    echo "the sdist holds compiled files" >&2
    exit 1
fi

# The libraries are compiled already; only nasij itself is compiled again.
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
export CARGO_TARGET_DIR
python=$(dirname "$maturin")/python
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip --disable-pip-version-check --quiet install "$sdist"

cd "$work"
venv/bin/nasij analyze "$articles" -o out >report.txt
for table in documents.csv mentions.csv entities.csv pairs.csv network.gexf; do
    [ -s "out/$table" ] || { echo "nasij analyze wrote no $table" >&2; exit 1; }
done
venv/bin/python - <<'PY'
import pandas as pd

pairs = pd.read_csv("out/pairs.csv")
mentions = pd.read_csv("out/mentions.csv")
assert len(pairs) > 10, pairs
assert len(mentions) > 100, mentions
print(f"sdist: installed and tried: {len(mentions)} mentions, {len(pairs)} pairs")
PY
