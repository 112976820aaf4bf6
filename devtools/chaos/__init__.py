"""A bench of misfortune: a bad server, killed workers, a database that goes away.

A thousand letters, two workers. Counted at the server, which never lies about what it
took: how many letters were lost, how many came twice, how many wait for a person.
"""
