// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

namespace binding {

void define_stream(nanobind::module_& module);
void define_store(nanobind::module_& module);

} // namespace binding
