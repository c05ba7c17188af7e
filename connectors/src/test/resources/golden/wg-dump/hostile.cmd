command: wg show all dump
host: srv
at: 1795350600.25
unread: 1,3,4
