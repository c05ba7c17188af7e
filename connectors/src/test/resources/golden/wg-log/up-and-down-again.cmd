command: journalctl -u wg-quick@wg0 -o cat
host: srv
at: 1795350600.25
recognised: no
