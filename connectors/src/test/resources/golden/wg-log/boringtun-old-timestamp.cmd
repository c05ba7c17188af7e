command: journalctl -u boringtun
host: srv
at: 1795350600.25
