command: firewall-cmd --list-all
host: srv
at: 1795350600.25
exit: 0
