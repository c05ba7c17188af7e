command: journalctl -u wg-quick@wg0 -o cat
host: srv
at: 1795350196.779
exit: 0
