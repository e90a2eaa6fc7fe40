// SPDX-License-Identifier: Apache-2.0
#include "stream.hpp"

#include "live.hpp"

namespace binding {

using namespace nb::literals;

void define_stream(nb::module_& module) {
    using Stream = Live<fabula::StoryStream>;
    nb::class_<Stream> type{module, "Stream"};
    type.def(nb::new_([](const fabula::Model& model, std::int64_t window, double min_probability,
                         std::size_t settle_every, bool keep_texts, unsigned threads) {
                 return Stream{[&] {
                     return fabula::StoryStream{model,
                                                {.window = std::chrono::seconds{window},
                                                 .min_probability = min_probability,
                                                 .settle_every = settle_every,
                                                 .keep_texts = keep_texts,
                                                 .threads = threads_here(threads)}};
                 }};
             }),
             "model"_a, "window"_a, "min_probability"_a, "settle_every"_a, "keep_texts"_a,
             "threads"_a);
    define_live(type);
}

} // namespace binding
