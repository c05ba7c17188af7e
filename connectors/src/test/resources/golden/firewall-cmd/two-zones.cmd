command: firewall-cmd --list-all-zones
host: srv
at: 1795350600.25
