command: netstat -rn -f inet
host: cli
at: 1795350600.25
