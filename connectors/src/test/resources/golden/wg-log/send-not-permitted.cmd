command: journalctl -u wg-quick@wg0 -o cat
host: cli
at: 1795349975.439
exit: 0
