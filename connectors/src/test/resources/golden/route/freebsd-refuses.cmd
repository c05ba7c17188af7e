command: netstat -rn4
host: fw
at: 1795350600.25
