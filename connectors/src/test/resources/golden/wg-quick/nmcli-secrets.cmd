command: 
host: desk
at: 1795350600.25
