command: route -n get 192.168.1.10
host: mac
at: 1795350600.25
