command: sysctl -a
host: srv
at: 1795350600.25
unread: 2,3
