command: journalctl -u wg-quick@wg0 -o cat
host: srv
at: 1795350608.067
exit: 0
