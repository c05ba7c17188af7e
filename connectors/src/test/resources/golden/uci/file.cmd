command: cat /etc/config/network
host: srv
at: 1795350600.25
