"""Start Odoo as if a package were not installed: ``… PACKAGE CONFIG DATABASE [TEST]``.

Prints what the settings say then, as a bookkeeper's manager reads it.
"""

import importlib.abc
import sys


class Missing(importlib.abc.MetaPathFinder):
    def __init__(self, package):
        self.package = package

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == self.package:
            raise ImportError(f"{name} is not installed")


def main(package, config, database):
    # Core has another one to take for pypdf, which is not on this machine.
    import odoo.tools.pdf
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]
    sys.meta_path.insert(0, Missing(package))

    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        settings = env["account.email.settings"].new({})
        sys.stdout.write(f"STARTED {settings.queue_problem or ''}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
