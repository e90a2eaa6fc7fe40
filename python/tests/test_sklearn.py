# SPDX-License-Identifier: Apache-2.0
import pytest
from sklearn.base import clone, is_clusterer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

import fabula


def test_fit_predict(rows, stories):
    clusterer = fabula.StoryClusterer()
    assert clusterer.fit_predict(rows).tolist() == stories.labels.tolist()
    assert clusterer.labels_.tolist() == stories.labels.tolist()
    assert list(clusterer.stories_) == list(stories)
    assert clusterer.fit(rows) is clusterer
    vectors = fabula.embed(rows).vectors
    assert clusterer.fit_predict(rows, vectors=vectors).tolist() == fabula.cluster(rows, vectors).labels.tolist()


def test_parameters():
    clusterer = fabula.StoryClusterer(min_probability=0.7)
    assert clusterer.get_params()["min_probability"] == 0.7
    assert repr(clusterer) == "StoryClusterer(min_probability=0.7)"
    assert clusterer.set_params(method="average") is clusterer
    copy = clone(clusterer)
    assert copy is not clusterer
    assert copy.get_params() == clusterer.get_params()
    assert not hasattr(copy, "labels_")
    with pytest.raises(ValueError, match="no parameter 'depth'"):
        clusterer.set_params(depth=3)


def test_it_stands_in_a_pipeline(rows, stories):
    titled = FunctionTransformer(lambda articles: [row for row in articles if row["title"]])
    pipeline = Pipeline([("titled", titled), ("stories", fabula.StoryClusterer())])
    assert pipeline.fit_predict(rows).tolist() == stories.labels.tolist()
    pipeline.set_params(stories__min_probability=0.99)
    assert len(set(pipeline.fit_predict(rows))) > len(stories)
    assert is_clusterer(fabula.StoryClusterer())
