command: 
host: mac
at: 1795350600.25
