command: conntrack -L -p udp
host: srv
at: 1795349472.661
exit: 0
