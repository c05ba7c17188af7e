command: wg show wg0 dump
host: srv
at: 1795350600.25
exit: 0
