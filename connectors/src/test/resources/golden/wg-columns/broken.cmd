command: wg show wg0 transfer
host: srv
at: 1795350600.25
exit: 0
recognised: no
unread: 3
