command: 
host: nas
at: 1795350600.25
