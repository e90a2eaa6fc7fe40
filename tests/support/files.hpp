// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fabula::test {

inline void write_bytes(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream out{file, std::ios::binary};
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out)
        throw std::runtime_error{"cannot write " + file.string()};
}

/// A new, empty folder that goes away with everything in it.
class TempFolder {
public:
    TempFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "fabula-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error{"no temporary folder: " + name};
        path_ = name;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
        return path_ / name;
    }

    /// Writes a file in the folder and answers its path.
    std::filesystem::path write(const std::string& name, std::string_view bytes) const {
        write_bytes(path_ / name, bytes);
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

/// All bytes of a file. \throws std::runtime_error where it cannot be opened
inline std::string read_bytes(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in)
        throw std::runtime_error{"cannot read " + file.string()};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

} // namespace fabula::test
