// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

namespace binding {

void define_clustering(nanobind::module_& module);

} // namespace binding
