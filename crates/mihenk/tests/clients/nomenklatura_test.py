"""nomenklatura's enricher against a server of ours: what its users run, with its own classes.

The address of the server is the first argument. A result that does not load as an entity of FollowTheMoney is an exception of its own. The list is
list.ftm.json beside this file.
"""

import sys
import unittest

from followthemoney import Dataset, StatementEntity
from nomenklatura.enrich.yente import YenteEnricher

BASE = sys.argv.pop(1)


class Nothing:
    """A cache that keeps nothing, so that every answer is asked for."""

    def get(self, *_, **__):
        return None

    def get_json(self, *_, **__):
        return None

    def set(self, *_, **__):
        pass

    def set_json(self, *_, **__):
        pass


class Enriches(unittest.TestCase):
    def setUp(self):
        self.dataset = Dataset.make({"name": "ours", "title": "Ours"})
        config = {"api": BASE + "/", "dataset": "default", "cutoff": 0.5, "api_key": "any"}
        self.enricher = YenteEnricher(self.dataset, Nothing(), config)
        person = {"id": "our-1", "schema": "Person", "properties": {"name": ["Kerem Ornekoglu"], "birthDate": ["1961"]}}
        self.person = StatementEntity.from_data(self.dataset, person)

    def test_whoever_matches_comes_with_those_around(self):
        matches = list(self.enricher.match(self.person))
        self.assertEqual([match.id for match in matches], ["ex-p1"])
        around = list(self.enricher.expand(self.person, matches[0]))
        found = {entity.id: entity.schema.name for entity in around}
        self.assertEqual(found["ex-p1"], "Person")
        self.assertEqual({found[other] for other in ["ex-s1", "ex-o1", "ex-c1", "ex-f1", "ex-p2"]}, {"Sanction", "Ownership", "Company", "Family", "Person"})
        ownership = next(entity for entity in around if entity.id == "ex-o1")
        self.assertEqual((ownership.get("owner"), ownership.get("asset")), (["ex-p1"], ["ex-c1"]))

    def test_nobody_is_nobody(self):
        nobody = {"id": "our-2", "schema": "Person", "properties": {"name": ["Nobody Atall"]}}
        self.assertEqual(list(self.enricher.match(StatementEntity.from_data(self.dataset, nobody))), [])


if __name__ == "__main__":
    unittest.main()
