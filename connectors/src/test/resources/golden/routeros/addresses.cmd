command: /ip/address/print
host: mt
at: 1795350600.25
