command: wg show all dump
host: srv
at: 1795350646.56
exit: 0
