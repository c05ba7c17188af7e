command: ipconfig
host: pc
at: 1795350600.25
unread: 0
recognised: no
