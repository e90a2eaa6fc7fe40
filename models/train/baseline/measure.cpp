// SPDX-License-Identifier: Apache-2.0
//
// Measures the baseline: fastText vectors trained on each language by itself, turned into the space
// of the English ones by a dictionary, averaged over the words of a sentence.
//
//     fabula_baseline_measure VECTORS_DIR --dictionary FILE... --mean FILE --sentences FILE
//
// The figure is that of fabula_measure_model: the share of sentences whose nearest neighbour by
// cosine among all sentences of the other language is their translation, averaged over both
// directions. Two ways to average:
//
// - mean: the mean of unit word vectors, what fastText's own `print-sentence-vectors` does;
// - SIF:  each unit word vector weighs a / (a + p(word)) with a = 0.001 and p its share of the
//         training text (Arora, Liang and Ma, ICLR 2017), and the mean of the language's sentences
//         in the --mean file is subtracted from the sum scaled to length 1.
//
// The turn is the orthogonal matrix that brings the unit vectors of the dictionary's foreign words
// closest to those of their English words (Procrustes; Smith et al., ICLR 2017).

#include "dictionary.hpp"
#include "nearest.hpp"
#include "program.hpp"
#include "tab_lines.hpp"
#include "vectors.hpp"

#include <fabula/error.hpp>

#include <CLI/CLI.hpp>
#include <Eigen/SVD>

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

namespace {

using namespace fabula;
using namespace fabula::training;

using Sentences = std::map<std::string, std::map<std::string, std::string>>; ///< language, number

struct Options {
    std::filesystem::path vectors;
    std::vector<std::filesystem::path> dictionaries;
    std::filesystem::path mean;
    std::filesystem::path sentences;
    std::size_t pairs{5000};
};

/// One language's sentences in the common space; the rows are in the order of their numbers.
struct Side {
    Matrix mean;
    Matrix sif;
};

struct Score {
    double mean{};
    double sif{};
};

Sentences read_sentences(const std::filesystem::path& file) {
    Sentences out;
    for (TabLines lines(file); lines.next();)
        out[std::string(lines.second())][std::string(lines.first())] = lines.third();
    return out;
}

/// W with W Wᵀ = 1 that makes |X W - Y| least: W = U Vᵀ, where Xᵀ Y = U S Vᵀ.
Matrix procrustes(const Matrix& x, const Matrix& y) {
    const Eigen::MatrixXd product = (x.transpose() * y).cast<double>();
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(product, Eigen::ComputeFullU | Eigen::ComputeFullV);
    return (svd.matrixU() * svd.matrixV().transpose()).cast<float>();
}

/// A row for each sentence, see `WordVectors::sentence`.
Side embed(WordVectors& vectors, const std::map<std::string, std::string>& sentences) {
    const auto n = static_cast<Eigen::Index>(sentences.size());
    Side side{Matrix(n, vectors.dimension()), Matrix(n, vectors.dimension())};
    Eigen::Index row = 0;
    for (const auto& [number, text] : sentences) {
        const WordVectors::Sentence sentence = vectors.sentence(text);
        side.mean.row(row) = sentence.mean;
        side.sif.row(row++) = sentence.sif;
    }
    return side;
}

Side make_side(WordVectors& vectors, const std::map<std::string, std::string>& sentences,
               const std::map<std::string, std::string>& for_mean) {
    Side side = embed(vectors, sentences);
    const Eigen::RowVectorXf mean = embed(vectors, for_mean).sif.colwise().mean();
    side.sif.rowwise() -= mean;
    side.sif.rowwise().normalize();
    return side;
}

/// The turn from a language's space into English, by `pairs` words of the dictionary.
Matrix learn_turn(const Dictionary& dictionary, WordVectors& foreign, WordVectors& english,
                  std::size_t pairs, std::size_t& used) {
    const auto chosen = dictionary.choose(foreign.counts(), english.counts(), pairs);
    used = chosen.size();
    Matrix x(static_cast<Eigen::Index>(used), foreign.dimension());
    Matrix y(static_cast<Eigen::Index>(used), english.dimension());
    for (std::size_t i = 0; i < used; ++i) {
        x.row(static_cast<Eigen::Index>(i)) = foreign.word(chosen[i].foreign);
        y.row(static_cast<Eigen::Index>(i)) = english.word(chosen[i].english);
    }
    return procrustes(x, y);
}

double precision_at_1(const Matrix& first, const Matrix& second) {
    const Matrix cosines = first * second.transpose();
    Eigen::Index hits = 0;
    for_each_nearest(cosines, [&](Eigen::Index i, Eigen::Index j) { hits += i == j ? 1 : 0; });
    return static_cast<double>(hits) / static_cast<double>(2 * cosines.rows());
}

Score score(const Side& a, const Side& b) {
    return {precision_at_1(a.mean, b.mean), precision_at_1(a.sif, b.sif)};
}

void run(const Options& options) {
    const Sentences sentences = read_sentences(options.sentences);
    const Sentences for_mean = read_sentences(options.mean);
    const auto dictionaries = read_dictionaries(options.dictionaries);
    WordVectors english(options.vectors / "en.bin");
    std::map<std::string, Side> sides;
    const auto add = [&](const std::string& language, WordVectors& vectors) -> Side& {
        if (!for_mean.contains(language))
            throw Error(Errc::bad_input,
                        options.mean.string() + ": there are no sentences of " + language);
        return sides[language] = make_side(vectors, sentences.at(language), for_mean.at(language));
    };
    add("en", english);
    std::printf("| language | words known | dictionary pairs | mean | SIF, mean subtracted |\n"
                "|---|---|---|---|---|\n");
    Score sum;
    Score worst{1, 1};
    for (const auto& [language, texts] : sentences) {
        if (language == "en")
            continue;
        WordVectors vectors(options.vectors / (language + ".bin"));
        std::size_t used = 0;
        const auto dictionary = dictionaries.find(language);
        if (dictionary == dictionaries.end())
            throw Error(Errc::bad_input, language + ": no dictionary names this language");
        const Matrix turn = learn_turn(dictionary->second, vectors, english, options.pairs, used);
        Side& side = add(language, vectors);
        side.mean = side.mean * turn;
        side.sif = side.sif * turn;
        const Score s = score(side, sides.at("en"));
        std::printf("| %s | %zu | %zu | %.3f | %.3f |\n", language.c_str(), vectors.counts().size(),
                    used, s.mean, s.sif);
        std::fflush(stdout);
        sum.mean += s.mean;
        sum.sif += s.sif;
        worst.mean = std::min(worst.mean, s.mean);
        worst.sif = std::min(worst.sif, s.sif);
    }
    const auto n = static_cast<double>(sides.size() - 1);
    std::printf("\nmean over %zu languages: mean %.4f, worst %.3f; SIF %.4f, worst %.3f\n\n",
                sides.size() - 1, sum.mean / n, worst.mean, sum.sif / n, worst.sif);
    sum = {};
    for (const auto& [a, b] : direct_pairs) {
        if (!sides.contains(a) || !sides.contains(b))
            continue;
        const Score s = score(sides.at(a), sides.at(b));
        std::printf("%s-%s mean %.3f SIF %.3f\n", a, b, s.mean, s.sif);
    }
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Measure averaged aligned fastText vectors"};
    app.add_option("vectors", options.vectors, "Folder of LANGUAGE.bin")->required();
    app.add_option("--dictionary", options.dictionaries, "group TAB language TAB word")->required();
    app.add_option("--mean", options.mean, "number TAB language TAB sentence, not measured on")
        ->required();
    app.add_option("--sentences", options.sentences, "number TAB language TAB sentence")
        ->required();
    app.add_option("--pairs", options.pairs, "Most dictionary pairs of a language");
    CLI11_PARSE(app, argc, argv);
    return run_program("baseline_measure", [&] { run(options); });
}
