command: dig vpn.example.org
host: cli
at: 1795350600.25
exit: 0
