// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Everything, in the order in which the data flows.
// clang-format off
#include <fabula/version.hpp>
#include <fabula/export.hpp>
#include <fabula/error.hpp>
#include <fabula/article.hpp>
#include <fabula/input.hpp>
#include <fabula/text.hpp>
#include <fabula/boilerplate.hpp>
#include <fabula/language.hpp>
#include <fabula/model.hpp>
#include <fabula/embedding.hpp>
#include <fabula/features.hpp>
#include <fabula/statistics.hpp>
#include <fabula/neighbours.hpp>
#include <fabula/scoring.hpp>
#include <fabula/clustering.hpp>
#include <fabula/story.hpp>
#include <fabula/links.hpp>
#include <fabula/comparer.hpp>
#include <fabula/pipeline.hpp>
#include <fabula/blocks.hpp>
#include <fabula/stream.hpp>
#include <fabula/store.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/io.hpp>
#include <fabula/report.hpp>
// clang-format on
