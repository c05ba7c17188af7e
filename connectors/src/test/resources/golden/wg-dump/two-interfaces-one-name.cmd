command: wg show all dump
host: srv
at: 1795350600.25
exit: 0
unread: 1,3
