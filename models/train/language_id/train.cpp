// SPDX-License-Identifier: Apache-2.0

// Trains the language identifier on the output of fabula_language_id_prepare, quantises it, and
// seals it with the preparation of its text and a checksum.
//
//     fabula_language_id_train TRAIN_FILE MODEL.ftz
//
// The same training file gives the same model byte for byte: fastText is deterministic with one
// thread. Takes 500 MiB and some minutes.

#include "language/fasttext_file.hpp"
#include "language/normalise.hpp"
#include "program.hpp"

#include <fasttext/fasttext.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

namespace {

fasttext::Args training_options(const std::string& input) {
    fasttext::Args options;
    options.input = input;
    options.model = fasttext::model_name::sup;
    options.loss = fasttext::loss_name::softmax;
    options.dim = 16;
    options.minn = 2;
    options.maxn = 5;
    options.wordNgrams = 1;
    options.bucket = 1'000'000;
    options.minCount = 1'000; // character n-grams say more for their bytes than whole words
    options.epoch = 4;
    options.lr = 0.5;
    options.thread = 1;
    options.seed = 20261122;
    options.verbose = 1;
    return options;
}

fasttext::Args quantising_options(const std::string& input) {
    fasttext::Args options;
    options.input = input;
    options.qnorm = true;
    options.dsub = 2;
    options.cutoff = 60'000; // at 17 bytes or so each: 1 MiB
    options.retrain = true;
    options.epoch = 2;
    options.lr = 0.2;
    options.thread = 1;
    options.verbose = 1;
    return options;
}

void run(const std::string& input, const std::string& output) {
    fasttext::FastText model;
    model.train(training_options(input));
    model.quantize(quantising_options(input));
    model.saveModel(output);

    const std::string bytes = fabula::detail::read_model_file(output);
    static_cast<void>(fabula::detail::check_fasttext(bytes));
    std::ofstream file(output, std::ios::binary | std::ios::app);
    file << fabula::detail::make_seal(
        bytes, static_cast<std::uint32_t>(fabula::detail::latest_preparation));
    if (!file.flush()) {
        throw std::runtime_error("cannot write " + output);
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: fabula_language_id_train TRAIN_FILE MODEL.ftz\n";
        return EXIT_FAILURE;
    }
    return fabula::training::run_program("language_id_train", [&] { run(argv[1], argv[2]); });
}
