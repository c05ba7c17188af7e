command: journalctl -u wg-quick@wg0 -o cat
host: srv
at: 1795350612.178
exit: 0
