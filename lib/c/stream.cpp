// SPDX-License-Identifier: Apache-2.0
#include "c/guard.hpp"

#include <fabula/io.hpp>
#include <fabula/stream.hpp>

struct fabula_stream {
    fabula::StoryStream stream;
};

using namespace fabula::detail;

namespace {

template <class Change>
fabula_status changed(fabula_stream* stream, fabula_bytes* events, Change&& change) {
    return guarded([&] {
        fabula::StoryStream& all = needed(stream, "stream").stream;
        fabula_bytes& out = needed(events, "events");
        const fabula::StreamUpdate update = change(all);
        give_written(out, [&](std::ostream& to) { write_json_lines(to, update.events); });
    });
}

} // namespace

fabula_status fabula_stream_open(const fabula_model* model, int64_t window_seconds,
                                 double min_probability, uint32_t threads, fabula_stream** stream) {
    return guarded([&] {
        fabula_stream*& out = needed(stream, "stream");
        out = new fabula_stream{fabula::StoryStream{needed(model, "model").model,
                                                    {.window = std::chrono::seconds{window_seconds},
                                                     .min_probability = min_probability,
                                                     .threads = threads}}};
    });
}

void fabula_stream_free(fabula_stream* stream) {
    delete stream;
}

fabula_status fabula_stream_add(fabula_stream* stream, const fabula_articles* articles, int64_t now,
                                fabula_bytes* events) {
    return changed(stream, events, [&](fabula::StoryStream& all) {
        return all.add(needed(articles, "articles").articles, time_of(now));
    });
}

fabula_status fabula_stream_remove(fabula_stream* stream, const char* id, fabula_bytes* events) {
    return changed(stream, events, [&](fabula::StoryStream& all) {
        return all.remove(std::string{&needed(id, "id")});
    });
}

fabula_status fabula_stream_expire(fabula_stream* stream, int64_t now, fabula_bytes* events) {
    return changed(stream, events,
                   [&](fabula::StoryStream& all) { return all.expire(time_of(now)); });
}

fabula_status fabula_stream_settle(fabula_stream* stream, fabula_bytes* events) {
    return changed(stream, events, [](fabula::StoryStream& all) { return all.settle(); });
}

fabula_status fabula_stream_stories(const fabula_stream* stream, fabula_bytes* stories) {
    return guarded([&] {
        const std::vector<fabula::StreamStory> all = needed(stream, "stream").stream.stories();
        give_written(needed(stories, "stories"),
                     [&](std::ostream& to) { write_json_lines(to, all); });
    });
}
