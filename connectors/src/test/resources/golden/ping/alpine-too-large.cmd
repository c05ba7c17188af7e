command: ping -c 1 -s 1500 10.66.66.1
host: cli
at: 1795350600.25
exit: 1
