command: /interface/wireguard/print detail
host: mt
at: 1795350600.25
unread: 5
