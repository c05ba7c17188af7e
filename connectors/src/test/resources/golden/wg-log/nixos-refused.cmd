command: journalctl -k -o cat
host: srv
at: 1795350600.25
