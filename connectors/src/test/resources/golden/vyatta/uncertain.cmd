command: show configuration commands
host: erx
at: 1795350600.25
