command: ip -6 r
host: cli
at: 1795350600.25
exit: 0
