#!/bin/sh
# Finds a Python that Odoo 19 accepts; devtools/__main__.py does the rest.
root=$(dirname "$(dirname "$(readlink -f "$0")")")
for python in python3 python3.13 python3.12 python3.11 python3.10; do
    if "$python" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
        PYTHONPATH=$root PYTHONDONTWRITEBYTECODE=1 exec "$python" -m devtools "$@"
    fi
done
echo "No Python from 3.10 to 3.13 was found (Odoo 19 needs one): install python3 of that age." >&2
exit 1
