command: iptables-save -c
host: srv
at: 1795350405.306
exit: 0
