command: wg show all dump
host: cli
at: 1795350414.697
exit: 0
