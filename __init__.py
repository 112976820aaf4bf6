from . import controllers, models, report, wizards
from .hooks import uninstall_hook
from .vault import call_log

call_log.install()
