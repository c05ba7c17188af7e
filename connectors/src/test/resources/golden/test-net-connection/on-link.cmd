command: Test-NetConnection 192.168.1.50
host: pc
at: 1795350600.25
