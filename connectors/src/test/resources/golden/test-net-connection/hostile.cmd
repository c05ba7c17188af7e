command: Test-NetConnection x
host: pc
at: 1795350600.25
