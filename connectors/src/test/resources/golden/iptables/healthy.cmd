command: iptables-save -c
host: srv
at: 1795349472.661
exit: 0
