import sys

import account_behaviours  # noqa: F401 - registers
import object_behaviours  # noqa: F401
import search_behaviours  # noqa: F401
import sync_behaviours  # noqa: F401
from behaviours import run

run(sys.argv[1])
