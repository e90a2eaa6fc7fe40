// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Everything, in the order in which the data flows.
#include <fabula/article.hpp>
#include <fabula/clustering.hpp>
#include <fabula/embedding.hpp>
#include <fabula/error.hpp>
#include <fabula/evaluation.hpp>
#include <fabula/export.hpp>
#include <fabula/io.hpp>
#include <fabula/language.hpp>
#include <fabula/model.hpp>
#include <fabula/similarity.hpp>
#include <fabula/story.hpp>
#include <fabula/text.hpp>
#include <fabula/version.hpp>
