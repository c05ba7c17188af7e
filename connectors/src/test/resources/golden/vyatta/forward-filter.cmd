command: show configuration commands
host: srv
at: 1795350600.25
exit: 0
