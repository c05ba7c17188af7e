command: 
host: srv
at: 1795350600.25
unread: 1
recognised: no
