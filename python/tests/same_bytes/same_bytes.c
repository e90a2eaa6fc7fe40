// SPDX-License-Identifier: Apache-2.0
// What C gives: same_bytes_c WHAT FILE, to standard output. See test_same_bytes.py.

#include <fabula/fabula.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(fabula_status status) {
    if (status == FABULA_OK)
        return;
    fprintf(stderr, "%s\n", fabula_last_error());
    exit(EXIT_FAILURE);
}

static void put(fabula_bytes* made) {
    fwrite(made->data, 1, made->size, stdout);
    fabula_bytes_free(made);
}

int main(int argc, char** argv) {
    fabula_model* model = NULL;
    fabula_articles* articles = NULL;
    fabula_stream* stream = NULL;
    fabula_bytes made = {NULL, 0};
    fabula_cluster_options options;
    const char* what = argc > 2 ? argv[1] : "";
    const char* const* paths = (const char* const*)(argv + 2);
    size_t count = 0;

    check(fabula_model_open(NULL, &model));
    check(fabula_articles_read(paths, 1, &articles));
    count = fabula_articles_count(articles) * fabula_model_dimension(model);
    fabula_cluster_options_init(&options, sizeof options);
    if (strcmp(what, "strict") == 0)
        options.min_probability = 0.8;
    if (strcmp(what, "average") == 0)
        options.method = FABULA_AVERAGE;
    if (strcmp(what, "window") == 0)
        options.time_window_seconds = 86400;
    options.explain = strcmp(what, "explain") == 0;

    if (strcmp(what, "compare") == 0) {
        check(fabula_compare(model, articles, 0, articles, 1, &made));
        put(&made);
    } else if (strcmp(what, "embed") == 0) {
        float* vectors = malloc(count * sizeof *vectors);
        check(fabula_embed(model, articles, 0, vectors));
        fwrite(vectors, sizeof *vectors, count, stdout);
        free(vectors);
    } else if (strcmp(what, "stream") == 0) {
        check(fabula_stream_open(model, INT64_C(31) * 86400, 0.5, 0, &stream));
        check(fabula_stream_add(stream, articles, 1774915200, &made));
        put(&made);
        check(fabula_stream_settle(stream, &made));
        put(&made);
    } else {
        check(fabula_cluster(model, articles, &options, &made, NULL));
        put(&made);
    }
    fabula_stream_free(stream);
    fabula_articles_free(articles);
    fabula_model_free(model);
    return EXIT_SUCCESS;
}
