command: conntrack -L -p udp --dport 51280
host: srv
at: 1795350600.25
exit: 0
