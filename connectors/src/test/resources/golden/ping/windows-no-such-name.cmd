command: ping google.com
host: cli
at: 1795350600.25
exit: 1
