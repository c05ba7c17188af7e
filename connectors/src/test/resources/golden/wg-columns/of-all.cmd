command: wg show all endpoints
host: srv
at: 1795350600.25
exit: 0
recognised: no
