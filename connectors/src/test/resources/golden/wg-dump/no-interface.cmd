command: wg show all dump
host: srv
at: 1795350887.203
exit: 0
