command: ufw status verbose
host: srv
at: 1795350600.25
