"""Checks objects against the schemas of their kinds: Kubernetes' own from kubernetes-validate, others from golden/schemas.

Reads {"objects": [...], "versions": ["1.30", ...]} as JSON, writes {"findings": [...], "unchecked": [kinds]}."""

import json
import pathlib
import sys

import jsonschema
import kubernetes_validate

schemas = pathlib.Path(__file__).parent / "golden" / "schemas"
asked = json.load(sys.stdin)
findings, unchecked = [], set()


def name_of(thing):
    return f"{thing['kind']} {thing['metadata']['name']}"


def finding(thing, path, message):
    where = ".".join(str(step) for step in path)
    findings.append(f"{name_of(thing)}: {where}: {message[:300]}")


def check_own(thing, schema):
    for error in jsonschema.Draft7Validator(json.loads(schema.read_text())).iter_errors(thing):
        finding(thing, error.absolute_path, error.message)


def check_kubernetes(thing):
    for version in asked["versions"]:
        try:
            kubernetes_validate.validate(thing, version, strict=True)
        except kubernetes_validate.SchemaNotFoundError:
            unchecked.add(f"{thing['apiVersion']} {thing['kind']}")
        except kubernetes_validate.ValidationError as error:
            finding(thing, error.path, f"{error.message} (Kubernetes {version})")


for thing in asked["objects"]:
    own = schemas / f"{thing['apiVersion'].replace('/', '_')}_{thing['kind']}.json"
    if own.exists():
        check_own(thing, own)
    else:
        check_kubernetes(thing)

json.dump({"findings": findings, "unchecked": sorted(unchecked)}, sys.stdout)
