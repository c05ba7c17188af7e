command: :put [:resolve vpn.example.org]
host: mikrotik
at: 1795350600.25
recognised: no
unread: 0
