command: ping -M do -s 1472 -c 1 10.66.66.1
host: cli
at: 1795350600.25
exit: 1
