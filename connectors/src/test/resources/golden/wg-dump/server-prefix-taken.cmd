command: wg show all dump
host: srv
at: 1795350161.759
exit: 0
