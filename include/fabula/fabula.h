/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FABULA_FABULA_H
#define FABULA_FABULA_H

/*
 * Fabula for C, and for every language that calls C: articles in, stories out.
 *
 * Results are JSON, the very bytes that the program writes; <fabula/io.hpp> says what is in them.
 *
 * Every function returns a status but those that free, count or tell. Where it is not FABULA_OK,
 * nothing was made, and `fabula_last_error` has a sentence that names file, place, value and
 * remedy. No exception leaves, and nothing ends the process. Strings are UTF-8 and end with NUL;
 * NULL stands for an empty one where that is said. A NULL where something is needed, or an enum out
 * of range, is FABULA_BAD_ARGUMENT.
 *
 * Handles are freed by the function of their name, once, when no call uses them; NULL may be freed.
 * `const` handles may be shared by any number of threads, and so may a stream.
 */

#include <stddef.h>
#include <stdint.h>

#if defined(FABULA_STATIC)
#define FABULA_C_EXPORT
#else
#define FABULA_C_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The first are those of fabula::Errc, one higher, in their order. */
typedef enum fabula_status {
    FABULA_OK = 0,
    FABULA_FILE_NOT_FOUND,
    FABULA_UNREADABLE,
    FABULA_UNWRITABLE,
    FABULA_DAMAGED_MODEL,
    FABULA_UNSUPPORTED_MODEL,
    FABULA_BAD_OPTION,
    FABULA_BAD_INPUT,
    FABULA_DUPLICATE_ID,
    FABULA_UNUSABLE_ICU,
    FABULA_DAMAGED_DATA,
    FABULA_OTHER_MODEL,
    FABULA_CANCELLED,    /* `progress` said stop */
    FABULA_BAD_ARGUMENT, /* a NULL, or a number that means nothing */
    FABULA_OUT_OF_MEMORY,
    FABULA_UNKNOWN_ERROR
} fabula_status;

/* The sentence of this thread's last call that failed; empty before. Valid until the next. */
FABULA_C_EXPORT const char* fabula_last_error(void);
/* "major.minor.patch" */
FABULA_C_EXPORT const char* fabula_version(void);

/* Bytes that a call has made: `size` of them, and a NUL that is not counted. */
typedef struct fabula_bytes {
    char* data;
    size_t size;
} fabula_bytes;
FABULA_C_EXPORT void fabula_bytes_free(fabula_bytes* bytes); /* and sets it to nothing */

/* ---- The model. */

typedef struct fabula_model fabula_model;
/* `path` NULL: the one that comes with the library. Copies share the vectors. */
FABULA_C_EXPORT fabula_status fabula_model_open(const char* path, fabula_model** model);
FABULA_C_EXPORT void fabula_model_free(fabula_model* model);
FABULA_C_EXPORT size_t fabula_model_dimension(const fabula_model* model); /* 0 of NULL */

/* ---- Articles. */

typedef struct fabula_articles fabula_articles;
/* Of `size` bytes of JSON Lines; fields as <fabula/input.hpp> says. */
FABULA_C_EXPORT fabula_status fabula_articles_parse(const char* json_lines, size_t size,
                                                    fabula_articles** articles);
/* Files and folders of every kind. */
FABULA_C_EXPORT fabula_status fabula_articles_read(const char* const* paths, size_t count,
                                                   fabula_articles** articles);
FABULA_C_EXPORT void fabula_articles_free(fabula_articles* articles);
FABULA_C_EXPORT size_t fabula_articles_count(const fabula_articles* articles); /* 0 of NULL */
/* NULL beyond the last. Valid as long as the articles. */
FABULA_C_EXPORT const char* fabula_articles_id(const fabula_articles* articles, size_t index);

/* ---- Clustering. */

typedef enum fabula_method {
    FABULA_BRANCHES = 0,
    FABULA_AVERAGE,
    FABULA_REFINED,
    FABULA_CONNECTED
} fabula_method;

/* Begin with fabula_cluster_options_init(): later versions add fields at the end. */
typedef struct fabula_cluster_options {
    size_t size;                 /* of this struct, in bytes */
    double min_probability;      /* (0, 1), 0.5 */
    fabula_method method;        /* FABULA_BRANCHES */
    int64_t time_window_seconds; /* 0 = no limit */
    uint32_t threads;            /* 0 = one a usable core */
    uint32_t key_terms;          /* 0-100, 6 */
    int explain;                 /* not 0: the reason of each article */
    /* Row-major, one row an article, of another encoder; NULL = the model's own. */
    const float* vectors;
    size_t vector_dimension;
    /* Called now and then from the calling thread; `of_all` is in [0, 1]. Not 0 ends the run. */
    int (*progress)(void* context, double of_all);
    void* progress_context;
} fabula_cluster_options;
/* Sets all to the defaults. `size` is sizeof(fabula_cluster_options). */
FABULA_C_EXPORT void fabula_cluster_options_init(fabula_cluster_options* options, size_t size);

/* `options` NULL: the defaults. `stories`: a line of JSON a story. `labels`, where not NULL, has
 * room for one an article and gets the place of its story among the lines. */
FABULA_C_EXPORT fabula_status fabula_cluster(const fabula_model* model,
                                             const fabula_articles* articles,
                                             const fabula_cluster_options* options,
                                             fabula_bytes* stories, uint32_t* labels);

/* ---- Two articles, vectors, languages. */

/* Article `first` of one collection with `second` of another or the same, as if alone.
 * `comparison`: a line of JSON, as of `fabula compare --json`. */
FABULA_C_EXPORT fabula_status fabula_compare(const fabula_model* model,
                                             const fabula_articles* first_articles, size_t first,
                                             const fabula_articles* second_articles, size_t second,
                                             fabula_bytes* comparison);

/* `vectors` has room for count × dimension values and gets rows of unit length, or zero. */
FABULA_C_EXPORT fabula_status fabula_embed(const fabula_model* model,
                                           const fabula_articles* articles, uint32_t threads,
                                           float* vectors);

/* `language` gets a BCP-47 tag, or "und"; `probability` and `is_reliable` may be NULL. */
FABULA_C_EXPORT fabula_status fabula_identify(const fabula_model* model, const char* text,
                                              size_t size, char language[32], float* probability,
                                              int* is_reliable);

/* ---- Live stories. Times are seconds since 1970, UTC. */

typedef struct fabula_stream fabula_stream;
/* `window_seconds` 0: articles stay until they are removed. */
FABULA_C_EXPORT fabula_status fabula_stream_open(const fabula_model* model, int64_t window_seconds,
                                                 double min_probability, uint32_t threads,
                                                 fabula_stream** stream);
FABULA_C_EXPORT void fabula_stream_free(fabula_stream* stream);
/* `events`: a line of JSON an event, as of `fabula stream`. */
FABULA_C_EXPORT fabula_status fabula_stream_add(fabula_stream* stream,
                                                const fabula_articles* articles, int64_t now,
                                                fabula_bytes* events);
FABULA_C_EXPORT fabula_status fabula_stream_remove(fabula_stream* stream, const char* id,
                                                   fabula_bytes* events);
FABULA_C_EXPORT fabula_status fabula_stream_expire(fabula_stream* stream, int64_t now,
                                                   fabula_bytes* events);
FABULA_C_EXPORT fabula_status fabula_stream_settle(fabula_stream* stream, fabula_bytes* events);
/* A line of JSON a story. */
FABULA_C_EXPORT fabula_status fabula_stream_stories(const fabula_stream* stream,
                                                    fabula_bytes* stories);

#ifdef __cplusplus
}
#endif

#endif
