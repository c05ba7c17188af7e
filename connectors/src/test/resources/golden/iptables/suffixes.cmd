command: iptables -L -v -t nat
host: srv
at: 1795350600.25
