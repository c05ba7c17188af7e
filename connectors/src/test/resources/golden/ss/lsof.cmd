command: lsof -nP -iUDP:51820
host: srv
at: 1795350600.25
exit: 0
