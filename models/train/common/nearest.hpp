// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

namespace fabula::training {

/// Calls `visit(row, column)` with each row and the column nearest to it by these cosines, and with
/// each column and the row nearest to it.
template <class Matrix, class Visit>
void for_each_nearest(const Matrix& cosines, const Visit& visit) {
    Eigen::Index nearest = 0;
    for (Eigen::Index i = 0; i < cosines.rows(); ++i) {
        cosines.row(i).maxCoeff(&nearest);
        visit(i, nearest);
    }
    for (Eigen::Index j = 0; j < cosines.cols(); ++j) {
        cosines.col(j).maxCoeff(&nearest);
        visit(nearest, j);
    }
}

/// Pairs of languages without English in between, across families and scripts.
inline constexpr const char* direct_pairs[][2] = {{"nb", "uk"}, {"it", "uk"}, {"nb", "it"},
                                                  {"de", "ja"}, {"ar", "zh"}, {"ru", "fr"}};

} // namespace fabula::training
