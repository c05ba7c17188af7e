command: 
host: cli
at: 1795350600.25
