command: ip route get
host: srv
at: 1795350600.25
exit: 2
unread: 0
recognised: no
