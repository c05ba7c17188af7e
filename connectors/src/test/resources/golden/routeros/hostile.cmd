command: /interface/wireguard/peers/print detail
host: mt
at: 1795350600.25
