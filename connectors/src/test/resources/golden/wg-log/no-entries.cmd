command: journalctl -k --grep wireguard
host: srv
at: 1795350600.25
