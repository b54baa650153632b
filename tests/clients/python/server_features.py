"""What caldav-server-tester finds of each feature of the server, as JSON.

usage: server_features.py <server url> <user>...
"""

import json
import logging
import sys

from caldav.davclient import DAVClient
from caldav_server_tester import ServerQuirkChecker

logging.disable(logging.CRITICAL)

url, *users = sys.argv[1:]
clients = [DAVClient(url=url, username=user, password=user) for user in users]
checker = ServerQuirkChecker(clients[0], extra_clients=clients[1:])
try:
    checker.check_all()
finally:
    checker.cleanup(force=True)
found = checker.features_checked.dotted_feature_set_list(compact=False)
print(json.dumps({name: facts.get("support", facts.get("value")) for name, facts in found.items()}))
