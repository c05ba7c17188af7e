command: route -n get 203.0.113.55
host: mac
at: 1795350600.25
unread: 0
recognised: no
