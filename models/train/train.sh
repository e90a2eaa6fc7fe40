#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes models/default.fabula and models/language-id.ftz from scratch, on two cores, in about two hours.
#
# usage: models/train/train.sh TRAINING_DATA EVALUATION_DATA OUTPUT
#
# TRAINING_DATA    folder of lexicon-*.tsv.xz, sentences-*.tsv.xz (group TAB language TAB text),
#                  word-frequency.tsv.xz (language TAB word TAB count), the same of further languages (extra-*) and
#                  anchor-en/
# EVALUATION_DATA  folder of labelled articles, *.jsonl.xz, and flores-devtest.tsv.xz, flores-devtest-new.tsv.xz: the pair
#                  model is fitted on the articles, the sentences are only measured on
# OUTPUT           folder for the two model files, the figures and what is in between (5 GB)
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

# One file of each kind for the first 52 languages and the further ones, whose groups have the same numbers. Uzbek is one
# language in two scripts.
merged() {
    sort --stable --numeric-sort --key 1,1 "$1" "$2" | sed 's/\tuz-Cyrl\t/\tuz\t/' | awk -F '\t' '!seen[$0]++'
}
merged "$work/sentences-flores-dev.tsv" "$work/extra-sentences-flores-dev.tsv" > "$work/sentences-flores.tsv"
merged "$work/flores-devtest.tsv" "$work/flores-devtest-new.tsv" > "$work/devtest.tsv"
sed 's/^uz-Cyrl\t/uz\t/' "$work/word-frequency.tsv" "$work/extra-word-frequency.tsv" > "$work/frequencies.tsv"
for file in "$work"/extra-*.tsv; do
    sed -i 's/\tuz-Cyrl\t/\tuz\t/' "$file"
done
# Two thirds of the Slovene sentences of Tatoeba are Slovak, by letters that Slovene has not.
LC_ALL=C.UTF-8 grep -v "$(printf '^[^\t]*\tsl\t.*[áäďéíľĺňóôŕťúýÁÄĎÉÍĽĹŇÓÔŔŤÚÝ]')" \
    "$work/sentences-tatoeba.tsv" > "$work/sentences-tatoeba.part"
mv "$work/sentences-tatoeba.part" "$work/sentences-tatoeba.tsv"

# Three trainings that differ in their random numbers, of which the model is the mean. The lists of countries and towns
# weigh little in two of them, see docs/model-experiments.md.
for seed in 1 2 3; do
    trained=$work/trained-$seed
    names=0.2
    [ $seed -ne 3 ] || names=1
    [ -e "$trained.embedding" ] && continue
    "$programs/embedding/fabula_train_embedding" \
        "$work"/lexicon-omw.tsv "$work"/lexicon-osm.tsv "$work"/lexicon-wiktionary.tsv \
        "$work"/lexicon-wiktionary-forms.tsv "$work"/extra-lexicon-omw.tsv "$work"/extra-lexicon-wiktionary.tsv \
        "$work"/extra-lexicon-words.tsv "$work"/extra-names-cldr.tsv "$work"/extra-names-geonames.tsv \
        "$work"/sentences-tatoeba.tsv "$work"/sentences-flores.tsv "$work"/sentences-tico19.tsv \
        "$work"/sentences-courses.tsv "$work"/extra-sentences-tico19.tsv "$work"/extra-sentences-tatoeba.tsv \
        "$work"/extra-sentences-prose.tsv "$work"/extra-sentences-bible.tsv "$work"/extra-sentences-courses.tsv \
        --frequencies "$work/frequencies.tsv" --development "$work/devtest.tsv" --checkpoint "$trained.checkpoint" \
        --epochs 5 --seed $seed --anchor "$data/anchor-en" --anchor-weight 1.5 --words 495000 --stems 200000 \
        --source-weight lexicon-wiktionary-forms=0.7 --source-weight sentences-courses=0.3 \
        --source-weight sentences-flores=8 --source-weight sentences-tico19=3 \
        --source-weight extra-sentences-tico19=2 --source-weight extra-sentences-tatoeba=2 \
        --source-weight extra-sentences-prose=3 --source-weight extra-sentences-courses=0.3 \
        --source-weight extra-sentences-bible=0.9 --source-weight extra-names-cldr=$names \
        --source-weight extra-names-geonames=$names \
        --output "$trained.embedding.part" 2>&1 | tee -a "$output/training.log" >&2
    mv "$trained.embedding.part" "$trained.embedding"
done

# Only languages whose sentences find their translations are in the model, see models/README.md.
awk -F '\t' 'NR == FNR { listed[$1]; next } $2 in listed' "$here/embedding/languages.txt" "$work/sentences-flores.tsv" \
    > "$work/sentences-listed.tsv"
awk -F '\t' 'NR == FNR { listed[$1]; next } $2 in listed' "$here/embedding/languages.txt" "$work/devtest.tsv" \
    > "$work/devtest-listed.tsv"

"$programs/embedding/fabula_build_pack" "$work"/trained-[123].embedding \
    --frequencies "$work/frequencies.tsv" --parallel "$work/sentences-listed.tsv" \
    --sentences "$work/sentences-tatoeba.tsv" --sentences "$work/sentences-listed.tsv" \
    --sentences "$work/sentences-tico19.tsv" --sentences "$work/extra-sentences-tatoeba.tsv" \
    --sentences "$work/extra-sentences-tico19.tsv" --sentences "$work/extra-sentences-prose.tsv" \
    --card "$here/embedding/card.json" --output "$output/default.fabula"

sh "$here/pair/train.sh" "$programs/pair" "$work/sentences-listed.tsv" "$work/extra-names-cldr.tsv" "$work" \
    "$output/default.fabula" "$output/default.fabula" > "$output/pair-model.txt"

sets="$work/ntrex.jsonl $work/meantime.jsonl $work/onestop.jsonl"
# shellcheck disable=SC2086 # a list of files
"$programs/measure/fabula_measure_model" "$output/default.fabula" --sentences "$work/devtest-listed.tsv" \
    --parallel-articles "$work/ntrex.jsonl" --parallel-titles "$work/ntrex.jsonl" "$work/meantime.jsonl" --articles $sets "$work/itn_clean.jsonl" --write > "$output/figures.md"
cat "$output/figures.md"
