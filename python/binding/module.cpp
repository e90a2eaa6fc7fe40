// SPDX-License-Identifier: Apache-2.0
#include "articles.hpp"
#include "blocks.hpp"
#include "clustering.hpp"
#include "run.hpp"
#include "stream.hpp"
#include "values.hpp"

#include <fabula/fabula.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>
#include <sstream>

namespace nb = nanobind;
using namespace nb::literals;

namespace binding {
namespace {

/// Unit vectors, and of each article its status, language and the probability of that.
nb::tuple embed(const fabula::Model& model, const Articles& articles, std::int64_t threads,
                double word_weight, double title_weight) {
    fabula::EmbedOptions options;
    options.threads = threads_of(threads);
    options.word_weight = word_weight;
    options.title_weight = title_weight;
    const std::span<const fabula::Article> all = articles.set.articles;
    fabula::Embeddings made =
        interruptible(nb::none(), [&](const std::stop_token& stop, const auto&) {
            const fabula::Embedder embedder{model, options};
            constexpr std::size_t piece = 4096; // small beside the whole, large beside the start
            const std::size_t dimension = model.dimension();
            fabula::Embeddings whole;
            whole.matrix = {all.size(), dimension, {}};
            whole.matrix.values.reserve(all.size() * dimension);
            whole.outcomes.reserve(all.size());
            for (std::size_t i = 0; i < all.size() && !stop.stop_requested(); i += piece) {
                fabula::Embeddings part =
                    embedder.embed(all.subspan(i, std::min(piece, all.size() - i)));
                whole.matrix.values.insert(whole.matrix.values.end(), part.matrix.values.begin(),
                                           part.matrix.values.end());
                std::move(part.outcomes.begin(), part.outcomes.end(),
                          std::back_inserter(whole.outcomes));
            }
            return whole;
        });
    nb::list statuses;
    nb::list languages;
    for (const fabula::EmbeddingOutcome& outcome : made.outcomes) {
        statuses.append(to_str(to_string(outcome.status)));
        languages.append(to_str(outcome.language));
    }
    return nb::make_tuple(
        to_array(std::move(made.matrix.values), {made.matrix.rows, made.matrix.dimension}),
        statuses, languages);
}

const fabula::Article& only(const Articles& articles) {
    if (articles.set.articles.size() != 1)
        throw fabula::Error{fabula::Errc::bad_input, "exactly one article is needed here"};
    return articles.set.articles.front();
}

struct Comparer {
    fabula::Comparer comparer;
    fabula::Embedder embedder;
};

nb::str compare(const Comparer& comparer, const Articles& first, const Articles& second) {
    const std::string json = unlocked([&] {
        const auto side = [&](const fabula::Article& article) {
            return fabula::ComparedArticle{article, comparer.embedder.embed(article).outcome};
        };
        std::ostringstream out;
        write_json(out, comparer.comparer.compare(only(first), only(second)), side(only(first)),
                   side(only(second)));
        return std::move(out).str();
    });
    return to_str(json);
}

nb::tuple identify(const fabula::Model& model, const nb::str& text) {
    const std::string utf8 = to_utf8(text);
    const fabula::LanguageGuess guess = unlocked([&] { return model.identifier().identify(utf8); });
    return nb::make_tuple(to_str(guess.language), static_cast<double>(guess.probability),
                          guess.is_reliable);
}

nb::dict to_dict(const fabula::PrecisionRecall& figures) {
    nb::dict dict;
    dict["precision"] = figures.precision;
    dict["recall"] = figures.recall;
    dict["f1"] = figures.f1;
    return dict;
}

nb::dict evaluate(const std::vector<std::uint32_t>& predicted,
                  const std::vector<std::uint32_t>& gold,
                  const std::vector<std::string>& languages) {
    const fabula::ClusteringQuality quality =
        unlocked([&] { return fabula::evaluate_clustering(predicted, gold, languages); });
    nb::dict dict;
    dict["bcubed"] = to_dict(quality.bcubed);
    dict["pairwise"] = to_dict(quality.pairwise);
    dict["adjusted_rand_index"] = quality.adjusted_rand_index;
    dict["homogeneity"] = quality.homogeneity;
    dict["completeness"] = quality.completeness;
    dict["v_measure"] = quality.v_measure;
    dict["cross_language_recall"] = quality.cross_language_recall;
    dict["articles"] = quality.articles;
    dict["predicted_clusters"] = quality.predicted_clusters;
    dict["gold_clusters"] = quality.gold_clusters;
    dict["largest_predicted"] = quality.largest_predicted;
    dict["largest_gold"] = quality.largest_gold;
    nb::dict by_language;
    for (const auto& [language, figures] : quality.by_language)
        by_language[to_str(language)] = to_dict(figures);
    dict["by_language"] = by_language;
    return dict;
}

nb::dict card_of(const fabula::Model& model) {
    const fabula::ModelCard& card = model.card();
    nb::dict dict;
    dict["name"] = to_str(card.name);
    dict["version"] = to_str(card.version);
    dict["description"] = to_str(card.description);
    dict["licence"] = to_str(card.licence);
    dict["attribution"] = to_str(card.attribution);
    dict["provenance"] = to_str(card.provenance);
    dict["checksum"] = to_str(card.checksum);
    dict["path"] = to_str(card.path);
    dict["bytes"] = card.bytes;
    dict["vocabulary"] = card.vocabulary;
    dict["subwords"] = card.subwords;
    dict["quantisation"] = to_str(card.quantisation);
    return dict;
}

fabula::ReadOptions reading(bool skip_bad_lines, bool strict, bool labels,
                            const std::vector<std::pair<std::string, std::string>>& fields,
                            std::int64_t max_text_bytes, std::int64_t first_line) {
    fabula::ReadOptions options;
    options.skip_bad_lines = skip_bad_lines;
    options.strict = strict;
    options.gold_stories = labels;
    options.max_text_bytes = natural("max_text_bytes", max_text_bytes);
    options.first_line = natural("first_line", first_line);
    for (const auto& [field, name] : fields)
        options.fields.push_back({field, name});
    return options;
}

void define_articles(nb::module_& module) {
    nb::class_<fabula::ReadOptions>(module, "Reading")
        .def(nb::new_(&reading), "skip_bad_lines"_a, "strict"_a, "labels"_a, "fields"_a,
             "max_text_bytes"_a, "first_line"_a);
    nb::class_<Articles>(module, "Articles")
        .def_static("of_tuples", &Articles::of_tuples, "rows"_a)
        .def_static("of_lines", &Articles::of_lines, "pieces"_a, "reading"_a)
        .def_static("of_files", &Articles::of_files, "paths"_a, "reading"_a)
        .def("__len__", [](const Articles& articles) { return articles.set.articles.size(); })
        .def("at", &Articles::at, "index"_a)
        .def("ids",
             [](const Articles& articles) {
                 nb::list ids;
                 for (const fabula::Article& article : articles.set.articles)
                     ids.append(to_str(article.id));
                 return ids;
             })
        .def("labels",
             [](const Articles& articles) {
                 nb::list labels;
                 for (const std::string& story : articles.set.gold_stories)
                     labels.append(to_str(story));
                 return labels;
             })
        .def("stated_languages",
             [](const Articles& articles) {
                 nb::list languages;
                 for (const fabula::Article& article : articles.set.articles)
                     languages.append(to_str(article.language));
                 return languages;
             })
        .def("bad_lines",
             [](const Articles& articles) {
                 nb::list lines;
                 for (const fabula::BadLine& bad : articles.set.bad_lines)
                     lines.append(to_str(to_string(bad)));
                 return lines;
             })
        .def_prop_ro("bad_line_count",
                     [](const Articles& articles) { return articles.set.bad_line_count; })
        .def("notes", [](const Articles& articles) {
            nb::list notes;
            for (const fabula::ReadNote& note : articles.set.notes)
                notes.append(to_str(note.sentence));
            return notes;
        });
}

void define_models(nb::module_& module) {
    nb::class_<fabula::Model>(module, "Model")
        .def_static(
            "open",
            [](const std::string& path) {
                return unlocked([&] {
                    return path.empty() ? fabula::Model::bundled() : fabula::Model::load(path);
                });
            },
            "path"_a)
        .def_prop_ro("dimension", &fabula::Model::dimension)
        .def_prop_ro("languages", [](const fabula::Model& model) { return model.languages(); })
        .def("card", &card_of);
    nb::class_<Comparer>(module, "Comparer")
        .def(nb::new_([](const fabula::Model& model, const Articles* collection,
                         std::int64_t time_window, std::int64_t threads) {
                 fabula::ComparerOptions options;
                 options.time_window = std::chrono::seconds{time_window};
                 options.threads = threads_of(threads);
                 return interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
                     return Comparer{
                         collection != nullptr
                             ? fabula::Comparer{model, collection->set.articles, options}
                             : fabula::Comparer{model, options},
                         fabula::Embedder{model}};
                 });
             }),
             "model"_a, "collection"_a.none(), "time_window"_a, "threads"_a)
        .def("compare", &compare, "first"_a, "second"_a);
}

} // namespace

NB_MODULE(_fabula, module) {
    nb::set_leak_warnings(false); // at the end of the interpreter, caches are still there
    nb::register_exception_translator([](const std::exception_ptr& thrown, void*) {
        try {
            std::rethrow_exception(thrown);
        } catch (const fabula::Error& error) {
            const nb::object made =
                nb::module_::import_("fabula._errors")
                    .attr("make")(static_cast<int>(error.code()), to_str(error.what()));
            PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(made.ptr())), made.ptr());
        }
    });
    module.attr("version") = fabula::version();
    define_articles(module);
    define_models(module);
    define_stream(module);
    define_blocks(module);
    define_store(module);
    define_clustering(module);
    module.def(
        "write_file",
        [](const std::string& path, const nb::bytes& content) {
            unlocked([&] {
                fabula::write_file(path, [&](std::ostream& out) {
                    out.write(content.c_str(), static_cast<std::streamsize>(content.size()));
                });
            });
        },
        "path"_a, "content"_a);
    module.def("embed", &embed, "model"_a, "articles"_a, "threads"_a, "word_weight"_a,
               "title_weight"_a);
    module.def("identify", &identify, "model"_a, "text"_a);
    module.def("evaluate", &evaluate, "predicted"_a, "gold"_a, "languages"_a);
    module.def(
        "parse_time",
        [](const nb::str& text) -> std::optional<std::int64_t> {
            const auto time = fabula::parse_time(to_utf8(text));
            return time ? std::optional{time->time_since_epoch().count()} : std::nullopt;
        },
        "text"_a);
    module.def("end_calls", &end_calls);
    module.def("forget_calls", &forget_calls);
}

} // namespace binding
