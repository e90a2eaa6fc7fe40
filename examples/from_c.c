// SPDX-License-Identifier: Apache-2.0
// Expect: 75 articles, [0-9]+ stories
// Expect: "relation":"
// Expect: "event":"created"
// Arguments: examples/data/articles.jsonl
//
// The library from C: cluster a file, compare two of its articles, and follow it as a stream.

#include <fabula/fabula.h>

#include <stdio.h>
#include <stdlib.h>

static void check(fabula_status status) {
    if (status == FABULA_OK)
        return;
    fprintf(stderr, "%s\n", fabula_last_error());
    exit(EXIT_FAILURE);
}

/* The first line of what was made. */
static void show(const char* what, fabula_bytes* lines) {
    int length = 0;
    while ((size_t)length < lines->size && lines->data[length] != '\n')
        ++length;
    printf("%s: %.*s\n", what, length, lines->data);
    fabula_bytes_free(lines);
}

int main(int argc, char** argv) {
    fabula_model* model = NULL;
    fabula_articles* articles = NULL;
    fabula_stream* stream = NULL;
    fabula_bytes made = {NULL, 0};
    const char* const* paths = (const char* const*)(argv + 1);
    size_t stories = 0;
    size_t i = 0;

    check(fabula_model_open(NULL, &model));
    check(fabula_articles_read(paths, (size_t)argc - 1, &articles));

    check(fabula_cluster(model, articles, NULL, &made, NULL));
    for (i = 0; i < made.size; ++i)
        stories += made.data[i] == '\n';
    printf("%zu articles, %zu stories\n", fabula_articles_count(articles), stories);
    show("the largest", &made);

    check(fabula_compare(model, articles, 0, articles, 1, &made));
    show("the first two", &made);

    check(fabula_stream_open(model, 0, 0.5, 0, &stream));
    check(fabula_stream_add(stream, articles, 1774915200, &made));
    show("what happened first", &made);

    fabula_stream_free(stream);
    fabula_articles_free(articles);
    fabula_model_free(model);
    return EXIT_SUCCESS;
}
