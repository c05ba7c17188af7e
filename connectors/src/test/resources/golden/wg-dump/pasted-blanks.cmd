command: wg show all dump
host: srv
at: 1795349496.775
exit: 0
