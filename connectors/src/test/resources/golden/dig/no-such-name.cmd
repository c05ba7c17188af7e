command: dig +short @10.66.66.1 none.example.org
host: cli
at: 1795350600.25
exit: 0
