command: ifstatus wan
host: router
at: 1795350600.25
exit: 0
unread: 0
