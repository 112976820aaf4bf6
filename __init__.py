from . import call_log, controllers, models, report, wizards

call_log.install()
