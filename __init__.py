from . import controllers, models, report, wizards
from .vault import call_log

call_log.install()
