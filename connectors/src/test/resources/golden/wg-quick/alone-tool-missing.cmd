command: 
host: container
at: 1795350600.25
