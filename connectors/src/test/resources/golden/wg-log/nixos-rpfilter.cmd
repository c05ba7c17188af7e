command: journalctl -k -o cat
host: cli
at: 1795350600.25
