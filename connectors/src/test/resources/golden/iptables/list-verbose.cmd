command: iptables -L -n -v --line-numbers
host: srv
at: 1795350600.25
exit: 0
