"""A bench of misfortune: a bad server, killed workers, a database that goes away, and a
machine that loses its files, disk, memory, sockets, crons, clock and key for a while.

Five hundred letters, two workers. Counted at the server, which never lies about what it
took: how many letters were lost, how many came twice, how many wait for a person; and
how many were called sent that it had not taken (lies), or not that it had (unsaid).
"""
