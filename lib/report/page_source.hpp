// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fabula::detail {

// Made by embed_page.cmake of the files in report/page, with their SHA-256 in hexadecimal digits.
extern const std::string_view page_script;
extern const std::string_view page_script_sha256;
extern const std::string_view page_style;
extern const std::string_view page_style_sha256;
extern const std::string_view page_template;
extern const std::string_view page_template_sha256;

/// 'sha256-…', as a Content-Security-Policy names a script or a style. `hexadecimal` is of 64
/// digits.
[[nodiscard]] std::string policy_source(std::string_view hexadecimal);

/// The page around its data: what comes before and after.
struct PageFrame {
    std::string head;
    std::string tail;
};
[[nodiscard]] PageFrame page_frame(std::string_view title);

} // namespace fabula::detail
