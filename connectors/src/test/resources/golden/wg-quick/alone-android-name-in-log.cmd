command: 
host: phone
at: 1795350600.25
