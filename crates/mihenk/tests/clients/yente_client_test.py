"""yente-client against a server of ours: what its users call, with the classes of its own models and errors.

The address of the server is the first argument. Whatever the client cannot read of an answer is an exception of its own (pydantic's, or a subclass of
YenteError), so that a test is a call and a look at what came. The list is list.ftm.json beside this file.
"""

import sys
import unittest

from yente_client import (
    AsyncClient,
    BadRequestError,
    Client,
    Company,
    MatchFilters,
    NotFoundError,
    Person,
    SearchFilters,
    Vessel,
)

BASE = sys.argv.pop(1)
KEREM = Person(name=["Kerem Ornekoglu"], birthDate=["1961"], nationality=["Turkey"])


class Calls(unittest.TestCase):
    def setUp(self):
        self.client = Client(base_url=BASE, api_key="any")

    def tearDown(self):
        self.client.close()

    def test_it_is_well_and_ready(self):
        self.assertEqual(self.client.healthz().status, "ok")
        self.assertEqual(self.client.readyz().status, "ok")

    def test_the_catalogue_is_read_and_asked_for_again(self):
        first = self.client.datasets()
        names = {dataset.name for dataset in first.datasets}
        self.assertLessEqual({"default", "examples"}, names)
        self.assertIn("examples", first.current)
        self.assertEqual(first.outdated, [])
        # The second time the client sends the tag it was given, and keeps what it has.
        self.assertEqual(self.client.datasets(), first)

    def test_algorithms_are_told(self):
        told = self.client.algorithms()
        names = {algorithm.name for algorithm in told.algorithms}
        self.assertLessEqual({"logic-v1", "logic-v2", "name-based", "name-qualified", "ofac", "regression-v1"}, names)
        self.assertEqual((told.default, told.best), ("best", "logic-v2"))

    def test_a_person_is_found(self):
        answer = self.client.match(KEREM, datasets=["default"])
        top = answer.top
        self.assertEqual((top.id, top.match, top.schema_), ("ex-p1", True, "Person"))
        self.assertEqual((answer.total.value, answer.total.relation), (1, "eq"))
        self.assertIn("name_match", top.contributing_explanations)
        self.assertIn("ex-old-p1", top.referents)
        self.assertTrue(top.target)
        self.assertEqual(answer.query["properties"]["nationality"], ["tr"])

    def test_each_algorithm_answers(self):
        for name in ["logic-v1", "logic-v2", "name-based", "name-qualified", "ofac", "regression-v1", "best"]:
            top = self.client.match(KEREM, datasets=["default"], algorithm=name, threshold=0.3).top
            self.assertEqual(top.id, "ex-p1", name)

    def test_filters_are_held(self):
        def ids(**filters):
            found = self.client.match(KEREM, datasets=["default"], filters=MatchFilters(**filters))
            return [result.id for result in found.results]

        self.assertEqual(ids(topics=["sanction"]), ["ex-p1"])
        self.assertEqual(ids(topics=["role.pep"]), [])
        self.assertEqual(ids(exclude_entities=["ex-old-p1"]), [], "any of its ids leaves it out")
        self.assertEqual(ids(exclude_schemata=["Person"]), [])

    def test_many_are_asked_side_by_side(self):
        asked = [("k", KEREM), ("d", Company(name=["Deneme Denizcilik Limited"])), ("n", Person(name=["Nobody Atall"]))]
        found = dict(self.client.match_iter(asked, datasets=["default"]))
        self.assertEqual({key: answer.top.id if answer.top else None for key, answer in found.items()}, {"k": "ex-p1", "d": "ex-c1", "n": None})

    def test_a_vessel_is_found_by_its_number(self):
        top = self.client.match(Vessel(name=["Other Name"], imoNumber=["9074729"]), datasets=["examples"]).top
        self.assertEqual(top.id, "ex-v1")

    def test_an_entity_comes_with_those_around_it(self):
        nested = self.client.fetch("ex-p1")
        self.assertEqual({"sanctions", "ownershipOwner", "familyPerson"} & set(nested.properties), {"sanctions", "ownershipOwner", "familyPerson"})
        ownership = nested.properties["ownershipOwner"][0]
        self.assertEqual(ownership.properties["asset"][0].id, "ex-c1")
        self.assertEqual(ownership.properties["owner"], ["ex-p1"])
        flat = self.client.fetch("ex-p1", nested=False)
        self.assertNotIn("sanctions", flat.properties)
        self.assertEqual(self.client.fetch("ex-old-p1").id, "ex-p1", "the client follows to the other id")

    def test_neighbours_come_by_page(self):
        around = self.client.adjacent("ex-p1")
        self.assertEqual(around.adjacent["ownershipOwner"].total.value, 1)
        one = self.client.adjacent("ex-p1", prop="sanctions")
        self.assertEqual([result.id for result in one.results], ["ex-s1"])

    def test_a_search_finds_and_counts(self):
        found = self.client.search("ornekoglu", datasets=["default"], facets=["topics", "schema"])
        self.assertEqual({result.id for result in found.results}, {"ex-p1", "ex-p2"})
        self.assertEqual({value.name: value.count for value in found.facets["topics"].values}, {"sanction": 1, "role.pep": 1})
        narrowed = self.client.search("ornekoglu", datasets=["default"], filters=SearchFilters(topics=["role.pep"]))
        self.assertEqual([result.id for result in narrowed.results], ["ex-p2"])

    def test_statements_say_who_says_what(self):
        told = self.client.statements(canonical_id="ex-p1")
        self.assertEqual((told.total.value, told.total.relation, len(told.results)), (7, "eq", 7))
        self.assertEqual({row.dataset for row in told.results}, {"examples"})
        born = next(row for row in told.results if row.prop == "birthDate")
        self.assertEqual((born.value, born.prop_type, born.schema_, born.entity_id), ("1961-04-05", "date", "Person", "ex-p1"))
        self.assertLessEqual(born.first_seen, born.last_seen)
        narrowed = self.client.statements(dataset="examples", prop="nationality", value="tr", sort=["canonical_id:desc"], limit=1)
        self.assertEqual(([row.canonical_id for row in narrowed.results], narrowed.total.value), (["ex-p2"], 2))
        of_sanction = self.client.statements(schema="Sanction", prop="entity", value="ex-p1")
        self.assertEqual([row.entity_id for row in of_sanction.results], ["ex-s1"])

    def test_errors_are_of_their_class(self):
        for error, call in [
            (NotFoundError, lambda: self.client.fetch("nobody")),
            (NotFoundError, lambda: self.client.search("x", datasets=["nowhere"])),
            (NotFoundError, lambda: self.client.statements(dataset="nowhere")),
            (BadRequestError, lambda: self.client.search("a/b", datasets=["default"])),
            (BadRequestError, lambda: self.client.match(KEREM, datasets=["default"], algorithm="magic")),
        ]:
            with self.assertRaises(error):
                call()


class Asynchronous(unittest.IsolatedAsyncioTestCase):
    async def test_the_other_client_finds_the_same(self):
        async with AsyncClient(base_url=BASE) as client:
            answer = await client.match(KEREM, datasets=["default"])
            self.assertEqual(answer.top.id, "ex-p1")
            self.assertEqual((await client.fetch("ex-c1")).caption, "Deneme Denizcilik Ltd")


if __name__ == "__main__":
    unittest.main()
