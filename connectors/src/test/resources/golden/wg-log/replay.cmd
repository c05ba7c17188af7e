command: journalctl -u wg-quick@wg0 -o cat
host: srv
at: 1795350474.749
exit: 0
