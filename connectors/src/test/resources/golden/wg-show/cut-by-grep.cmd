command: wg show wg0 | grep -A2 peer
host: srv
at: 1795350600.25
unread: 4
