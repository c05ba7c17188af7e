command: wg show all dump
host: cli
at: 1795350646.543
exit: 0
