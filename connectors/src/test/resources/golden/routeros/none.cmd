command: /interface/wireguard/peers/print
host: mt
at: 1795350600.25
unread: 0
recognised: no
