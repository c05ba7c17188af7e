command: 
host: mt
at: 1795350600.25
