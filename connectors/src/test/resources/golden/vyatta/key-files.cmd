command: cat /config/config.boot
host: gw
at: 1795350600.25
