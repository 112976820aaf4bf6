from . import letter, settings_test, signin
