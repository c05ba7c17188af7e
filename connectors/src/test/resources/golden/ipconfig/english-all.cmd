command: ipconfig /all
host: pc
at: 1795350600.25
