// SPDX-License-Identifier: Apache-2.0
#include "tab_lines.hpp"

#include <fabula/error.hpp>

namespace fabula::training {

TabLines::TabLines(const std::filesystem::path& file, const char* form)
    : file_(file.string()), form_(form), in_(file) {
    if (!in_)
        throw Error(Errc::file_not_found, file_ + ": cannot be opened");
}

bool TabLines::next() {
    if (!std::getline(in_, line_))
        return false;
    ++number_;
    first_ = line_.find('\t');
    second_ = first_ == std::string::npos ? first_ : line_.find('\t', first_ + 1);
    if (second_ == std::string::npos)
        refuse();
    return true;
}

void TabLines::refuse() const {
    throw Error(Errc::bad_input, file_ + ":" + std::to_string(number_) + ": expected " + form_);
}

} // namespace fabula::training
