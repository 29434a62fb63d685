"""Clients that cannot run in a test, by the shape of what they send and read: Marble's backend, nomenklatura's enricher, OpenRefine.

Requests are written as these programs write them (headers, parameters, keys that they add), and of the answers is read what they read. The address of the
server is the first argument; only the standard library is needed. The list is list.ftm.json beside this file.
"""

import json
import sys
import unittest
import urllib.error
import urllib.parse
import urllib.request

BASE = sys.argv.pop(1)


def ask(method, path, body=None, headers=None, form=None):
    """Asks without following; gives status, headers and the body as JSON, or nothing."""
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode() if body is not None else None
    headers = dict(headers or {})
    if form is not None:
        data = urllib.parse.urlencode(form).encode()
        headers["content-type"] = "application/x-www-form-urlencoded"
    request = urllib.request.Request(BASE + path, data=data, headers=headers, method=method)
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, answer.headers, read(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, error.headers, read(error.read())


def read(data):
    return json.loads(data) if data else None


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Marble(unittest.TestCase):
    """What Marble's backend sends (2026-08), and what it reads."""

    HEADERS = {"content-type": "application/json", "Authorization": "Bearer any"}

    def screen(self, queries, more=""):
        path = f"/match/default?algorithm=logic-v1&threshold=0.70&cutoff=0.70&limit=5&partition=true&api_key=any{more}"
        whole = {key: {**query, "filters": None, "params": None} for key, query in queries.items()}
        return ask("POST", path, {"queries": whole}, self.HEADERS)

    def test_it_is_ready_and_says_that_it_is_plain_yente(self):
        self.assertEqual(ask("GET", "/readyz")[0], 200)
        # Anything else than {"motiva": …} means yente.
        self.assertEqual(ask("GET", "/-/version")[0], 404)

    def test_a_vehicle_is_asked_as_two_queries(self):
        uuids = ["0b0c8f0a-7f0e-4f0b-8f0a-0b0c8f0a7f0e", "1b0c8f0a-7f0e-4f0b-8f0a-0b0c8f0a7f0e"]
        queries = {uuid: {"schema": schema, "properties": {"name": ["Deneme Star"]}} for uuid, schema in zip(uuids, ["Airplane", "Vessel"])}
        status, _, body = self.screen(queries)
        self.assertEqual((status, body["limit"], set(body["responses"])), (200, 5, set(uuids)))
        for answer in body["responses"].values():
            self.assertEqual(answer["status"], 200)
            self.assertGreaterEqual(answer["total"]["value"], len([r for r in answer["results"] if r["match"]]))
        found = body["responses"][uuids[1]]["results"][0]
        self.assertEqual((found["id"], found["schema"], found["match"]), ("ex-v1", "Vessel", True))
        self.assertEqual(found["datasets"], ["examples"])
        self.assertIsInstance(found["score"], float)
        self.assertEqual(found["properties"]["name"], ["Deneme Star"])

    def test_whom_an_analyst_cleared_is_left_out(self):
        query = {"q": {"schema": "Person", "properties": {"name": ["Kerem Ornekoglu"], "birthDate": ["1961"]}}}
        self.assertEqual(self.screen(query)[2]["responses"]["q"]["results"][0]["referents"], ["ex-old-p1"])
        self.assertEqual(self.screen(query, "&exclude_entity_ids=ex-p1")[2]["responses"]["q"]["results"], [])
        self.assertEqual(self.screen(query, "&include_dataset=examples")[2]["responses"]["q"]["total"]["value"], 1)

    def test_an_entity_is_kept_as_it_comes(self):
        status, _, body = ask("GET", "/entities/ex-p1", headers=self.HEADERS)
        self.assertEqual((status, body["properties"]["sanctions"][0]["id"]), (200, "ex-s1"))
        self.assertEqual(ask("GET", "/entities/nobody")[0], 404)

    def test_the_catalogue_tells_how_fresh_it_is(self):
        datasets = {dataset["name"]: dataset for dataset in ask("GET", "/catalog")[2]["datasets"]}
        default = datasets["default"]
        for key in ["title", "load", "index_version", "index_current", "children", "tags", "delta_url", "version"]:
            self.assertIn(key, default)
        self.assertRegex(default["index_version"], r"^\d{14}-[0-9a-z]{3}$")

    def test_algorithms_are_listed(self):
        names = [algorithm["name"] for algorithm in ask("GET", "/algorithms")[2]["algorithms"]]
        self.assertIn("logic-v1", names)


class Nomenklatura(unittest.TestCase):
    """What nomenklatura's enricher sends: Python's capitals, one query, then the entity."""

    HEADERS = {"content-type": "application/json", "Authorization": "ApiKey any"}

    def test_an_entity_is_enriched(self):
        query = {"queries": {"entity": {"schema": "Person", "properties": {"name": ["Kerem Ornekoglu"], "birthDate": ["1961"]}}}}
        status, _, body = ask("POST", "/match/default?fuzzy=False&algorithm=best&cutoff=0.5", query, self.HEADERS)
        self.assertEqual((status, body["responses"]["entity"]["status"]), (200, 200))
        found = body["responses"]["entity"]["results"][0]
        self.assertEqual({"id", "schema", "properties"} & set(found), {"id", "schema", "properties"})
        status, _, nested = ask("GET", f"/entities/{found['id']}?nested=True", headers=self.HEADERS)
        self.assertEqual(status, 200)
        ownership = nested["properties"]["ownershipOwner"][0]
        self.assertEqual((ownership["schema"], ownership["properties"]["asset"][0]["id"]), ("Ownership", "ex-c1"))

    def test_another_id_leads_to_the_entity(self):
        status, headers, body = ask("GET", "/entities/ex-old-p1?nested=True")
        self.assertEqual((status, headers["location"], body), (308, "/entities/ex-p1", None))


class OpenRefine(unittest.TestCase):
    """What OpenRefine sends to a reconciliation service (protocol 0.2)."""

    def test_the_service_describes_itself(self):
        status, headers, manifest = ask("GET", "/reconcile/default", headers={"Origin": "http://127.0.0.1:3333"})
        self.assertEqual((status, headers["access-control-allow-origin"]), (200, "http://127.0.0.1:3333"))
        self.assertIn("0.2", manifest["versions"])
        for key in ["name", "identifierSpace", "schemaSpace", "defaultTypes", "view", "preview", "suggest", "extend"]:
            self.assertIn(key, manifest)
        for kind in ["entity", "type", "property"]:
            service = manifest["suggest"][kind]
            self.assertEqual(service["service_url"], f"{BASE}/reconcile/default")
            self.assertEqual(ask("GET", f"/reconcile/default{service['service_path']}prefix=per" if "?" in service["service_path"] else f"/reconcile/default{service['service_path']}?prefix=per")[0], 200)

    def test_a_column_is_reconciled(self):
        queries = {
            "q0": {"query": "Kerem Ornekoglu", "type": "Person", "limit": 3, "properties": [{"pid": "Person:birthDate", "v": "1961"}]},
            "q1": {"query": "Deneme Denizcilik", "type": ["Company"], "type_strict": "should"},
        }
        status, headers, body = ask("POST", "/reconcile/default", form={"queries": json.dumps(queries)})
        self.assertEqual((status, headers["x-batch-size"]), (200, "2"))
        best = body["q0"]["result"][0]
        self.assertEqual((best["id"], best["name"], best["match"]), ("ex-p1", "Kerem Örnekoğlu", True))
        self.assertEqual(best["type"][0]["id"], "Person")
        self.assertEqual(body["q1"]["result"][0]["id"], "ex-c1")

    def test_a_cell_is_looked_up_while_it_is_typed(self):
        body = ask("GET", "/reconcile/default/suggest/entity?prefix=kerem%20orn")[2]
        self.assertEqual([result["id"] for result in body["result"]], ["ex-p1"])
        body = ask("GET", "/reconcile/default/suggest/property?prefix=birth%20d")[2]
        self.assertIn("Person:birthDate", [result["id"] for result in body["result"]])

    def test_columns_are_added(self):
        body = ask("GET", "/reconcile/default/extend/property?type=Person&limit=5")[2]
        self.assertEqual((body["type"], len(body["properties"])), ("Person", 5))
        extend = {"ids": ["ex-p1", "nobody"], "properties": [{"id": "nationality", "settings": {"render": "raw"}}, {"id": "birthDate"}]}
        rows = ask("POST", "/reconcile/default", form={"extend": json.dumps(extend)})[2]["rows"]
        self.assertEqual(rows["ex-p1"]["birthDate"], [{"str": "1961-04-05"}])
        self.assertEqual(rows["ex-p1"]["nationality"], [{"str": "tr"}])
        self.assertEqual(rows["nobody"], {})


if __name__ == "__main__":
    unittest.main()
