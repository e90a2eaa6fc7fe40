// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fasttext/fasttext.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <utility>

namespace fabula::test {

/// A file that is removed at the end of the test.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& name)
        : path_(std::filesystem::temp_directory_path() /
                ("fabula-" + std::to_string(::getpid()) + "-" + name)) {}
    TemporaryFile(const std::string& name, const std::string& bytes) : TemporaryFile(name) {
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::string bytes() const {
        std::ifstream in(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    std::filesystem::path path_;
};

struct TinyModel {
    fasttext::model_name kind = fasttext::model_name::sup;
    fasttext::loss_name loss = fasttext::loss_name::softmax;
    bool quantised = false;
};

/// The bytes of a small fastText model of three languages, trained here and now.
inline std::string train_tiny_model(const TinyModel& wanted) {
    std::string text;
    for (int i = 0; i < 60; ++i) {
        text += "__label__no jeg har ikke sett deg her\n"
                "__label__no vi skal snakke om saken i morgen\n"
                "__label__en the committee will meet again tomorrow\n"
                "__label__en they have not said what they think of it\n"
                "__label__ru завтра комитет соберётся снова\n"
                "__label__ru они не сказали что об этом думают\n";
    }
    const TemporaryFile input("tiny.txt", text);
    const TemporaryFile output("tiny.bin");

    fasttext::Args options;
    options.input = input.path().string();
    options.model = wanted.kind;
    options.loss = wanted.loss;
    options.dim = 6;
    options.minn = 2;
    options.maxn = 3;
    options.bucket = 2000;
    options.minCount = 1;
    options.epoch = 20;
    options.lr = 0.5;
    options.thread = 1;
    options.verbose = 0;
    fasttext::FastText model;
    model.train(options);
    if (wanted.quantised) {
        fasttext::Args quantising;
        quantising.input = options.input;
        quantising.qnorm = true;
        quantising.cutoff = 300;
        quantising.verbose = 0;
        model.quantize(quantising);
    }
    model.saveModel(output.path().string());
    return output.bytes();
}

} // namespace fabula::test
