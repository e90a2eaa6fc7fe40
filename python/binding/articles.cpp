// SPDX-License-Identifier: Apache-2.0
#include "articles.hpp"

#include "run.hpp"

#include <fabula/error.hpp>

#include <exception>
#include <istream>
#include <streambuf>
#include <utility>

namespace binding {
namespace {

/// Lets the library read what an iterator of Python's gives.
class Pieces : public std::streambuf {
public:
    explicit Pieces(nb::object iterator) : iterator_(std::move(iterator)) {}

    /// What Python raised meanwhile: a stream would swallow it.
    void rethrow() const {
        if (failure_)
            std::rethrow_exception(failure_);
    }

private:
    int_type underflow() override {
        const nb::gil_scoped_acquire acquire;
        try {
            if (PyErr_CheckSignals() != 0)
                throw nb::python_error();
            piece_ = nb::steal(PyIter_Next(iterator_.ptr()));
            if (PyErr_Occurred() != nullptr)
                throw nb::python_error();
            char* data = nullptr;
            Py_ssize_t size = 0;
            if (!piece_.is_valid())
                return traits_type::eof();
            if (PyBytes_AsStringAndSize(piece_.ptr(), &data, &size) != 0)
                throw nb::python_error();
            setg(data, data, data + size);
            return size == 0 ? traits_type::eof() : traits_type::to_int_type(*data);
        } catch (...) {
            failure_ = std::current_exception();
            return traits_type::eof();
        }
    }

    nb::object iterator_;
    nb::object piece_;
    std::exception_ptr failure_;
};

} // namespace

std::string to_utf8(nb::handle text) {
    Py_ssize_t size = 0;
    if (const char* data = PyUnicode_AsUTF8AndSize(text.ptr(), &size))
        return {data, static_cast<std::size_t>(size)};
    if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) == 0)
        throw nb::python_error();
    PyErr_Clear(); // half a surrogate pair
    return to_utf8(
        text.attr("encode")("utf-16", "surrogatepass").attr("decode")("utf-16", "replace"));
}

nb::str to_str(std::string_view utf8) {
    PyObject* made =
        PyUnicode_DecodeUTF8(utf8.data(), static_cast<Py_ssize_t>(utf8.size()), "replace");
    if (made == nullptr)
        throw nb::python_error();
    return nb::steal<nb::str>(made);
}

nb::tuple Articles::at(std::size_t i) const {
    const fabula::Article& article = set.articles.at(i);
    const nb::object published =
        article.published ? nb::cast(article.published->time_since_epoch().count()) : nb::none();
    return nb::make_tuple(to_str(article.id), to_str(article.title), to_str(article.text),
                          to_str(article.language), to_str(article.source), published);
}

Articles Articles::of_tuples(const nb::list& rows) {
    Articles articles;
    articles.set.articles.reserve(rows.size());
    for (const nb::handle row : rows) {
        fabula::Article& article = articles.set.articles.emplace_back();
        article.id = to_utf8(row[0]);
        article.title = to_utf8(row[1]);
        article.text = to_utf8(row[2]);
        article.language = to_utf8(row[3]);
        article.source = to_utf8(row[4]);
        if (const nb::object published = row[5]; !published.is_none())
            article.published =
                std::chrono::sys_seconds{std::chrono::seconds{nb::cast<std::int64_t>(published)}};
    }
    articles.set.gold_stories.resize(rows.size());
    return articles;
}

Articles Articles::of_lines(nb::object pieces, const fabula::ReadOptions& options) {
    Pieces buffer{std::move(pieces)};
    std::istream in{&buffer};
    try {
        Articles read =
            unlocked([&] { return Articles{read_json_lines(in, "articles", options)}; });
        buffer.rethrow();
        return read;
    } catch (const fabula::Error&) {
        buffer.rethrow(); // the cause
        throw;
    }
}

Articles Articles::of_files(const std::vector<std::string>& inputs,
                            const fabula::ReadOptions& options) {
    return interruptible(nb::none(), [&](const std::stop_token&, const auto&) {
        return Articles{read_articles(inputs, options)};
    });
}

} // namespace binding
