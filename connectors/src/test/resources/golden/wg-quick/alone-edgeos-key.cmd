command: 
host: erx
at: 1795350600.25
