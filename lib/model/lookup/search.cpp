// SPDX-License-Identifier: Apache-2.0
#include "model/lookup/search.hpp"

#include "model_paths.hpp"

#include <fabula/error.hpp>

#include <algorithm>
#include <cstdlib>
#include <dlfcn.h>
#include <string>
#include <system_error>
#include <vector>

namespace fabula::detail {
namespace {

using std::filesystem::path;

void add_folder(std::vector<path>& folders, const path& folder) {
    if (!folder.empty() && std::find(folders.begin(), folders.end(), folder) == folders.end())
        folders.push_back(folder);
}

// Beside a binary, and where an installation puts data for binaries in bin, lib or lib/<machine>.
void add_folders_around(std::vector<path>& folders, const path& binary) {
    if (binary.empty())
        return;
    const path folder = binary.parent_path();
    add_folder(folders, folder);
    add_folder(folders, (folder / "../share/fabula").lexically_normal());
    add_folder(folders, (folder / "../../share/fabula").lexically_normal());
}

std::vector<path> search_folders() {
    std::vector<path> folders;
    std::error_code failure;
    add_folders_around(folders, std::filesystem::read_symlink("/proc/self/exe", failure));
    // The binary that this very function is in: the shared library, or again the program.
    Dl_info info{};
    if (::dladdr(reinterpret_cast<const void*>(&find_bundled_model), &info) != 0 &&
        info.dli_fname != nullptr) {
        const path binary = std::filesystem::canonical(info.dli_fname, failure);
        if (!failure)
            add_folders_around(folders, binary);
    }
    add_folder(folders, install_model_dir);
    add_folder(folders, source_model_dir);
    return folders;
}

path find(const std::vector<path>& folders, const char* name, const std::string& remedy) {
    std::string places;
    for (const path& folder : folders) {
        std::error_code failure;
        if (std::filesystem::is_regular_file(folder / name, failure))
            return folder / name;
        places += (places.empty() ? "" : ", ") + folder.string();
    }
    throw Error(Errc::file_not_found,
                std::string(name) + " was not found in " + places + "; " + remedy);
}

} // namespace

path find_bundled_model() {
    if (const char* named = std::getenv("FABULA_MODEL"); named != nullptr && *named != '\0') {
        std::error_code failure;
        if (!std::filesystem::exists(named, failure))
            throw Error(Errc::file_not_found,
                        std::string("model file ") + named +
                            ", which the environment variable FABULA_MODEL names, does not exist");
        return named;
    }
    return find(search_folders(), "default.fabula",
                "name a model file by the environment variable FABULA_MODEL");
}

path find_language_identifier(const path& folder) {
    std::vector<path> folders{folder.empty() ? path(".") : folder};
    for (const path& other : search_folders())
        add_folder(folders, other);
    return find(folders, "language-id.ftz", "put it beside the model file");
}

} // namespace fabula::detail
