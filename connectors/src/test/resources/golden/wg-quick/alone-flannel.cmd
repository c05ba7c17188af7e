command: 
host: node1
at: 1795350600.25
