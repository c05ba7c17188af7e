command: pfctl -ss | grep :22
host: srv
at: 1795350600.25
exit: 0
