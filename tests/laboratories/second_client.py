"""A laboratory's program that knows nothing but the description of the addresses: a whole day of its work.

Addresses, methods, headers and bodies are looked up in the description that the site serves; whatever is sent and
whatever is answered is held to it. Nothing of the product is imported.
"""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import jsonschema

REFUSALS = 400


class Undescribed(AssertionError):
    """The site does something that the description does not say."""


class SecondClient:
    """A program with a credential, beside the description that it has read."""

    def __init__(self, http: httpx.Client, client_id: str, client_secret: str) -> None:
        self.http = http
        self.described = self.http.get("/api/v1/schema", headers={"Accept": "application/json"}).json()
        self.operations = dict(self._operations())
        flow = self.described["components"]["securitySchemes"]["oauth"]["flows"]["clientCredentials"]
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}
        token = self.http.post(flow["tokenUrl"], data=form).raise_for_status().json()
        assert set(token["scope"].split()) <= set(flow["scopes"])
        self.http.headers["Authorization"] = f"Bearer {token['access_token']}"

    def _operations(self) -> Iterator[tuple[str, tuple[str, str, Mapping[str, Any]]]]:
        for path, methods in self.described["paths"].items():
            for method, operation in methods.items():
                if "operationId" in operation:
                    yield operation["operationId"], (method.upper(), path, operation)

    def call(
        self,
        name: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        file: tuple[str, bytes] | None = None,
        piece: bytes | None = None,
        **places: str,
    ) -> httpx.Response:
        """Ask for an operation by its name, as the description says to; its answer, held to the description."""
        method, path, operation = self.operations[name]
        sent = dict(headers or {})
        for parameter in operation.get("parameters", ()):
            where, called = parameter["in"], parameter["name"]
            if called == "Idempotency-Key":
                sent.setdefault(called, str(uuid.uuid4()))
            given = {"path": places, "query": query or {}, "header": sent}[where]
            if parameter.get("required") and called not in given:
                raise Undescribed(f"{name}: {called} is needed in the {where}")
        kinds = operation.get("requestBody", {}).get("content", {})
        more: dict[str, Any] = {}
        if body is not None:
            jsonschema.validate(dict(body), self._whole(kinds["application/json"]["schema"]))
            more["json"] = body
        elif file is not None:
            assert "multipart/form-data" in kinds
            more["files"] = {"file": file}
        elif piece is not None:
            (kind,) = kinds
            more["content"], sent["Content-Type"] = piece, kind
        answer = self.http.request(method, path.format(**places), params=query, headers=sent, **more)
        self._held_to(operation, name, answer)
        return answer

    def _held_to(self, operation: Mapping[str, Any], name: str, answer: httpx.Response) -> None:
        said = operation["responses"].get(str(answer.status_code))
        if said is None:
            raise Undescribed(f"{name}: {answer.status_code} is not described: {answer.text}")
        said = self._followed(said)
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if answer.content:
            jsonschema.validate(answer.json(), self._whole(said["content"][kind]["schema"]))
        if answer.status_code >= REFUSALS:
            raise Refused(name, answer.json())

    def _followed(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in part:
            found: Any = self.described
            for step in part["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            part = found
        return part

    def _whole(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        return {**schema, "components": self.described["components"]}


class Refused(Exception):
    """What the site refuses, as it says it."""

    def __init__(self, name: str, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{name}: {problem['type']} {problem['detail']} {problem['reasons']} {problem['errors']}")
        self.problem = problem


def a_day(client: SecondClient, scanned: str, report: bytes, slip: bytes) -> dict[str, Any]:
    """From a scanned label to the proof that a party has its notice; the report as it is read last.

    Who does what is chosen by what people are entitled to, the items by what the frozen rule says of them.
    """
    me = client.call("get_me").json()
    today = me["server_time"][:10]

    def who(entitlement: str) -> dict[str, str]:
        able = next(one for one in me["people"] if entitlement in one["entitlements"])
        return {"by": able["number"], "on": today}

    case = client.call("get_cases_code", code=scanned).json()
    code = case["code"]
    assert code in {line["code"] for line in client.call("get_cases", query={"state": "awaiting"}).json()["cases"]}
    come = [{"unit": unit["unit"], "seal_state": "intact"} for unit in case["units"]]
    client.call("post_cases_code_receipts", {**who("receive"), "units": come}, code=code)
    looked = {"by": who("qualify")["by"]}
    producers = client.call(
        "get_cases_code_qualification", query=looked, headers={"Purpose": "article-28"}, code=code
    ).json()
    assert producers["producers"]
    client.call("post_cases_code_qualification", {**who("qualify"), "licence": "valid"}, code=code)
    tester = who("test")["by"]
    client.call("post_cases_code_issue", {**who("receive"), "inspector": tester}, code=code)
    read = client.call("get_cases_code_results", code=code)
    results = [within(item) for item in read.json()["items"] if item["limit"]["kind"] != "not_applicable"]
    tag = {"If-Match": read.headers["ETag"]}
    client.call("put_cases_code_results", {**who("test"), "results": results}, headers=tag, code=code)
    assert client.call("get_cases_code_results", code=code).json()["missing"] == []
    client.call("post_cases_code_completion", {**who("test"), "retain": True}, code=code)
    whole = client.call("post_files", file=("report.pdf", report)).json()["id"]
    said = {**who("sign"), "number": f"S-{today}", "conclusion": "conforming", "report": whole}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first = client.call("post_cases_code_report", said, headers=key, code=code)
    again = client.call("post_cases_code_report", said, headers=key, code=code)
    assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")
    for mailing in client.call("get_cases_code_mailings", code=code).json()["mailings"]:
        place = {"code": code, "party": mailing["party"]}
        client.call("post_cases_code_mailings_party_dispatch", who("mail"), **place)
        proof = in_pieces(client, "slip.jpg", slip)
        client.call("post_cases_code_mailings_party_receipt", {**who("mail"), "slip": proof}, **place)
    assert client.call("get_cases_code", code=code).json()["phase"] == "reported"
    return dict(client.call("get_cases_code_report_file", code=code).json())


def within(item: Mapping[str, Any]) -> dict[str, Any]:
    """A result that passes, by the kind of the limit as the description tells it."""
    limit, said = item["limit"], {"number": item["number"]}
    if item["unit"]:
        said["unit"] = item["unit"]
    match limit["kind"]:
        case "range":
            return said | {"value": limit.get("low") or limit["high"]}
        case "each":
            held = limit.get("each") or limit["mean"]
            return said | {"specimens": [{"value": held.get("low") or held["high"]}] * limit["n"]}
        case "absence":
            return said | {"present": False} | ({"lod": item["required_lod"]} if item["required_lod"] else {})
        case "grade":
            return said | {"grade": limit["lowest"]}
        case "text":
            return said | {"text": "as it shall be", "verdict": "pass"}
        case _:
            return said | {"value": "1"}


def in_pieces(client: SecondClient, name: str, content: bytes, size: int = 2000) -> str:
    """A file in pieces; its id."""
    begun = client.call("post_uploads", headers={"Upload-Length": str(len(content))})
    key = begun.json()["id"]
    assert begun.headers["Location"].endswith(key)
    for start in range(0, len(content), size):
        piece = content[start : start + size]
        client.call("patch_uploads_key", piece=piece, headers={"Upload-Offset": str(start)}, key=key)
    assert client.call("get_uploads_key", key=key).json()["state"] == "kept"
    return str(key)
