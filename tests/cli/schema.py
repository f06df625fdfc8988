#!/usr/bin/python3
"""`orrery describe --schema` is a JSON Schema that accepts what is good, and refuses what an editor can see is bad.

Usage: schema.py ORRERY
"""
import json
import sys
import tomllib

import case

try:
    import jsonschema
except ImportError:
    print("skipped: there is no python3-jsonschema; scripts/setup installs it")
    sys.exit(77)


class Schema(case.Case):
    def setUp(self):
        super().setUp()
        self.schema = json.loads(self.says("describe", "--schema"))
        self.validator = jsonschema.Draft202012Validator(self.schema)

    def accepts(self, toml: str) -> bool:
        return self.validator.is_valid(tomllib.loads(toml))

    def test_it_is_valid_itself(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)
        self.assertEqual(self.schema["$schema"], "https://json-schema.org/draft/2020-12/schema")

    def test_it_accepts_the_library_as_written_and_as_shown(self):
        for path in sorted(case.LIBRARY.rglob("*.toml")):
            for text in (path.read_text(encoding="utf-8"), self.says("show", str(path))):
                self.validator.validate(tomllib.loads(text))

    def test_it_accepts_a_file_that_leaves_the_rest_to_another(self):
        self.assertTrue(self.accepts('orrery = 1\nextends = "world.toml"\nnodes = 30\n'))
        self.assertFalse(self.accepts('orrery = 1\nnodes = 30\n'))
        self.assertFalse(self.accepts('extends = "world.toml"\n'))

    def test_seeds_are_a_range_or_one(self):
        for seeds, is_good in (('"1..20"', True), ('"7"', True), ("7", True), ("-7", False), ('"1..."', False),
                               ("1.5", False), ("true", False)):
            with self.subTest(seeds):
                text = f"{case.LEAST}[study]\nseeds = {seeds}\n"
                (self.folder / "seeds.toml").write_text(text)
                self.assertEqual(self.accepts(text), is_good)
                self.assertEqual(self.orrery("validate", "seeds.toml").returncode, 0 if is_good else 2)

    def test_it_refuses_what_validate_refuses(self):
        self.assertTrue(self.accepts(case.LEAST))
        for old, new in (
            ("orrery = 1", "orrery = 2"),
            ("nodes = 20", "nodes = -1"),
            ("nodes = 20", 'nodes = "20"'),
            ('duration = "10 s"\n', ""),
            ('"10 s"', "10"),
            ('"10 s"', '"10s"'),
            ('"10 s"', '"10 kB"'),
            ('"1 /s"', '"1 s"'),
            ('"flood"', '"flod"'),
            ('"flood"', '"flood"\nseen_tll = "1 min"'),
            ("[relay]", "[rely]"),
            ('"poisson"', '"poissonian"'),
        ):
            with self.subTest(new):
                bad = case.LEAST.replace(old, new, 1)
                (self.folder / "bad.toml").write_text(bad)
                self.assertFalse(self.accepts(bad))
                self.refuses("validate", "bad.toml")


if __name__ == "__main__":
    case.main()
