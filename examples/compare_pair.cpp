// SPDX-License-Identifier: Apache-2.0
// Are two articles reports of one story, how are they related, and why?
//
// Arguments: examples/data/first.txt examples/data/second.txt
// Expect: relation: translation
// Expect: Landego

#include <fabula/fabula.hpp>

#include <iostream>

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: compare_pair FIRST.txt SECOND.txt\n";
        return 2;
    }
    try {
        const fabula::Article first = fabula::read_text_file(argv[1]);
        const fabula::Article second = fabula::read_text_file(argv[2]);

        const fabula::Comparer comparer{fabula::Model::bundled()};
        const fabula::Comparison comparison = comparer.compare(first, second);

        std::cout << "probability: " << comparison.probability << '\n'
                  << "relation: " << to_string(*comparison.relation) << '\n';
        for (const fabula::SharedTerm& term : comparison.explanation.shared_terms)
            std::cout << "both have: " << term.first << " / " << term.second << '\n';
        for (const fabula::Contribution& part : comparison.explanation.contributions)
            std::cout << part.name << " adds " << part.log_odds << " to the log-odds\n";
    } catch (const fabula::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
