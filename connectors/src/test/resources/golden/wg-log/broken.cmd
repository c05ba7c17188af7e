command: journalctl -o cat
host: srv
at: 1795350600.25
