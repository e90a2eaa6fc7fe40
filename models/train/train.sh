#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes models/default.fabula and models/language-id.ftz from scratch, on two cores, in about half an hour.
#
# usage: models/train/train.sh TRAINING_DATA EVALUATION_DATA OUTPUT
#
# TRAINING_DATA    folder of lexicon-*.tsv.xz, sentences-*.tsv.xz (group TAB language TAB text),
#                  word-frequency.tsv.xz (language TAB word TAB count) and anchor-en/
# EVALUATION_DATA  folder of labelled articles, *.jsonl.xz, and flores-devtest.tsv.xz: the pair model is fitted on the
#                  articles, the sentences are only measured on
# OUTPUT           folder for the two model files, the figures and what is in between (3 GB)
set -eu
if [ $# -ne 3 ]; then
    sed -n 's/^# usage/usage/p' "$0" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
data=$1
evaluation=$2
mkdir -p "$3"
output=$(cd "$3" && pwd)
work=$output/work
mkdir -p "$work"

cmake -S "$here/../.." -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DFABULA_BUILD_TRAINING=ON -DFABULA_BUILD_TESTS=OFF
cmake --build "$work/build" --parallel 2
programs=$work/build/models/train

for file in "$data"/*.tsv.xz "$evaluation"/*.xz; do
    plain=$work/$(basename "$file" .xz)
    [ -e "$plain" ] || { xz -dc "$file" > "$plain.part" && mv "$plain.part" "$plain"; }
done

[ -e "$output/language-id.ftz" ] ||
    bash "$here/language_id/train.sh" "$data" "$output/language-id.ftz" "$programs/language_id"

if [ ! -e "$work/trained.embedding" ]; then
    "$programs/embedding/fabula_train_embedding" \
        "$work"/lexicon-omw.tsv "$work"/lexicon-osm.tsv "$work"/lexicon-wiktionary.tsv \
        "$work"/lexicon-wiktionary-forms.tsv "$work"/sentences-tatoeba.tsv \
        "$work"/sentences-flores-dev.tsv "$work"/sentences-tico19.tsv "$work"/sentences-courses.tsv \
        --frequencies "$work/word-frequency.tsv" --development "$work/flores-devtest.tsv" \
        --checkpoint "$work/trained.checkpoint" --epochs 5 --anchor "$data/anchor-en" --anchor-weight 1.5 \
        --source-weight lexicon-wiktionary-forms=0.7 --source-weight sentences-courses=0.3 \
        --source-weight sentences-flores-dev=4 --source-weight sentences-tico19=3 \
        --output "$work/trained.embedding.part" 2>&1 | tee -a "$output/training.log" >&2
    mv "$work/trained.embedding.part" "$work/trained.embedding"
fi

"$programs/embedding/fabula_build_pack" "$work/trained.embedding" \
    --frequencies "$work/word-frequency.tsv" \
    --parallel "$work/sentences-flores-dev.tsv" \
    --sentences "$work/sentences-tatoeba.tsv" --sentences "$work/sentences-flores-dev.tsv" \
    --sentences "$work/sentences-tico19.tsv" \
    --card "$here/embedding/card.json" --output "$output/default.fabula"

sh "$here/pair/train.sh" "$programs/pair" "$work/sentences-flores-dev.tsv" "$work" "$output/default.fabula" \
    "$output/default.fabula" > "$output/pair-model.txt"

sets="$work/ntrex.jsonl $work/meantime.jsonl $work/onestop.jsonl"
# shellcheck disable=SC2086 # a list of files
"$programs/measure/fabula_measure_model" "$output/default.fabula" --sentences "$work/flores-devtest.tsv" \
    --parallel-articles "$work/ntrex.jsonl" --articles $sets "$work/itn_clean.jsonl" --write > "$output/figures.md"
cat "$output/figures.md"
