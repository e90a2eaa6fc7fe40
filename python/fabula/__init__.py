# SPDX-License-Identifier: Apache-2.0
"""Fabula groups news articles in any language into stories.

>>> import fabula
>>> stories = fabula.cluster(fabula.read_articles("articles.jsonl"))
>>> stories[0].title, stories[0].languages
"""

from ._articles import Article, Articles, ArticlesLike, TimeLike, articles, read_articles
from ._errors import Error, FileError, InputError
from ._fabula import version as __version__
from ._functions import (
    Comparer,
    Comparison,
    Embeddings,
    Language,
    Passage,
    PrecisionRecall,
    Progress,
    Quality,
    cluster,
    compare,
    embed,
    evaluate,
    identify,
)
from ._model import Model, ModelLike
from ._store import Salvage, Store, StoredEvent, read_events, read_stories, salvage_store
from ._stories import Contribution, FollowedStory, Link, Member, OneSided, Reason, Report, Shared, Stories, Story, Title
from ._stream import Event, Match, Placement, Stream, StreamStory, Update
from .sklearn import StoryClusterer

__all__ = [
    "Article",
    "Articles",
    "ArticlesLike",
    "Comparer",
    "Comparison",
    "Contribution",
    "Embeddings",
    "Error",
    "Event",
    "FileError",
    "FollowedStory",
    "InputError",
    "Language",
    "Link",
    "Match",
    "Member",
    "Model",
    "ModelLike",
    "OneSided",
    "Passage",
    "Placement",
    "PrecisionRecall",
    "Progress",
    "Quality",
    "Reason",
    "Report",
    "Salvage",
    "Shared",
    "Store",
    "StoredEvent",
    "Stories",
    "Story",
    "StoryClusterer",
    "Stream",
    "StreamStory",
    "TimeLike",
    "Title",
    "Update",
    "__version__",
    "articles",
    "cluster",
    "compare",
    "embed",
    "evaluate",
    "identify",
    "read_articles",
    "read_events",
    "read_stories",
    "salvage_store",
]
