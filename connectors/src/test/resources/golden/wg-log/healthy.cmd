command: journalctl -u wg-quick@wg0 -o cat
host: cli
at: 1795349721.836
exit: 0
