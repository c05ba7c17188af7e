command: wg show all dump
host: cli
at: 1795349496.727
exit: 0
