command: ping 10.66.66.1
host: srv
at: 1795350600.25
unread: 0
