"""The JSON schema of a map, from the models' own declarations, with labels and help in one language."""

from __future__ import annotations

from typing import Any

from warmap.model import TABLES, WarMap
from warmap.text import Lang


def json_schema(lang: Lang) -> dict[str, Any]:
    """JSON schema (draft 2020-12) of the map as `warmap evaluate` takes it; codes only, labels as titles."""
    schema = WarMap.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    for table in TABLES:
        entry = schema["$defs"][table.model.__name__]
        entry["title"] = table.label.to(lang)
        entry["description"] = table.about.purpose.to(lang)
        for field in table.fields:
            if len(field.path) == 1:
                entry["properties"][field.code]["title"] = field.label.to(lang)
                entry["properties"][field.code]["description"] = field.help.to(lang)
        entry["x-required"] = [field.code for field in table.required]
    return schema
