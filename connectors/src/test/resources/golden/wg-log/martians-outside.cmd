command: dmesg
host: gw
at: 1795350600.25
