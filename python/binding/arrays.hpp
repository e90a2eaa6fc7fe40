// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <utility>
#include <vector>

namespace binding {

/// The array owns `values`: nothing is copied.
template <class Value>
nanobind::ndarray<nanobind::numpy, Value> to_array(std::vector<Value> values,
                                                   std::vector<std::size_t> shape) {
    auto kept = std::make_unique<std::vector<Value>>(std::move(values));
    Value* data = kept->data();
    nanobind::capsule owner(
        kept.get(), [](void* all) noexcept { delete static_cast<std::vector<Value>*>(all); });
    (void)kept.release();
    return nanobind::ndarray<nanobind::numpy, Value>(data, shape.size(), shape.data(), owner);
}

/// Of one dimension.
template <class Value>
nanobind::ndarray<nanobind::numpy, Value> to_array(std::vector<Value> values) {
    const std::size_t count = values.size();
    return to_array(std::move(values), {count});
}

} // namespace binding
