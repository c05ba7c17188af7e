command: journalctl -k
host: srv
at: 1795350600.25
