// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

namespace binding {

/// The steps of a clustering on parts of a collection.
void define_blocks(nanobind::module_& module);

} // namespace binding
