// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fabula/article.hpp>
#include <fabula/error.hpp>
#include <fabula/fabula.h>
#include <fabula/model.hpp>

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

struct fabula_model {
    fabula::Model model;
};

struct fabula_articles {
    std::vector<fabula::Article> articles;
};

namespace fabula::detail {

/// Keeps the sentence for `fabula_last_error` of this thread, as far as there is memory.
fabula_status fail(fabula_status status, const char* sentence) noexcept;

/// Runs `work` and turns what it throws into a status.
template <class Work>
fabula_status guarded(Work&& work) noexcept {
    try {
        work();
        return FABULA_OK;
    } catch (const Error& error) {
        return fail(static_cast<fabula_status>(static_cast<int>(error.code()) + 1), error.what());
    } catch (const std::invalid_argument& error) {
        return fail(FABULA_BAD_ARGUMENT, error.what());
    } catch (const std::bad_alloc&) {
        return fail(FABULA_OUT_OF_MEMORY, "there is not enough memory for this");
    } catch (const std::exception& error) {
        return fail(FABULA_UNKNOWN_ERROR, error.what());
    } catch (...) {
        return fail(FABULA_UNKNOWN_ERROR, "something unknown was thrown");
    }
}

/// \throws std::invalid_argument that names what is NULL
template <class Value>
Value& needed(Value* value, const char* name) {
    if (value == nullptr)
        throw std::invalid_argument(std::string{name} + " is NULL");
    return *value;
}

/// Hands a copy of `text` to the caller, who frees it.
void give(const std::string& text, fabula_bytes& bytes);

/// What `write` writes, handed to the caller.
template <class Write>
void give_written(fabula_bytes& bytes, Write&& write) {
    std::ostringstream out;
    write(out);
    give(std::move(out).str(), bytes);
}

[[nodiscard]] const Article& article_at(const fabula_articles& articles, std::size_t index);

/// A time from C. \throws std::invalid_argument where it is no year of -9999 to 9999, which sums of
/// times could not hold
[[nodiscard]] std::chrono::sys_seconds time_of(std::int64_t seconds);

} // namespace fabula::detail
