from . import settings_test
