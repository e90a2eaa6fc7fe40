// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <nanobind/ndarray.h>
#include <string>
#include <utility>
#include <vector>

/// Numbers and arrays, in and out.
namespace binding {

/// The array owns `values`: nothing is copied.
template <class Value>
nb::ndarray<nb::numpy, Value> to_array(std::vector<Value> values, std::vector<std::size_t> shape) {
    auto kept = std::make_unique<std::vector<Value>>(std::move(values));
    Value* data = kept->data();
    nb::capsule owner(kept.get(),
                      [](void* all) noexcept { delete static_cast<std::vector<Value>*>(all); });
    (void)kept.release();
    return nb::ndarray<nb::numpy, Value>(data, shape.size(), shape.data(), owner);
}

/// Of one dimension.
template <class Value>
nb::ndarray<nb::numpy, Value> to_array(std::vector<Value> values) {
    const std::size_t count = values.size();
    return to_array(std::move(values), {count});
}

inline std::size_t natural(const char* name, std::int64_t value) {
    if (value < 0)
        throw fabula::Error{fabula::Errc::bad_option, std::string{name} + " is " +
                                                          std::to_string(value) +
                                                          "; it must be 0 or more"};
    return static_cast<std::size_t>(value);
}

inline unsigned threads_of(std::int64_t asked) {
    constexpr std::size_t most = 1U << 20U; // the library's own bound is lower and has a sentence
    return threads_here(static_cast<unsigned>(std::min(natural("threads", asked), most)));
}

} // namespace binding
