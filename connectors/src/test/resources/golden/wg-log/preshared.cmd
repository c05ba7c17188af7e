command: journalctl -u wg-quick@wg0 -o cat
host: cli
at: 1795350691.606
exit: 0
