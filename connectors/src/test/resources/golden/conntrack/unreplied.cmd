command: conntrack -L -p udp
host: srv
at: 1795350548.411
exit: 0
