command: wg show wg0 public-key
host: srv
at: 1795350600.25
exit: 0
recognised: no
unread: 1
