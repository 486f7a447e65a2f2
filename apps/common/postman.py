"""A Postman collection (v2.1) out of an OpenAPI document (docs/decisions/0013)."""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
JSON = "application/json"
FORM = "multipart/form-data"
BEARER = {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}]}
# Whoever logs in or registers is who the calls after it are made as.
KEEP_TOKEN = [
    'pm.test("logged in", () => pm.expect(pm.response.code).to.be.oneOf([200, 201]));',
    'pm.collectionVariables.set("token", pm.response.json().token);',
]


def collection(document: Mapping[str, Any]) -> dict[str, Any]:
    info = document["info"]
    return {
        "info": {
            "_postman_id": str(uuid.uuid5(uuid.NAMESPACE_URL, info["title"])),
            "name": info["title"],
            "description": info.get("description", ""),
            "schema": SCHEMA,
        },
        "auth": BEARER,
        "variable": [
            {"key": "baseUrl", "value": "http://127.0.0.1:8000", "type": "string"},
            {"key": "token", "value": "", "type": "string"},
        ],
        "item": _folders(document),
    }


def _folders(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    folders: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            item = _item(document, path, method, operation)
            folders.setdefault(operation["tags"][0], []).append(item)
    return [{"name": tag, "item": items} for tag, items in sorted(folders.items())]


def _item(
    document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": method.upper(),
        "header": list(_headers(operation)),
        "url": _url(path, operation.get("parameters", [])),
        "description": operation.get("description", ""),
    }
    if not any(operation.get("security", [])):
        request["auth"] = {"type": "noauth"}
    content = operation.get("requestBody", {}).get("content", {})
    if content:
        request["body"] = _body(document, content)
    item = {"name": operation["summary"], "request": request, "response": []}
    if "/auth/" in path:
        script = {"type": "text/javascript", "exec": KEEP_TOKEN}
        item["event"] = [{"listen": "test", "script": script}]
    return item


def _headers(operation: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if JSON in operation.get("requestBody", {}).get("content", {}):
        yield {"key": "Content-Type", "value": JSON}
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "header":
            yield {"key": parameter["name"], "value": "{{$guid}}", "disabled": True}


def _url(path: str, parameters: list[Mapping[str, Any]]) -> dict[str, Any]:
    steps = re.sub(r"\{(\w+)\}", r":\1", path).strip("/").split("/")
    query = [
        {
            "key": parameter["name"],
            "value": _plain(parameter),
            "description": parameter.get("description", ""),
            "disabled": not parameter.get("required", False),
        }
        for parameter in parameters
        if parameter["in"] == "query"
    ]
    raw = "{{baseUrl}}/" + "/".join(steps)
    needed = "&".join(f"{each['key']}={each['value']}" for each in query if not each["disabled"])
    return {
        "raw": f"{raw}?{needed}" if needed else raw,
        "host": ["{{baseUrl}}"],
        "path": steps,
        "query": query,
        "variable": [
            {"key": parameter["name"], "value": _plain(parameter)}
            for parameter in parameters
            if parameter["in"] == "path"
        ],
    }


def _plain(parameter: Mapping[str, Any]) -> str:
    value = parameter.get("example", parameter["schema"].get("default", ""))
    return value if isinstance(value, str) else json.dumps(value)


def _body(document: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    if JSON in content:
        raw = json.dumps(_example(content[JSON]), indent=2, ensure_ascii=False)
        return {"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}}
    schema = content[FORM]["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    names = schema.get("properties", {})
    return {
        "mode": "formdata",
        "formdata": [
            {"key": name, "type": "file" if _is_file(field) else "text"}
            for name, field in names.items()
        ],
    }


def _is_file(field: Mapping[str, Any]) -> bool:
    return field.get("format") == "binary" or "contentMediaType" in field


def _example(media: Mapping[str, Any]) -> Any:
    examples = media.get("examples", {})
    return next((shown["value"] for shown in examples.values()), {})
