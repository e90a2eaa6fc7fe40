# SPDX-License-Identifier: Apache-2.0
"""Clustering with the conventions of scikit-learn, which need not be there."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import TYPE_CHECKING, Any

from ._articles import ArticlesLike
from ._functions import cluster
from ._model import ModelLike

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ._stories import Stories


class StoryClusterer:
    """Articles in, labels out: an estimator that can be cloned and stand at the end of a Pipeline.

    The parameters are those of :func:`fabula.cluster`. After ``fit`` there are ``labels_``, shape (articles,),
    int32, and ``stories_``, the :class:`fabula.Stories`.
    """

    labels_: npt.NDArray[np.int32]
    stories_: Stories

    def __init__(
        self,
        *,
        min_probability: float = 0.5,
        method: str = "branches",
        time_window: dt.timedelta | float = 0,
        max_neighbours: int = 512,
        threads: int = 0,
        model: ModelLike = None,
    ) -> None:
        self.min_probability = min_probability
        self.method = method
        self.time_window = time_window
        self.max_neighbours = max_neighbours
        self.threads = threads
        self.model = model

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name."""
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    def set_params(self, **params: Any) -> StoryClusterer:
        """:raises ValueError: for a name that is no parameter"""
        known = self.get_params()
        for name, value in params.items():
            if name not in known:
                raise ValueError(f"StoryClusterer has no parameter {name!r}; it has {', '.join(known)}")
            setattr(self, name, value)
        return self

    def fit(self, X: ArticlesLike, y: object = None, vectors: npt.ArrayLike | None = None) -> StoryClusterer:
        """Clusters articles; ``y`` is not looked at, ``vectors`` are as in :func:`fabula.cluster`."""
        self.stories_ = cluster(X, vectors, **self.get_params())
        self.labels_ = self.stories_.labels
        return self

    def fit_predict(
        self, X: ArticlesLike, y: object = None, vectors: npt.ArrayLike | None = None
    ) -> npt.NDArray[np.int32]:
        """The place of its story for each article, shape (articles,)."""
        return self.fit(X, y, vectors).labels_

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import Tags, TargetTags

        return Tags(estimator_type="clusterer", target_tags=TargetTags(required=False), requires_fit=True)

    def __repr__(self) -> str:
        defaults = {name: one.default for name, one in inspect.signature(type(self)).parameters.items()}
        changed = {name: value for name, value in self.get_params().items() if value != defaults[name]}
        return f"StoryClusterer({', '.join(f'{name}={value!r}' for name, value in changed.items())})"
