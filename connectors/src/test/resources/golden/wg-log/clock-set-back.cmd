command: logread
host: glinet
at: 1795350600.25
exit: 0
