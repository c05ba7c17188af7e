command: journalctl -u wg-quick@wg0 -o cat
host: srv
at: 1795350884.961
exit: 0
