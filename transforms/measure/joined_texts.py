"""Texts of many rows joined by a key."""

import pandas as pd


def join_texts(texts: pd.Series, keys: pd.Series, separator: str) -> pd.Series:
    """By key, its texts in their order, joined. For many keys: pandas cuts a frame out for each one that it joins."""
    texts_of_key: dict[object, list[str]] = {}
    for key, text in zip(keys.tolist(), texts.to_numpy(dtype=object), strict=True):
        texts_of_key.setdefault(key, []).append(text)
    joined = [separator.join(of_key) for of_key in texts_of_key.values()]
    return pd.Series(joined, index=pd.Index(list(texts_of_key), dtype=keys.dtype), dtype="str")
