command: show interfaces
host: edge1
at: 1795350600.25
exit: 0
