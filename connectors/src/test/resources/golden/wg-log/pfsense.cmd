command: 
host: fw
at: 1795350600.25
